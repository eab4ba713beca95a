package dev.rowan.model.store;

import dev.rowan.model.ModelException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a model comes from. */
public sealed interface Source {

  /** A folder or file of this machine. */
  record Local(Path path) implements Source {}

  /** A GGUF file or a wheel behind an address. */
  record Address(URI uri) implements Source {}

  /**
   * A repository of the Hugging Face hub.
   *
   * @param name {@code OWNER/NAME}
   * @param file the one GGUF file to take, where there are several
   */
  record Repository(String name, Optional<String> file) implements Source {}

  /** A Python package that holds a GGUF file, as pip names it. */
  record PythonPackage(String requirement) implements Source {}

  /**
   * What a user wrote: a path, an address, {@code OWNER/NAME}, {@code OWNER/NAME:FILE.gguf} or {@code pip:NAME==VERSION}.
   *
   * @throws ModelException if it is none of these
   */
  static Source of(String text) {
    if (text.startsWith("http://") || text.startsWith("https://")) {
      return new Address(address(text));
    }
    if (text.startsWith("pip:")) {
      return new PythonPackage(
          checked(text.substring(4), "[A-Za-z0-9][\\w.-]*(==[\\w.+-]+)?", text));
    }
    // The empty path is the current folder, which nobody means by it.
    if (!text.isEmpty() && Files.exists(Path.of(text))) {
      return new Local(Path.of(text));
    }
    Matcher repository =
        Pattern.compile("([A-Za-z0-9][\\w.-]*/[A-Za-z0-9][\\w.-]*)(?::(.+))?").matcher(text);
    if (!repository.matches()) {
      throw unknown(text);
    }
    return new Repository(repository.group(1), Optional.ofNullable(repository.group(2)));
  }

  private static URI address(String text) {
    return WebAddress.of(text).orElseThrow(() -> unknown(text));
  }

  private static String checked(String value, String pattern, String text) {
    if (!value.matches(pattern)) {
      throw unknown(text);
    }
    return value;
  }

  private static ModelException unknown(String text) {
    return new ModelException("'" + text + "' is no model: give OWNER/NAME of a repository, an"
        + " address, a folder, a GGUF file, a wheel or pip:NAME==VERSION");
  }
}
