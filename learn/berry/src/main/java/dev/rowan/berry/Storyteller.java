package dev.rowan.berry;

import dev.rowan.berry.report.Chain;
import dev.rowan.berry.report.Story;
import dev.rowan.berry.report.Tree;
import dev.rowan.core.Budget;
import dev.rowan.core.Policy;
import dev.rowan.core.Prefix;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Sampling;
import dev.rowan.core.TokenListener;
import dev.rowan.core.Trajectory;
import dev.rowan.search.SearchTree;
import dev.rowan.search.StepRollouts;
import dev.rowan.verify.nano.NanoVerifier;
import java.util.ArrayList;
import java.util.List;

/** Picks what the report shows of single problems: chains before and after, and a search tree. */
final class Storyteller {

  private static final int PAIRS = 6;
  private static final long SEED = 1;

  private final NanoVerifier verifier;
  private final Policy before;
  private final Policy after;
  private final Sampling sampling;

  Storyteller(NanoVerifier verifier, Policy before, Policy after, int maxTokens) {
    this.verifier = verifier;
    this.before = before;
    this.after = after;
    this.sampling = Sampling.of(maxTokens, SEED);
  }

  /** Chains of the first hard problems with one seed, chosen by nothing else, and a tree of the first countdown one. */
  Story tell(List<Problem> hard, List<Problem> countdown) throws InterruptedException {
    List<Story.Pair> pairs = new ArrayList<>();
    for (Problem problem : hard.subList(0, Math.min(PAIRS, hard.size()))) {
      pairs.add(new Story.Pair(
          problem.question(), answer(problem), chain(before, problem), chain(after, problem)));
    }
    Problem searched = countdown.getFirst();
    SearchTree tree = new SearchTree();
    new StepRollouts(
            after,
            sampling,
            verifier,
            new StepRollouts.Settings(4, 4, 6, 1, StepRollouts.Estimation.SOFT))
        .solve(searched, SEED, Budget.unlimited(), tree);
    return new Story(
        pairs,
        List.of(Tree.of(
            "step-level Monte Carlo tree search", searched, answer(searched), tree, verifier)));
  }

  private Chain chain(Policy policy, Problem problem) throws InterruptedException {
    Prefix start = Prefix.of(problem);
    Trajectory chain = Trajectory.of(
        start, policy.complete(start, sampling, Budget.unlimited(), TokenListener.NONE));
    return Chain.judged(problem, chain, verifier, verifier);
  }

  private static String answer(Problem problem) {
    return problem.reference() instanceof Reference.FinalAnswer(String value) ? value : "";
  }
}
