package dev.rowan.berry;

import dev.rowan.berry.Stopwatch.Phase;
import dev.rowan.berry.report.Report;
import dev.rowan.berry.report.Round;
import dev.rowan.berry.report.Story;
import dev.rowan.berry.report.Summary;
import dev.rowan.berry.report.SummaryFile;
import dev.rowan.core.Policy;
import dev.rowan.core.Problem;
import dev.rowan.core.Sampling;
import dev.rowan.core.Seeds;
import dev.rowan.core.Verifier;
import dev.rowan.engine.Engine;
import dev.rowan.engine.EngineSettings;
import dev.rowan.eval.Bootstrap;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.ModelException;
import dev.rowan.model.ModelFolder;
import dev.rowan.model.Tokenizer;
import dev.rowan.policy.LocalPolicy;
import dev.rowan.policy.PromptEncoder;
import dev.rowan.tensor.DType;
import dev.rowan.train.LabelledSequence;
import dev.rowan.verify.nano.NanoVerifier;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The loop, end to end ("berry training"): from a warm start, rounds of roll-outs, verification, pruning, post-training and
 * evaluation; then what test-time compute buys from the final policy; then the report. A run that was killed goes on from
 * its last finished round, to the same result.
 */
public final class BerryRun {

  private static final String SUMMARY = "summary.json";
  private static final String BEFORE = "before.json";
  private static final int ROUND_SAMPLES = 2;
  private static final int JUDGE_ROLLOUTS = 2;

  private final ModelFolder policyFolder;
  private final ModelFolder judgeFolder;
  private final RunFolder folder;
  private final BerryPlan plan;
  private final Progress progress;
  private final int maxTokens;
  private final Verifier verifier;
  private final Examiner examiner;

  /**
   * A run.
   *
   * @param policy the warm start
   * @param judge the process reward model, with its head
   * @param out where it writes
   * @param maxTokens most new tokens of a chain
   */
  public BerryRun(
      ModelFolder policy,
      ModelFolder judge,
      Path out,
      BerryPlan plan,
      int maxTokens,
      Progress progress) {
    this(policy, judge, out, plan, maxTokens, progress, new NanoVerifier());
  }

  /** A run under another outcome verifier. */
  BerryRun(
      ModelFolder policy,
      ModelFolder judge,
      Path out,
      BerryPlan plan,
      int maxTokens,
      Progress progress,
      Verifier verifier) {
    this.policyFolder = policy;
    this.judgeFolder = judge;
    this.folder = new RunFolder(out);
    this.plan = plan;
    this.maxTokens = maxTokens;
    this.progress = progress;
    this.verifier = verifier;
    this.examiner = new Examiner(verifier, maxTokens);
  }

  /**
   * Runs, or goes on.
   *
   * @return the figures, which are also in {@code summary.json} and {@code report.html}
   * @throws IOException if the folder cannot be written
   * @throws InterruptedException if the thread was interrupted; what was finished stays
   * @throws ModelException if one of the models is missing or damaged; then nothing is written
   * @throws BerryException if the folder holds another run, or a damaged one
   */
  public Summary run() throws IOException, InterruptedException {
    try (Tokenizer tokenizer = policyFolder.tokenizer();
        PolicyInTraining policy = new PolicyInTraining(policyFolder.weights(), plan, maxTokens);
        JudgeInTraining judge = JudgeInTraining.open(judgeFolder)) {
      PromptEncoder encoder = new PromptEncoder(tokenizer);
      try (FileChannel _ = folder.lock()) {
        checkPlan();
        Path summary = folder.path().resolve(SUMMARY);
        return Files.exists(summary) ? SummaryFile.read(summary) : run(policy, judge, encoder);
      }
    }
  }

  private Summary run(PolicyInTraining policy, JudgeInTraining judge, PromptEncoder encoder)
      throws IOException, InterruptedException {
    FullExam exam = new FullExam(plan, encoder, verifier, maxTokens, progress);
    Measurement before = before(exam, policy, judge);
    List<RoundRecord> rounds = rounds(policy, encoder, before.scores());
    return finish(exam, policy, judge, encoder, before, rounds);
  }

