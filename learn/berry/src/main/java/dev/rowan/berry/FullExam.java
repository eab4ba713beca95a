package dev.rowan.berry;

import dev.rowan.berry.report.Curves;
import dev.rowan.core.Policy;
import dev.rowan.core.Problem;
import dev.rowan.core.ProcessRewardModel;
import dev.rowan.core.Sampling;
import dev.rowan.core.Verifier;
import dev.rowan.engine.Engine;
import dev.rowan.engine.EngineSettings;
import dev.rowan.eval.Results;
import dev.rowan.policy.LocalPolicy;
import dev.rowan.policy.PromptEncoder;
import dev.rowan.reward.TokenHeadRewardModel;
import dev.rowan.verify.nano.NanoVerifier;
import java.util.List;
import java.util.Locale;

/** Examines a policy in everything: its samples, its likeliest chains, every level, and every use of test-time compute. */
final class FullExam {

  private final BerryPlan plan;
  private final PromptEncoder encoder;
  private final Verifier verifier;
  private final Examiner examiner;
  private final int maxTokens;
  private final Progress progress;

  FullExam(
      BerryPlan plan, PromptEncoder encoder, Verifier verifier, int maxTokens, Progress progress) {
    this.plan = plan;
    this.encoder = encoder;
    this.verifier = verifier;
    this.examiner = new Examiner(verifier, maxTokens);
    this.maxTokens = maxTokens;
    this.progress = progress;
  }

  /** Measures the policy of {@code engine}, guided by {@code judge}, and tells its progress as {@code stage}. */
  Measurement measure(String stage, Engine engine, JudgeInTraining judge, long seed)
      throws InterruptedException {
    long start = System.nanoTime();
    long passes = engine.statistics().forwardPasses();
    Policy policy = new LocalPolicy(engine, encoder);
    List<Problem> hard = Examiner.hardProblems(plan.heldOut());
    progress.stage(stage, 2 + TestTime.STAGES);
    Results sampled = examiner.sample(policy, hard, plan.samples(), seed);
    progress.advance(1, String.format(Locale.ROOT, "pass@1 %.3f", sampled.accuracy()));
    Curves curves;
    long tokens;
    try (Engine judging = new Engine(judge.weights(), EngineSettings.forThisMachine())) {
      ProcessRewardModel prm = new TokenHeadRewardModel(judging, judge.head(), encoder);
      TestTime testTime = new TestTime(
          policy, prm, verifier, new NanoVerifier(), examiner, Sampling.of(maxTokens, 0), seed);
      curves = testTime.measure(
          sampled, hard, Examiner.countdownProblems(hard.size()), plan.samples(), progress);
      tokens = testTime.tokens();
    }
    HeldOutScores scores = examiner.scores(policy, hard, sampled, seed, start);
    progress.advance(1, scores.figures());
    return new Measurement(
        scores, curves, engine.statistics().forwardPasses() - passes, scores.tokens() + tokens);
  }
}
