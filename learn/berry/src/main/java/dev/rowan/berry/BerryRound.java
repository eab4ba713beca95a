package dev.rowan.berry;

import dev.rowan.berry.Stopwatch.Phase;
import dev.rowan.berry.report.Round.Funnel;
import dev.rowan.core.Budget;
import dev.rowan.core.Policy;
import dev.rowan.core.Prefix;
import dev.rowan.core.Problem;
import dev.rowan.core.Sampling;
import dev.rowan.core.SearchListener;
import dev.rowan.core.Seeds;
import dev.rowan.core.Solution;
import dev.rowan.core.Token;
import dev.rowan.core.Trajectory;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import dev.rowan.engine.Engine;
import dev.rowan.model.ValueHead;
import dev.rowan.policy.LocalPolicy;
import dev.rowan.policy.PromptEncoder;
import dev.rowan.reward.OutcomeRewardModel;
import dev.rowan.search.RollOuts;
import dev.rowan.search.StepRollouts;
import dev.rowan.train.OutcomeRewardTraining;
import dev.rowan.train.RolloutGroup;
import dev.rowan.train.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first half of a round: many roll-outs of every problem, tree search where none of them is right, verification,
 * pruning. What comes out is what the policy learns from.
 */
final class BerryRound {

  /**
   * What a round gathered.
   *
   * @param rollouts every roll-out with its verdict
   * @param groups roll-outs of problems that are not always solved, to reinforce
   * @param kept chains to imitate
   * @param funnel where the others were lost
   * @param tokens tokens that were generated, those of the tree search included
   */
  record Harvest(
      List<Pruning.Judged> rollouts,
      List<RolloutGroup> groups,
      List<Sequence> kept,
      Funnel funnel,
      long tokens) {}

  private static final Logger LOG = LoggerFactory.getLogger(BerryRound.class);
  private static final double RIDGE = 1e-3;
  private static final double TOO_EASY = 0.999;

  private final BerryPlan plan;
  private final PromptEncoder encoder;
  private final Verifier verifier;
  private final TokenCredit credit;
  private final int maxTokens;
  private final Stopwatch stopwatch;

  BerryRound(
      BerryPlan plan,
      PromptEncoder encoder,
      Verifier verifier,
      TokenCredit credit,
      int maxTokens,
      Stopwatch stopwatch) {
    this.credit = credit;
    this.plan = plan;
    this.encoder = encoder;
    this.verifier = verifier;
    this.maxTokens = maxTokens;
    this.stopwatch = stopwatch;
  }

  /** Runs the round with the engine's policy. */
  Harvest run(int round, Engine engine) throws InterruptedException {
    long seed = Seeds.derive(Seeds.derive(plan.seed(), "round"), round);
    Policy policy = new LocalPolicy(engine, encoder);
    List<Problem> problems = RoundProblems.of(plan.problems(), plan.seed(), round);
    Sampling sampling = Sampling.of(maxTokens, 0);
    List<Trajectory> chains = stopwatch.time(
        Phase.SAMPLING, () -> new RolloutSampler(policy, sampling, RolloutSampler.USUAL_AT_ONCE)
            .sample(problems, plan.rollouts(), seed));
    List<Verdict> verdicts = stopwatch.time(Phase.VERIFYING, () -> verdicts(problems, chains));
    double[] ranks =
        stopwatch.time(Phase.VERIFYING, () -> ranks(engine, problems, chains, verdicts));
    List<Pruning.Judged> judged = IntStream.range(0, chains.size())
        .mapToObj(i -> new Pruning.Judged(
            problems.get(i / plan.rollouts()), chains.get(i), verdicts.get(i), ranks[i]))
        .toList();
    return harvest(problems, judged, policy, seed);
  }

  private List<Verdict> verdicts(List<Problem> problems, List<Trajectory> chains) {
    return IntStream.range(0, chains.size())
        .mapToObj(i ->
            verifier.verify(problems.get(i / plan.rollouts()), chains.get(i).answer()))
        .toList();
  }

