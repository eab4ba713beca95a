package dev.rowan.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A judge of several, as {@code --judge} names it: {@code NAME[@URL][=WEIGHT]}.
 *
 * @param model its name at the endpoint, or that of a model on this machine
 * @param url the endpoint, if it has one of its own
 * @param weight of each of its votes
 */
record Seat(String model, Optional<String> url, double weight) {

  /** Names may hold colons, slashes and at-signs of their own: only an at-sign before a URL ends them. */
  private static final Pattern WRITTEN =
      Pattern.compile("(?<model>[^=@].*?)(?:@(?<url>https?://.+?))?(?:=(?<weight>[0-9.]+))?");

  /** Reads one. */
  static final class Converter implements ITypeConverter<Seat> {

    @Override
    public Seat convert(String text) {
      Matcher matcher = WRITTEN.matcher(text.strip());
      if (!matcher.matches()) {
        throw new TypeConversionException("'" + text + "' is no judge: write NAME[@URL][=WEIGHT]");
      }
      return new Seat(
          matcher.group("model"),
          Optional.ofNullable(matcher.group("url")),
          weight(Optional.ofNullable(matcher.group("weight")).orElse("1"), text));
    }

    private static double weight(String number, String text) {
      try {
        double weight = Double.parseDouble(number);
        if (weight > 0) {
          return weight;
        }
      } catch (NumberFormatException e) {
        // Said below.
      }
      throw new TypeConversionException(
          "'" + text + "' has the weight " + number + ": choose above 0");
    }
  }
}
