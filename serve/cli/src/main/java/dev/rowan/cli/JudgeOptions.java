package dev.rowan.cli;

import dev.rowan.core.Budget;
import dev.rowan.core.Policy;
import dev.rowan.core.Prefix;
import dev.rowan.core.Sampling;
import dev.rowan.core.Seeds;
import dev.rowan.core.Usage;
import dev.rowan.verify.judge.Chorus;
import dev.rowan.verify.judge.Judge;
import dev.rowan.verify.judge.Quorum;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
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
      names = "--judge",
      paramLabel = "NAME[@URL][=WEIGHT]",
      converter = Seat.Converter.class,
      description = {
        "One of several judges: a model at --upstream or at a URL of its own, else one on this",
        "machine. Its votes weigh 1, or WEIGHT. Give it again for each judge."
      })
  private List<Seat> several = new ArrayList<>();

  @Option(
      names = "--judges",
      paramLabel = "N",
      description = "How often each model is asked for its vote on an answer. Default: 1.")
  private int judges = 1;

  @Option(
      names = "--quorum",
      paramLabel = "RULE",
      description =
          "majority, unanimity, or a share above 0.5 of the votes' weight. " + "Default: majority.")
  private String quorum = "majority";

  @Option(
      names = "--turnout",
      paramLabel = "SHARE",
      description = "Share of the weight of all judges that must not abstain, 0 to 1. "
          + "Default: 0.5; all for unanimity.")
  private Optional<Double> turnout = Optional.empty();

  private final List<Voter> opened = new ArrayList<>();
  private Optional<Budget> budget = Optional.empty();

  private record Voter(OpenPolicy open, double weight) {

    /** Asks with the system message that was given. */
    Policy policy() {
      return (prefix, sampling, budget, listener) -> open.policy()
          .complete(
              new Prefix(open.wording().apply(prefix.problem()), prefix.steps()),
              sampling,
              budget,
              listener);
    }
  }

  /**
   * Complains about options that make no sense, before anybody is asked.
   *
   * @throws UserException if there are any
   */
  void check() {
    ModelOptions.checked(this::rule);
    if (judges < 1) {
      throw new UserException(Exit.USAGE, "--judges is " + judges + ": choose 1 or more");
    }
    if (!several.isEmpty() && model.namesModel()) {
      throw new UserException(
          Exit.USAGE, "both --judge and --model or --upstream-model: give each model as a --judge");
    }
  }

  /** Why nobody can judge, if so. The shipped nano model is no judge: whoever judges is named. */
  Optional<String> nobody() {
    return several.isEmpty() && !model.namesModel() && !model.namesEndpoint()
        ? Optional.of("nobody judges: give --upstream with --upstream-model, --model, or --judge")
        : Optional.empty();
  }

  /** All who vote. Asked once, a model says what it finds most likely; more often, what it draws. */
  Chorus chorus(Policies policies, BiFunction<Policy, Sampling, Judge> judge) {
    List<Chorus.Seat> seats = new ArrayList<>();
    for (Voter voter : open(policies)) {
      for (int i = 0; i < judges; i++) {
        Sampling sampling =
            judges == 1 ? Sampling.greedy(MAX_TOKENS) : Sampling.of(MAX_TOKENS, Seeds.derive(1, i));
        seats.add(new Chorus.Seat(judge.apply(voter.policy(), sampling), voter.weight()));
      }
    }
    return new Chorus(seats, rule());
  }

  /** The models that judge. */
  List<Policy> policies(Policies policies) {
    return open(policies).stream().map(Voter::policy).toList();
  }

  /** How a question is drawn that is asked once. */
  static Sampling once() {
    return Sampling.greedy(MAX_TOKENS);
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

  private synchronized List<Voter> open(Policies policies) {
    budget();
    if (opened.isEmpty()) {
      if (several.isEmpty()) {
        opened.add(new Voter(model.openForChat(policies), 1));
      }
      for (Seat seat : several) {
        opened.add(new Voter(model.open(seat, policies), seat.weight()));
      }
    }
    return List.copyOf(opened);
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
    opened.forEach(voter -> voter.open().close());
  }
}