  private void checkPlan() throws IOException {
    BerryPlan begun = folder.find("plan.json", BerryPlan.class).orElse(plan);
    if (!begun.equals(plan)) {
      throw new BerryException("the run in " + folder.path() + " has seed " + begun.seed() + " and "
          + begun.minutes() + " minutes, or is of another version: go on with what began it, or"
          + " choose another folder");
    }
    folder.write("plan.json", plan);
  }

  private Measurement before(FullExam exam, PolicyInTraining policy, JudgeInTraining judge)
      throws IOException, InterruptedException {
    var known = folder.find(BEFORE, Measurement.class);
    if (known.isPresent()) {
      return known.get();
    }
    try (Engine engine = policy.engine()) {
      Measurement before = exam.measure(
          "before: the warm start on " + plan.heldOut() + " held-out problems",
          engine,
          judge,
          Seeds.derive(plan.seed(), "before"));
      folder.write(BEFORE, before);
      return before;
    }
  }

  private List<RoundRecord> rounds(
      PolicyInTraining policy, PromptEncoder encoder, HeldOutScores before)
      throws IOException, InterruptedException {
    List<Problem> hard = Examiner.hardProblems(plan.heldOut());
    List<RoundRecord> rounds = new ArrayList<>(folder.rounds());
    if (!rounds.isEmpty()) {
      restore(policy, folder.checkpoint(rounds.size()));
    }
    progress.stage("rounds", plan.rounds());
    progress.advance(rounds.size(), rounds.isEmpty() ? "" : "resumed after round " + rounds.size());
    double seconds =
        before.seconds() + rounds.stream().mapToDouble(r -> r.round().seconds()).sum();
    while (rounds.size() < plan.rounds() && seconds < plan.minutes() * 60) {
      RoundRecord done = round(rounds.size() + 1, policy, encoder, hard);
      rounds.add(done);
      seconds += done.round().seconds();
      progress.advance(
          1,
          String.format(
              Locale.ROOT,
              "reward %.3f, kept %d, pass@1 %.3f, greedy %.3f",
              done.round().reward(),
              done.round().kept(),
              done.round().passAt1(),
              done.round().greedy()));
    }
    return rounds;
  }

  private static void restore(PolicyInTraining policy, Path checkpoint) {
    try {
      policy.restore(checkpoint);
    } catch (ModelException e) {
      throw new BerryException(
          checkpoint + " is damaged or missing: delete the run folder and start anew", e);
    }
  }

  private RoundRecord round(
      int number, PolicyInTraining policy, PromptEncoder encoder, List<Problem> hard)
      throws IOException, InterruptedException {
    Stopwatch stopwatch = new Stopwatch();
    BerryRound.Harvest harvest;
    long passes;
    try (Engine engine = policy.engine()) {
      TokenCredit credit = new TokenCredit(labels(policy, encoder), encoder);
      harvest =
          new BerryRound(plan, encoder, verifier, credit, maxTokens, stopwatch).run(number, engine);
      passes = engine.statistics().forwardPasses();
    }
    Map<String, Double> metrics = stopwatch.time(Phase.TRAINING, () -> {
      double progress = (number - 1.0) / plan.rounds();
      Map<String, Double> learned = policy.reinforce(harvest.groups(), progress);
      policy.imitate(harvest.kept(), Seeds.derive(plan.seed(), number), progress);
      return learned;
    });
    HeldOutScores scores;
    try (Engine engine = policy.engine()) {
      scores = stopwatch.time(
          Phase.EVALUATING,
          () -> examiner.scores(
              new LocalPolicy(engine, encoder),
              hard,
              ROUND_SAMPLES,
              Seeds.derive(plan.seed(), "round")));
      passes += engine.statistics().forwardPasses();
    }
    RoundRecord done = new RoundRecord(
        figures(number, harvest, metrics, scores, stopwatch.total()),
        stopwatch.seconds(Phase.SAMPLING),
        stopwatch.seconds(Phase.VERIFYING),
        stopwatch.seconds(Phase.TRAINING),
        stopwatch.seconds(Phase.EVALUATING),
        passes,
        policy.steps());
    folder.writeRound(number, part -> {
      policy.save(part.resolve("checkpoint"));
      RolloutLog.write(part.resolve("rollouts.jsonl"), harvest.rollouts());
      RunFolder.write(part, "metrics.json", done);
    });
    folder.dropCheckpoint(number - 1);
    return done;
  }

