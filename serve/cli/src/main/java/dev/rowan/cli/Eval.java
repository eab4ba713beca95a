package dev.rowan.cli;

import dev.rowan.core.Budget;
import dev.rowan.core.Policy;
import dev.rowan.core.PolicyException;
import dev.rowan.core.Problem;
import dev.rowan.core.Sampling;
import dev.rowan.core.Verifier;
import dev.rowan.eval.Evaluation;
import dev.rowan.eval.Results;
import dev.rowan.eval.SampleLog;
import dev.rowan.search.SingleChain;
import dev.rowan.verify.CompositeVerifier;
import dev.rowan.verify.ExtractedAnswer;
import dev.rowan.verify.FinalAnswers;
import dev.rowan.verify.MathVerifier;
import dev.rowan.verify.nano.NanoVerifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rowan eval}: how many problems of a file a model solves, and how sure that is. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    description = "Measure a model on a file of problems: accuracy, coverage@k, majority@k, cost.",
    footer = {
      "",
      "The file holds {\"id\", \"question\", \"answer\"} on each line; GSM8K's own",
      "files work, too. A line that holds no problem, or nothing to measure its answer by, is",
      "named and left out before the model is asked.",
      "Attempts that failed or that the budget did not pay for are in no rate.",
      "",
      "Examples:",
      "  rowan eval --problems problems.jsonl --samples 8 --out samples.jsonl",
      "  rowan eval --problems gsm8k/test.jsonl --limit 100 --temperature 0 \\",
      "    --upstream https://api.openai.com/v1 --upstream-model gpt-4o-mini \\",
      "    --price-in 0.15 --price-out 0.60 --budget-dollars 0.50"
    })
final class Eval implements Callable<Integer> {

  private static final int AT_ONCE = 256;

  @Option(
      names = "--problems",
      paramLabel = "FILE",
      required = true,
      description = "Problems as JSONL.")
  private Path file = Path.of("");

  @Option(names = "--limit", paramLabel = "N", description = "Only the first N problems.")
  private Optional<Long> limit = Optional.empty();

  @Option(
      names = "--samples",
      paramLabel = "K",
      defaultValue = "1",
      description = "Attempts at each problem. Default: 1.")
  private int samples;

  @Option(names = "--out", paramLabel = "FILE", description = "Keep every attempt here, as JSONL.")
  private Optional<Path> out = Optional.empty();

  @Mixin
  private ModelOptions model = new ModelOptions();

  @Mixin
  private SamplingOptions sampling = new SamplingOptions();

  @Mixin
  private BudgetOptions budgets = new BudgetOptions();

  @Spec
  private CommandSpec spec = CommandSpec.create(); // replaced by the real one

  private final Policies policies;
  private final Terminal terminal;

  Eval(Policies policies, Terminal terminal) {
    this.policies = policies;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (limit.isPresent() && limit.get() < 1) {
      throw new UserException(Exit.USAGE, "--limit is " + limit.get() + ": choose 1 or more");
    }
    Evaluation.Settings settings = ModelOptions.checked(
        () -> new Evaluation.Settings(samples, AT_ONCE, sampling.seed(), Budget.Limits.NONE));
    Sampling how = sampling.sampling();
    ProblemFile problems =
        ProblemFile.read(file, limit.orElse(Long.MAX_VALUE), spec.commandLine().getErr());
    Budget budget = budgets.start(model.priced());
    try (LineFile kept = LineFile.start(out, file);
        OpenPolicy open = model.open(policies)) {
      long start = System.nanoTime();
      List<Problem> worded = problems.problems().stream().map(open.wording()).toList();
      Policy policy = new TotalBudget(open.policy(), budget);
      Results results = run(new SingleChain(policy, how), settings, worded, budget, kept);
      kept.finish();
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      new EvalReport(results, samples, budget.spent(), time, sampling.seed())
          .print(spec.commandLine().getOut());
    }
    return (problems.badLines() > 0 ? Exit.BAD_LINES : Exit.OK).code();
  }

  private Results run(
      SingleChain strategy,
      Evaluation.Settings settings,
      List<Problem> problems,
      Budget budget,
      LineFile kept)
      throws InterruptedException {
    Evaluation evaluation = new Evaluation(
        strategy,
        verifier(),
        answer -> FinalAnswers.extract(answer.text()).map(ExtractedAnswer::canonical),
        settings);
    long[] right = new long[1];
    try (Progress progress =
        terminal.progress(spec.commandLine().getErr(), "eval", (long) problems.size() * samples)) {
      return evaluation.run(problems, sample -> {
        kept.write(SampleLog.json(sample));
        right[0] += sample.verdict().isCorrect() ? 1 : 0;
        progress.step(right[0] + " right");
      });
    } catch (PolicyException e) {
      if (budget.timeLeft().isZero() || budget.tokensLeft() == 0) {
        throw new UserException(
            Exit.BUDGET_SPENT, "the budget ran out before any chain was finished: give more", e);
      }
      throw e;
    }
  }

  /** A countdown answer is only as good as its moves; other answers are compared with the reference. */
  private static Verifier verifier() {
    Map<String, Verifier> inOrder = new LinkedHashMap<>();
    inOrder.put("nano", new NanoVerifier());
    inOrder.put("math", new MathVerifier());
    return new CompositeVerifier(inOrder);
  }
}
