package dev.rowan.search;

import dev.rowan.core.Budget;
import dev.rowan.core.Policy;
import dev.rowan.core.Problem;
import dev.rowan.core.RewardModel;
import dev.rowan.core.Sampling;
import dev.rowan.core.Score;
import dev.rowan.core.SearchListener;
import dev.rowan.core.Solution;
import dev.rowan.core.Strategy;
import dev.rowan.core.Trajectory;
import java.util.Optional;

/**
 * Self-consistency (Wang et al. 2022): samples chains, and the answer that most of them agree on wins; among equals, the
 * one that came first. The chosen chain is the first with that answer. A weighted vote counts each chain by its score.
 *
 * <p>Chains are sampled in waves, each the smallest after which the vote may be decided. As soon as the chains not yet
 * sampled cannot change the winner, they are not sampled; so the winner is always that of the full vote.
 */
public final class MajorityVote implements Strategy {

  private final Policy policy;
  private final Sampling sampling;
  private final int samples;
  private final AnswerExtractor extractor;
  private final Optional<RewardModel> weights;

  private record Vote(Optional<String> answer, double weight) {}

  private MajorityVote(
      Policy policy,
      Sampling sampling,
      int samples,
      AnswerExtractor extractor,
      Optional<RewardModel> weights) {
    this.policy = policy;
    this.sampling = sampling;
    this.samples = Require.atLeastOne("samples", samples);
    this.extractor = extractor;
    this.weights = weights;
  }

  /** A vote of up to {@code samples} chains that count the same. */
  public static MajorityVote plain(
      Policy policy, Sampling sampling, int samples, AnswerExtractor extractor) {
    return new MajorityVote(policy, sampling, samples, extractor, Optional.empty());
  }

  /** A vote in which each chain counts by its score, which must lie in [0, 1]. */
  public static MajorityVote weighted(
      Policy policy,
      Sampling sampling,
      int samples,
      AnswerExtractor extractor,
      RewardModel weights) {
    return new MajorityVote(policy, sampling, samples, extractor, Optional.of(weights));
  }

  @Override
  public Solution solve(Problem problem, long seed, Budget budget, SearchListener listener)
      throws InterruptedException {
    SearchRun run = new SearchRun(policy, problem, seed, budget, listener);
    Ballot ballot = new Ballot();
    for (int asked = 0, wave; asked < samples && !run.budgetSpent(); asked += wave) {
      if (ballot.isDecided(samples - asked)) {
        break;
      }
      wave = ballot.fewestThatMayDecide(samples - asked);
      for (var voter : run.chains(sampling, asked, wave, chain -> vote(problem, chain))) {
        run.fallBackTo(voter.chain());
        if (weights.isPresent()) {
          run.scored(voter.chain().node(), "weight", voter.judgement().weight());
        }
        voter
            .judgement()
            .answer()
            .ifPresent(answer -> ballot.add(answer, voter.judgement().weight(), voter.chain()));
      }
    }
    return run.solution(ballot.winner(), ballot.votes());
  }

  private Vote vote(Problem problem, Trajectory chain) throws InterruptedException {
    Optional<String> answer = extractor.extract(chain.answer());
    if (weights.isEmpty() || answer.isEmpty()) {
      return new Vote(answer, weights.isEmpty() ? 1 : 0);
    }
    Score score = weights.get().score(problem, chain);
    if (!(score.value() >= 0 && score.value() <= 1)) {
      throw new IllegalArgumentException("a vote cannot have the weight " + score.value()
          + ": use a reward model whose scores lie in [0, 1]");
    }
    return new Vote(answer, score.value());
  }
}