  private Round figures(
      int number,
      BerryRound.Harvest harvest,
      Map<String, Double> metrics,
      HeldOutScores scores,
      double seconds) {
    long correct = harvest.rollouts().stream()
        .filter(rollout -> rollout.verdict().isCorrect())
        .count();
    Bootstrap bootstrap = Bootstrap.of(plan.seed());
    double passAt1 = HeldOutScores.mean(scores.passAt1());
    double greedy = HeldOutScores.mean(scores.greedy());
    return new Round(
        number,
        harvest.rollouts().size(),
        correct,
        harvest.funnel().kept(),
        harvest.funnel(),
        passAt1,
        HeldOutScores.interval(scores.passAt1(), bootstrap),
        greedy,
        HeldOutScores.interval(scores.greedy(), bootstrap),
        (double) correct / harvest.rollouts().size(),
        metrics.getOrDefault("loss", 0.0),
        Math.max(0, metrics.getOrDefault("entropy", 0.0)),
        seconds,
        harvest.tokens() + scores.tokens());
  }

  private Summary finish(
      FullExam exam,
      PolicyInTraining policy,
      JudgeInTraining judge,
      PromptEncoder encoder,
      Measurement before,
      List<RoundRecord> rounds)
      throws IOException, InterruptedException {
    try (Engine engine = policy.engine();
        LlamaWeights warmStart = policyFolder.weights();
        Engine old = new Engine(warmStart, EngineSettings.forThisMachine())) {
      Policy now = new LocalPolicy(engine, encoder);
      JudgeInTraining.Update update = update(judge, now, labels(policy, encoder));
      Measurement after = exam.measure(
          "after: what test-time compute buys", engine, judge, Seeds.derive(plan.seed(), "after"));
      Story story = new Storyteller(
              new NanoVerifier(), new LocalPolicy(old, encoder), now, maxTokens)
          .tell(Examiner.hardProblems(plan.heldOut()), Examiner.countdownProblems(8));
      writeModels(policy, judge);
      Summary summary = new SummaryOfRun(plan, policy.weights()).of(before, after, rounds, update);
      Report.of(summary, story).write(folder.path().resolve("report.html"));
      // Last, because its presence means that all is done.
      SummaryFile.write(folder.path().resolve(SUMMARY), summary);
      return summary;
    }
  }

  private static TokenLabels labels(PolicyInTraining policy, PromptEncoder encoder) {
    return new TokenLabels(
        new NanoVerifier(), encoder, policy.weights().config().eosId());
  }

  /** Brings the process reward model up to date with {@code policy}. */
  private JudgeInTraining.Update update(JudgeInTraining judge, Policy policy, TokenLabels labels)
      throws InterruptedException {
    long start = System.nanoTime();
    long seed = Seeds.derive(plan.seed(), "judge");
    progress.stage("roll-outs for the process reward model", 1);
    List<Problem> problems = RoundProblems.of(plan.judged(), seed, 0);
    List<LabelledSequence> rollouts =
        labels.sample(problems, policy, Sampling.of(maxTokens, 0), JUDGE_ROLLOUTS, seed);
    progress.advance(1, rollouts.size() + " roll-outs");
    judge.learn(rollouts, seed, progress);
    return new JudgeInTraining.Update(
        (System.nanoTime() - start) / 1e9,
        rollouts.stream()
            .mapToLong(rollout -> rollout.tokens().length - rollout.promptLength())
            .sum());
  }

  /** The final models as model folders, to be used like any other. */
  private void writeModels(PolicyInTraining policy, JudgeInTraining judge) throws IOException {
    Path path = folder.path().resolve("model");
    ModelFolder model = new ModelFolder(path);
    ModelFolder prm = new ModelFolder(path.resolve("prm"));
    model.write(policy.weights(), Map.of(), DType.BFLOAT16);
    policyFolder.copyTokenizer(model);
    judge.save(prm);
    policyFolder.copyTokenizer(prm);
  }
}
