package dev.rowan.cli;

import dev.rowan.core.Budget;
import dev.rowan.core.Budget.Limits;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options that say what a command may spend, all in all. */
final class BudgetOptions {

  @Option(
      names = "--budget-tokens",
      paramLabel = "N",
      description = "Write at most N tokens, all in all.")
  private Optional<Long> tokens = Optional.empty();

  @Option(
      names = "--budget-calls",
      paramLabel = "N",
      description = "Ask the model at most N times.")
  private Optional<Long> calls = Optional.empty();

  @Option(
      names = "--budget-time",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "Take at most this long: 30s, 5m, 1h.")
  private Optional<Duration> time = Optional.empty();

  @Option(
      names = "--budget-dollars",
      paramLabel = "X",
      description = "Spend at most this much at the prices --price-in and --price-out.")
  private Optional<Double> dollars = Optional.empty();

  /**
   * A budget that starts now.
   *
   * @param priced whether tokens have a price
   */
  Budget start(boolean priced) {
    if (dollars.isPresent() && !priced) {
      throw new UserException(
          Exit.USAGE,
          "--budget-dollars needs prices: give --price-in and --price-out in dollars for a million tokens");
    }
    try {
      Limits limits = Limits.NONE;
      limits = tokens.map(limits::withTokens).orElse(limits);
      limits = calls.map(limits::withCalls).orElse(limits);
      limits = time.map(limits::withTime).orElse(limits);
      limits = dollars
          .map(x -> Math.round(x * 1_000_000))
          .map(limits::withMicroDollars)
          .orElse(limits);
      return new Budget(limits);
    } catch (IllegalArgumentException e) {
      throw new UserException(Exit.BAD_BUDGET, String.valueOf(e.getMessage()), e);
    }
  }

  /** Reads 250ms, 30s, 5m, 1h. */
  static final class TimeConverter implements ITypeConverter<Duration> {

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    @Override
    public Duration convert(String text) {
      Matcher matcher = TIME.matcher(text.strip().toLowerCase(Locale.ROOT));
      if (!matcher.matches()) {
        throw new TypeConversionException("'" + text + "' is no time: write 30s, 5m or 1h");
      }
      long count = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(count);
        case "s" -> Duration.ofSeconds(count);
        case "m" -> Duration.ofMinutes(count);
        default -> Duration.ofHours(count);
      };
    }
  }
}
