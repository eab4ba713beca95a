package dev.rowan.cli;

import dev.rowan.core.Policy;
import dev.rowan.core.Sampling;
import dev.rowan.core.Strategy;
import dev.rowan.search.Strategies;
import dev.rowan.verify.ExtractedAnswer;
import dev.rowan.verify.FinalAnswers;
import dev.rowan.verify.nano.NanoVerifier;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Options that say how to search. */
final class StrategyOptions {

  /** Strategies that write one chain from its start to its end. */
  private static final Set<String> SINGLE = Set.of("chain", "greedy");

  /** Strategies that write as many whole chains as there are samples. */
  private static final Set<String> WHOLE =
      Set.of("vote", "weighted-vote", "best-of-n", "first-correct");

  /** What {@code --strategy} completes to. */
  static final class Names implements Iterable<String> {
    @Override
    public java.util.Iterator<String> iterator() {
      return Strategies.names().iterator();
    }
  }

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      defaultValue = "chain",
      completionCandidates = Names.class,
      description = "How to search: ${COMPLETION-CANDIDATES}. Default: chain.")
  private String name = "chain";

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "16",
      description = "Chains of a vote or a best-of-n. Default: 16.")
  private int samples;

  /** Complains about what needs no model to be known wrong. */
  void check() {
    List<String> known = Strategies.names();
    if (!known.contains(name)) {
      throw new UserException(
          Exit.STRATEGY,
          "unknown strategy '" + name + "': choose one of " + String.join(", ", known));
    }
    if (samples < 1) {
      throw new UserException(Exit.USAGE, "--samples is " + samples + ": choose 1 or more");
    }
  }

  /** Whether one chain is written from its start to its end, so that it can be shown as it grows. */
  boolean single() {
    return SINGLE.contains(name);
  }

  /** How many whole chains it writes at most; empty if it searches line by line. */
  Optional<Integer> chains() {
    return WHOLE.contains(name) ? Optional.of(samples) : Optional.empty();
  }

  String name() {
    return name;
  }

  /** The strategy, writing with {@code policy} and judging with what goes with it. */
  Strategy strategy(OpenPolicy open, Policy policy, Sampling sampling) {
    Strategies.Parts parts = Strategies.Parts.of(policy, sampling)
        .with(answer -> FinalAnswers.extract(answer.text()).map(ExtractedAnswer::canonical))
        .with(new NanoVerifier());
    Strategies.Parts all = open.prm().map(parts::with).orElse(parts);
    try {
      return Strategies.create(name, all, Strategies.Settings.DEFAULT.withSamples(samples));
    } catch (IllegalArgumentException e) {
      throw new UserException(Exit.STRATEGY, String.valueOf(e.getMessage()), e);
    }
  }
}
