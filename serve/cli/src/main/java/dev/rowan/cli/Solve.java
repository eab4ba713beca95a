package dev.rowan.cli;

import dev.rowan.core.Budget;
import dev.rowan.core.Policy;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Sampling;
import dev.rowan.core.SearchListener;
import dev.rowan.core.Solution;
import dev.rowan.core.Strategy;
import dev.rowan.core.Trajectory;
import dev.rowan.verify.ExtractedAnswer;
import dev.rowan.verify.FinalAnswers;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rowan solve}: one question, as much search as is asked for, the answer and what it cost. */
@Command(
    name = "solve",
    mixinStandardHelpOptions = true,
    description =
        "Solve a question: show the chain of thought, the answer, the votes and the cost.",
    footer = {
      "",
      "Examples:",
      "  rowan solve \"Sam has 3 nuts. Ivy has 4 times as many as Sam. How many...\"",
      "  rowan solve \"Use 6, 19, 1 to make 14.\" --strategy vote --samples 32",
      "  rowan solve \"How many primes are below 50?\" --strategy vote --samples 8 \\",
      "    --upstream http://localhost:11434/v1 --upstream-model qwen3 \\",
      "    --budget-tokens 20000 --budget-time 2m",
      "",
      "A vote stops as soon as the rest of it cannot change the outcome."
    })
final class Solve implements Callable<Integer> {

  @Parameters(paramLabel = "QUESTION", description = "What to solve, in quotes.")
  private String question = "";

  @Mixin
  private ModelOptions model = new ModelOptions();

  @Mixin
  private StrategyOptions search = new StrategyOptions();

  @Mixin
  private SamplingOptions sampling = new SamplingOptions();

  @Mixin
  private BudgetOptions budgets = new BudgetOptions();

  @Spec
  private CommandSpec spec = CommandSpec.create(); // replaced by the real one

  private final Policies policies;
  private final Terminal terminal;

  Solve(Policies policies, Terminal terminal) {
    this.policies = policies;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (question.isBlank()) {
      throw new UserException(
          Exit.EMPTY_QUESTION, "the question is empty: write it in quotes after 'solve'");
    }
    search.check();
    Sampling how = sampling.sampling();
    Budget budget = budgets.start(model.priced());
    PrintWriter out = spec.commandLine().getOut();
    try (OpenPolicy open = model.open(policies)) {
      long start = System.nanoTime();
      Problem problem =
          open.wording().apply(Problem.of("question", question, new Reference.None()));
      Policy policy = search.single() ? new StreamedPolicy(open.policy(), out) : open.policy();
      Solution solution = solve(search.strategy(open, policy, how), problem, budget);
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      report(solution, Figures.cost(budget.spent(), time), out);
    }
    return Exit.OK.code();
  }

  private Solution solve(Strategy strategy, Problem problem, Budget budget)
      throws InterruptedException {
    Optional<Integer> chains = search.chains();
    if (chains.isEmpty()) {
      return strategy.solve(problem, sampling.seed(), budget, SearchListener.NONE);
    }
    try (Progress progress =
        terminal.progress(spec.commandLine().getErr(), search.name(), chains.get())) {
      return strategy.solve(problem, sampling.seed(), budget, event -> {
        if (event instanceof SearchListener.Event.Finished(int _, Trajectory chain)) {
          progress.step(answer(chain).orElse("no answer"));
        }
      });
    }
  }

  private void report(Solution solution, String cost, PrintWriter out) {
    if (solution.best().isEmpty()) {
      throw new UserException(
          Exit.BUDGET_SPENT,
          "the budget ran out before there was an answer (" + cost + "): give more");
    }
    Trajectory best = solution.best().get();
    if (!search.single()) {
      out.print(best.text());
    }
    out.println();
    out.println();
    out.println("answer  " + answer(best).orElse("none"));
    String title = "votes   ";
    for (String row : Figures.votes(solution.votes())) {
      out.println(title + row);
      title = " ".repeat(title.length());
    }
    out.println("cost    " + cost);
    if (solution.budgetSpent()) {
      out.println("note    the budget ran out: this is the best so far");
    }
    out.flush();
  }

  private static Optional<String> answer(Trajectory chain) {
    return FinalAnswers.extract(chain.text()).map(ExtractedAnswer::text);
  }
}
