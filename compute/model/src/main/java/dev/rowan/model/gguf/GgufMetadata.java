package dev.rowan.model.gguf;

import dev.rowan.model.ModelException;
import java.util.List;
import java.util.Optional;

/**
 * A GGUF file's metadata by type. What is missing or of another type is an error that names the key.
 *
 * @param file whose
 */
record GgufMetadata(GgufFile file) {

  /** A whole number of any size. */
  Optional<Long> maybeLong(String key) {
    return file.value(key).map(value -> switch (value) {
      case GgufValue.Whole(long whole) -> whole;
      default -> throw missing(key);
    });
  }

  Optional<Integer> maybeWhole(String key) {
    return maybeLong(key).map(value -> {
      if (value != value.intValue()) {
        throw new ModelException(
            file.path() + ": " + key + " " + value + " is out of range: fetch the model again");
      }
      return value.intValue();
    });
  }

  int whole(String key) {
    return maybeWhole(key).orElseThrow(() -> missing(key));
  }

  Optional<Double> maybeReal(String key) {
    return file.value(key).map(value -> switch (value) {
      case GgufValue.Real(double real) -> real;
      default -> throw missing(key);
    });
  }

  /** A number of any kind; yes is 1, no is 0. */
  Optional<Double> maybeNumber(String key) {
    return file.value(key).map(value -> switch (value) {
      case GgufValue.Real(double real) -> real;
      case GgufValue.Whole(long whole) -> (double) whole;
      case GgufValue.Truth(boolean truth) -> truth ? 1.0 : 0.0;
      default -> throw missing(key);
    });
  }

  /** Yes or no, or what is usual if the file does not say. */
  boolean flag(String key, boolean usual) {
    return file.value(key).map(new GgufValue.Truth(true)::equals).orElse(usual);
  }

  Optional<String> maybeText(String key) {
    return file.value(key).map(value -> text(key, value));
  }

  String text(String key) {
    return maybeText(key).orElseThrow(() -> missing(key));
  }

  private String text(String key, GgufValue value) {
    if (value instanceof GgufValue.Text(String text)) {
      return text;
    }
    throw missing(key);
  }

  List<String> texts(String key) {
    return many(key).stream().map(value -> text(key, value)).toList();
  }

  /** How many values there are under this key. */
  int count(String key) {
    return many(key).size();
  }

  /** One of several texts. */
  String textAt(String key, int i) {
    return text(key, many(key).get(i));
  }

  List<Double> reals(String key) {
    return many(key).stream()
        .map(value -> {
          if (value instanceof GgufValue.Real(double real)) {
            return real;
          }
          throw missing(key);
        })
        .toList();
  }

  /** Whole numbers; none if there is no such key. */
  List<Long> wholes(String key) {
    return file.value(key).isEmpty()
        ? List.of()
        : many(key).stream()
            .map(value -> {
              if (value instanceof GgufValue.Whole(long whole)) {
                return whole;
              }
              throw missing(key);
            })
            .toList();
  }

  private List<GgufValue> many(String key) {
    if (file.value(key).orElseThrow(() -> missing(key)) instanceof GgufValue.Many many) {
      return many.values();
    }
    throw missing(key);
  }

  private ModelException missing(String key) {
    return new ModelException(
        file.path() + " has no usable value '" + key + "': fetch the model again");
  }
}
