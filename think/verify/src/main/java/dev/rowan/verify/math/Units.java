package dev.rowan.verify.math;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a value counts: known units as powers of dimensions with a factor, and words that are no known unit.
 *
 * @param dimensions the power of each dimension, none of them zero
 * @param factor how much of the base units one of it is
 * @param scale the part of the factor that only counts: a million
 * @param others words that are no known unit, in the singular
 */
record Units(Map<String, Integer> dimensions, Rational factor, Rational scale, Set<String> others) {

  private record Unit(String dimension, Rational factor) {}

  private static final Pattern SPACE = Pattern.compile("[\\s.\\-]+");

  private static final Pattern HALF_OF_DAY =
      Pattern.compile("\\b([ap])[. ]{1,2}m\\b", Pattern.CASE_INSENSITIVE);

  private static final Map<String, Unit> KNOWN = known();

  private static final Map<String, Rational> SCALES = Map.of(
      "dozen", Rational.of(12),
      "hundred", Rational.of(100),
      "thousand", Rational.of(1_000),
      "million", Rational.of(1_000_000),
      "billion", Rational.of(1_000_000_000),
      "trillion", Rational.of(1_000_000_000_000L));

  private static final Set<String> FILLERS =
      Set.of("of", "a", "an", "the", "each", "in", "units", "unit", "total");

  private static Map<String, Unit> known() {
    Map<String, Unit> units = new HashMap<>();
    add(units, "length", "1", "m meter metre");
    add(units, "length", "0.01", "cm centimeter centimetre");
    add(units, "length", "0.001", "mm millimeter millimetre");
    add(units, "length", "1000", "km kilometer kilometre");
    add(units, "length", "0.0254", "inch inche inches");
    add(units, "length", "0.3048", "ft foot feet");
    add(units, "length", "0.9144", "yd yard");
    add(units, "length", "1609.344", "mi mile");
    add(units, "time", "1", "s sec second");
    add(units, "time", "60", "min minute");
    add(units, "time", "3600", "h hr hour");
    add(units, "time", "86400", "day");
    add(units, "time", "604800", "week");
    add(units, "year", "12", "year yr");
    add(units, "year", "1", "month");
    add(units, "mass", "1", "g gram");
    add(units, "mass", "1000", "kg kilogram");
    add(units, "mass", "0.001", "mg milligram");
    add(units, "mass", "453.59237", "lb pound");
    add(units, "mass", "28.349523125", "oz ounce");
    add(units, "volume", "1", "l L liter litre");
    add(units, "volume", "0.001", "ml mL milliliter millilitre");
    add(units, "money", "1", "dollar usd buck");
    add(units, "money", "0.01", "cent penny");
    add(units, "euro", "1", "euro eur");
    add(units, "yen", "1", "yen jpy");
    add(units, "rupee", "1", "rupee rs inr");
    add(units, "angle", "1", "° degree deg");
    add(units, "arc", "1", "rad radian");
    add(units, "celsius", "1", "degreesc celsius");
    add(units, "fahrenheit", "1", "degreesf fahrenheit");
    return units;
  }

  private static void add(Map<String, Unit> to, String dimension, String factor, String names) {
    for (String name : SPACE.splitAsStream(names).toList()) {
      to.put(name, new Unit(dimension, Rational.of(new BigDecimal(factor))));
    }
  }

  /** Reads words such as {@code square inches}, {@code cm^2}, {@code miles per hour} or {@code m/s}. */
  static Units of(String words, Work work) {
    String spaced = HALF_OF_DAY
        .matcher(words.replace("mph", "miles per hour").replace("/", " per "))
        .replaceAll("$1m");
    Reader reader = new Reader(work);
    SPACE.splitAsStream(spaced).forEach(reader::read);
    return reader.units();
  }

  /** What the words so far say. */
  private static final class Reader {

    private final Work work;
    private final Map<String, Integer> dimensions = new TreeMap<>();
    private final Set<String> others = new HashSet<>();
    private Rational factor = Rational.ONE;
    private Rational scale = Rational.ONE;
    private int direction = 1;
    private int power = 1;

    Reader(Work work) {
      this.work = work;
    }

    void read(String word) {
      String plain = singular(word.toLowerCase(Locale.ROOT));
      switch (plain) {
        case "per" -> direction = -1;
        case "square", "sq" -> power = 2;
        case "cubic" -> power = 3;
        default -> {
          Rational counted = SCALES.getOrDefault(plain, Rational.ONE);
          scale = scale.times(counted, work);
          if (counted.equals(Rational.ONE) && !plain.isEmpty() && !FILLERS.contains(plain)) {
            unit(word, plain);
          }
        }
      }
    }

    private void unit(String word, String plain) {
      int sign = word.indexOf('^');
      int written = sign > 0 ? word.charAt(word.length() - 1) - '0' : power;
      Optional<Unit> unit = find(sign > 0 ? word.substring(0, sign) : word);
      if (unit.isEmpty() || written == 0) {
        others.add(plain);
      } else {
        int exponent = direction * written;
        dimensions.merge(unit.get().dimension, exponent, Integer::sum);
        factor = factor.times(unit.get().factor.power(exponent, work), work);
      }
      power = 1;
    }

    Units units() {
      dimensions.values().removeIf(exponent -> exponent == 0);
      return new Units(dimensions, factor.times(scale, work), scale, others);
    }
  }

  /** Whether they say nothing of what is counted. */
  boolean isBare() {
    return dimensions.isEmpty() && others.isEmpty();
  }

  /** Whether they measure something, and no angle. */
  boolean isSize() {
    return dimensions.keySet().stream().anyMatch(d -> !d.equals("angle") && !d.equals("arc"));
  }

  /** A value with the words behind it that count: 2 million. */
  static Node counted(Node value, String words, Work work) {
    Rational scale = Units.of(words, work).scale;
    return scale.equals(Rational.ONE) ? value : Node.Product.of(new Node.Num(scale, -1), value);
  }

  private static Optional<Unit> find(String word) {
    String plain = word.length() == 1 || word.equals("mL") ? word : word.toLowerCase(Locale.ROOT);
    return Optional.ofNullable(KNOWN.get(plain))
        .or(() -> Optional.ofNullable(KNOWN.get(singular(plain))));
  }

  private static String singular(String word) {
    return word.length() > 2 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
  }

  /** Whether they count the same kind of thing; undecided if words decide it that nobody knows. */
  Equality kind(Units other) {
    if (!others.isEmpty() || !other.others.isEmpty()) {
      boolean shared = others.stream().anyMatch(other.others::contains);
      boolean partly = others.isEmpty() || other.others.isEmpty();
      return shared || (partly && dimensions.equals(other.dimensions))
          ? Equality.EQUAL
          : Equality.UNDECIDED;
    }
    return Equality.of(dimensions.equals(other.dimensions));
  }
}