  /** An outcome reward model, trained on this round's own verdicts, ranks the chains. */
  private double[] ranks(
      Engine engine, List<Problem> problems, List<Trajectory> chains, List<Verdict> verdicts)
      throws InterruptedException {
    List<float[]> features = RollOuts.run(
        chains.size(),
        RolloutSampler.USUAL_AT_ONCE,
        i -> OutcomeRewardModel.feature(
            engine, encoder, problems.get(i / plan.rollouts()), chains.get(i)),
        (i, feature) -> {});
    float[] labels = new float[chains.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = verdicts.get(i).isCorrect() ? 1 : 0;
    }
    double[] ranks = new double[labels.length];
    try (ValueHead head =
        new OutcomeRewardTraining(RIDGE).train(features.toArray(float[][]::new), labels)) {
      for (int i = 0; i < ranks.length; i++) {
        ranks[i] = head.probability(features.get(i));
      }
    }
    return ranks;
  }

  private Harvest harvest(
      List<Problem> problems, List<Pruning.Judged> judged, Policy policy, long seed)
      throws InterruptedException {
    Pruning pruning = new Pruning(plan.keptPerProblem(), TOO_EASY);
    List<RolloutGroup> groups = new ArrayList<>();
    List<Sequence> kept = new ArrayList<>();
    List<Problem> unsolved = new ArrayList<>();
    Funnel funnel = Funnel.EMPTY;
    for (int i = 0; i < problems.size(); i++) {
      Problem problem = problems.get(i);
      List<Pruning.Judged> own = judged.subList(i * plan.rollouts(), (i + 1) * plan.rollouts());
      Pruning.Kept result = pruning.prune(own);
      funnel = funnel.plus(result.funnel());
      result.kept().forEach(chain -> kept.add(sequence(chain.problem(), chain.chain())));
      long right = own.stream().filter(chain -> chain.verdict().isCorrect()).count();
      if (right == 0) {
        unsolved.add(problem);
      }
      RolloutGroup group = credit.group(problem, own);
      if (right < own.size() && !group.rollouts().isEmpty()) {
        groups.add(group);
      }
    }
    Search search =
        search(unsolved.subList(0, Math.min(plan.searched(), unsolved.size())), policy, seed);
    kept.addAll(search.found());
    return new Harvest(judged, groups, kept, funnel, tokens(judged) + search.tokens());
  }

  private static long tokens(List<Pruning.Judged> judged) {
    return judged.stream()
        .mapToLong(rollout -> rollout.chain().usage().completionTokens())
        .sum();
  }

  /** What tree search came to: a right chain of each problem where it found one, and the tokens it took. */
  private record Search(List<Sequence> found, long tokens) {}

  private Search search(List<Problem> problems, Policy policy, long seed)
      throws InterruptedException {
    List<Solution> solutions = stopwatch.time(Phase.SAMPLING, () -> solve(problems, policy, seed));
    List<Sequence> found = new ArrayList<>();
    long tokens = 0;
    for (int i = 0; i < solutions.size(); i++) {
      tokens += solutions.get(i).usage().completionTokens();
      if (!solutions.get(i).candidates().isEmpty()) {
        found.add(sequence(problems.get(i), solutions.get(i).candidates().getFirst()));
      }
    }
    LOG.debug("tree search solved {} of {} problems", found.size(), problems.size());
    return new Search(found, tokens);
  }

  /** Step-level Monte Carlo tree search for problems that sampling did not solve. */
  private List<Solution> solve(List<Problem> problems, Policy policy, long seed)
      throws InterruptedException {
    StepRollouts strategy = new StepRollouts(
        policy,
        Sampling.of(maxTokens, 0),
        verifier,
        new StepRollouts.Settings(4, 4, 8, 1, StepRollouts.Estimation.SOFT));
    return RollOuts.run(
        problems.size(),
        problems.isEmpty() ? 1 : problems.size(),
        i -> strategy.solve(
            problems.get(i), Seeds.derive(seed, i), Budget.unlimited(), SearchListener.NONE),
        (i, solution) -> {});
  }

  private Sequence sequence(Problem problem, Trajectory chain) {
    int[] prompt = encoder.encode(Prefix.of(problem));
    int[] tokens = IntStream.concat(
            IntStream.of(prompt), chain.tokens().stream().mapToInt(Token::id))
        .toArray();
    return new Sequence(tokens, prompt.length);
  }
}
