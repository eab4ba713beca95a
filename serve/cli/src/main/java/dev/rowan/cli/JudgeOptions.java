package dev.rowan.cli;

import dev.rowan.core.Budget;
import dev.rowan.core.Policy;
import dev.rowan.core.Sampling;
import dev.rowan.core.Seeds;
import dev.rowan.core.Usage;
import dev.rowan.verify.judge.Chorus;
import dev.rowan.verify.judge.PolicyJudge;
import dev.rowan.verify.judge.Preference;
import dev.rowan.verify.judge.Quorum;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say who judges, how the votes count, and what all of it may cost. Opened with the first question. */
final class JudgeOptions implements AutoCloseable {

  private static final int MAX_TOKENS = 1024;

  @Mixin
  private final ModelOptions model = new ModelOptions();

  @Mixin
  private final BudgetOptions budgets = new BudgetOptions();

  @Option(
      names = "--judges",
      paramLabel = "N",
      description = "How often the model is asked for its vote on an answer. Default: 1.")
  private int judges = 1;

  @Option(
      names = "--quorum",
      paramLabel = "RULE",
      description = "majority, unanimity, or a share above 0.5 of the votes. Default: majority.")
  private String quorum = "majority";

  @Option(
      names = "--turnout",
      paramLabel = "SHARE",
      description =
          "Share of the judges that must not abstain, 0 to 1. Default: 0.5; all for unanimity.")
  private Optional<Double> turnout = Optional.empty();

  private Optional<OpenPolicy> opened = Optional.empty();
  private Optional<Budget> budget = Optional.empty();

  /** The judges, of equal weight. */
  Chorus chorus(Policies policies, String rubric) {
    Policy policy = open(policies);
    List<Chorus.Seat> seats = new ArrayList<>();
    for (int i = 0; i < judges; i++) {
      Sampling sampling =
          judges == 1 ? Sampling.greedy(MAX_TOKENS) : Sampling.of(MAX_TOKENS, Seeds.derive(1, i));
      seats.add(new Chorus.Seat(new PolicyJudge(policy, rubric, sampling), 1));
    }
    return new Chorus(seats, rule());
  }

  /** Who compares two answers. */
  Preference preference(Policies policies, String rubric) {
    return new Preference(open(policies), rubric, Sampling.greedy(MAX_TOKENS));
  }

  private Quorum rule() {
    Quorum rule =
        switch (quorum) {
          case "majority" -> Quorum.MAJORITY;
          case "unanimity" -> Quorum.UNANIMITY;
          default -> new Quorum(share(), Quorum.MAJORITY.turnout());
        };
    return new Quorum(rule.share(), turnout.orElse(rule.turnout()));
  }

  private double share() {
    try {
      return Double.parseDouble(quorum);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "--quorum " + quorum + ": choose majority, unanimity or a share such as 0.66", e);
    }
  }

  private synchronized Policy open(Policies policies) {
    budget();
    if (opened.isEmpty()) {
      opened = Optional.of(model.open(policies));
    }
    return opened.get().policy();
  }

  /** What may still be spent; its time starts with the first call. */
  synchronized Budget budget() {
    if (budget.isEmpty()) {
      budget = Optional.of(budgets.start(model.priced()));
    }
    return budget.get();
  }

  /** What was spent, in words; empty if nobody was asked. */
  synchronized Optional<String> cost() {
    return budget.map(Budget::spent).filter(spent -> spent.calls() > 0).map(this::words);
  }

  private String words(Usage spent) {
    String tokens = spent.calls() + " calls, " + spent.promptTokens() + " tokens read, "
        + spent.completionTokens() + " written";
    return model.priced()
        ? tokens + String.format(Locale.ROOT, ", %.4f dollars", spent.microDollars() / 1e6)
        : tokens;
  }

  @Override
  public synchronized void close() {
    opened.ifPresent(OpenPolicy::close);
  }
}
