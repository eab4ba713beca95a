package dev.rowan.search;

import dev.rowan.core.Policy;
import dev.rowan.core.ProcessRewardModel;
import dev.rowan.core.RewardModel;
import dev.rowan.core.Sampling;
import dev.rowan.core.Strategy;
import dev.rowan.core.Verifier;
import java.util.List;
import java.util.Optional;

/** Builds strategies by name. */
public final class Strategies {

  /**
   * What a strategy is built of.
   *
   * @param policy who writes
   * @param sampling how; the limit of tokens is that of a whole chain
   * @param extractor finds the answers to vote on
   * @param verifier decides what is right, for strategies that search until it says so
   * @param prm judges steps
   */
  public record Parts(
      Policy policy,
      Sampling sampling,
      Optional<AnswerExtractor> extractor,
      Optional<Verifier> verifier,
      Optional<ProcessRewardModel> prm) {

    /** A policy alone: enough for the strategies that need nobody to judge. */
    public static Parts of(Policy policy, Sampling sampling) {
      return new Parts(policy, sampling, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** With this to find the answers to vote on. */
    public Parts with(AnswerExtractor newExtractor) {
      return new Parts(policy, sampling, Optional.of(newExtractor), verifier, prm);
    }

    /** With this to decide what is right. */
    public Parts with(Verifier newVerifier) {
      return new Parts(policy, sampling, extractor, Optional.of(newVerifier), prm);
    }

    /** With this to judge steps. */
    public Parts with(ProcessRewardModel newPrm) {
      return new Parts(policy, sampling, extractor, verifier, Optional.of(newPrm));
    }
  }

  /**
   * How much to search; a strategy ignores what it has no use for.
   *
   * @param samples chains of a vote or a best-of-n
   * @param beams chains that a step search keeps
   * @param candidates lines sampled at a time
   * @param threshold score below which a line is taken back
   * @param tries how often a line is sampled before the best one stays
   * @param rollOuts chains to the end from each line of a tree
   * @param expansions lines of a tree that are expanded
   */
  public record Settings(
      int samples,
      int beams,
      int candidates,
      double threshold,
      int tries,
      int rollOuts,
      int expansions) {

    /** Good starts. */
    public static final Settings DEFAULT = new Settings(16, 1, 4, 0.8, 4, 4, 16);

    /** With another number of chains. */
    public Settings withSamples(int newSamples) {
      return new Settings(newSamples, beams, candidates, threshold, tries, rollOuts, expansions);
    }
  }

  private Strategies() {}

  /** The known names. */
  public static List<String> names() {
    return List.of(
        "chain",
        "greedy",
        "vote",
        "weighted-vote",
        "best-of-n",
        "first-correct",
        "step-search",
        "go-back",
        "rollouts");
  }

  /**
   * The strategy of this name.
   *
   * @throws IllegalArgumentException if there is none, listing those there are; if a part that it needs is missing; or
   *     naming the setting that is out of range
   */
  public static Strategy create(String name, Parts parts, Settings settings) {
    Policy policy = parts.policy;
    Sampling sampling = parts.sampling;
    int samples = settings.samples;
    return switch (name) {
      case "chain" -> new SingleChain(policy, sampling);
      case "greedy" -> new SingleChain(policy, greedy(sampling));
      case "vote" -> MajorityVote.plain(policy, sampling, samples, extractor(name, parts));
      case "weighted-vote" ->
        MajorityVote.weighted(policy, sampling, samples, extractor(name, parts), weights(parts));
      case "best-of-n" -> new BestOfN(policy, sampling, samples, weights(parts));
      case "first-correct" ->
        new FirstCorrect(policy, sampling, samples, settings.candidates, verifier(name, parts));
      case "step-search" ->
        new StepSearch(policy, sampling, prm(name, parts), settings.beams, settings.candidates);
      case "go-back" ->
        new GoBack(policy, sampling, prm(name, parts), settings.threshold, settings.tries);
      case "rollouts" ->
        new StepRollouts(policy, sampling, verifier(name, parts), treeOf(settings));
      default ->
        throw new IllegalArgumentException(
            "unknown strategy '" + name + "': choose one of " + String.join(", ", names()));
    };
  }

  private static Sampling greedy(Sampling sampling) {
    return new Sampling(0, 0, 1, sampling.maxTokens(), sampling.stop(), sampling.seed());
  }

  private static StepRollouts.Settings treeOf(Settings settings) {
    return new StepRollouts.Settings(
        settings.candidates,
        settings.rollOuts,
        settings.expansions,
        1,
        StepRollouts.Estimation.SOFT);
  }

  /** The process reward model's view of whole chains, or the policy's own if there is none. Both lie in [0, 1]. */
  private static RewardModel weights(Parts parts) {
    return parts.prm.<RewardModel>map(ProductOfSteps::new).orElse(MeanLogProb.PROBABILITY);
  }

  private static AnswerExtractor extractor(String name, Parts parts) {
    return parts.extractor.orElseThrow(() -> missing(name, "an answer extractor"));
  }

  private static Verifier verifier(String name, Parts parts) {
    return parts.verifier.orElseThrow(() -> missing(name, "a verifier"));
  }

  private static ProcessRewardModel prm(String name, Parts parts) {
    return parts.prm.orElseThrow(() -> missing(name, "a process reward model"));
  }

  private static IllegalArgumentException missing(String name, String what) {
    return new IllegalArgumentException("strategy '" + name + "' needs " + what
        + ", and there is none here: choose chain, greedy or best-of-n");
  }
}
