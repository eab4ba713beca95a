package dev.rowan.berry;

import dev.rowan.core.Policy;
import dev.rowan.core.Prefix;
import dev.rowan.core.Problem;
import dev.rowan.core.Sampling;
import dev.rowan.core.Step;
import dev.rowan.core.StepVerifier;
import dev.rowan.core.Token;
import dev.rowan.core.Trajectory;
import dev.rowan.policy.PromptEncoder;
import dev.rowan.train.LabelledSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Exact labels on the tokens of a chain: a token is true while some true line can still go on so; nothing is said after the
 * first that is not.
 */
public final class TokenLabels {

  private final StepVerifier verifier;
  private final PromptEncoder encoder;
  private final int eos;

  /** Labels by the true lines of {@code verifier}, in the tokens of {@code encoder}. */
  public TokenLabels(StepVerifier verifier, PromptEncoder encoder, int eos) {
    this.verifier = verifier;
    this.encoder = encoder;
    this.eos = eos;
  }

  /** Samples {@code each} chains for every problem and labels them. */
  public List<LabelledSequence> sample(
      List<Problem> problems, Policy policy, Sampling sampling, int each, long seed)
      throws InterruptedException {
    List<Trajectory> chains = new RolloutSampler(policy, sampling, RolloutSampler.USUAL_AT_ONCE)
        .sample(problems, each, seed);
    return IntStream.range(0, chains.size())
        .mapToObj(i -> label(problems.get(i / each), chains.get(i)))
        .toList();
  }

  /** The chain after its prompt, each token of it with its label. */
  public LabelledSequence label(Problem problem, Trajectory chain) {
    int[] prompt = encoder.encode(Prefix.of(problem));
    int[] tokens = encoder.encode(new Prefix(problem, chain.steps()));
    float[] labels = new float[tokens.length];
    Arrays.fill(labels, Float.NaN);
    int position = prompt.length;
    for (float[] line : lines(problem, chain.steps())) {
      System.arraycopy(line, 0, labels, position, line.length);
      position += line.length;
    }
    return new LabelledSequence(tokens, prompt.length, labels);
  }

  /** The labels line by line, as far as something is said: 1 for each token, but 0 for the very last if it is false. */
  List<float[]> lines(Problem problem, List<Step> steps) {
    List<float[]> labels = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      List<int[]> lines = verifier.trueContinuations(problem, steps.subList(0, i)).stream()
          .map(this::line)
          .toList();
      int[] step = steps.get(i).tokens().stream().mapToInt(Token::id).toArray();
      int agreed = agreed(step, lines);
      float[] line = new float[Math.min(agreed + 1, step.length)];
      Arrays.fill(line, 0, agreed, 1);
      labels.add(line);
      if (agreed < step.length) {
        break;
      }
    }
    return labels;
  }

  /** The tokens of a true line; the last line ends the chain. */
  private int[] line(String text) {
    int[] ids = encoder.encode(new Step(text, List.of()));
    if (text.endsWith("\n")) {
      return ids;
    }
    int[] ended = Arrays.copyOf(ids, ids.length + 1);
    ended[ids.length] = eos;
    return ended;
  }

  private static int agreed(int[] step, List<int[]> lines) {
    int most = 0;
    for (int[] line : lines) {
      int mismatch = Arrays.mismatch(step, line);
      most = Math.max(most, mismatch < 0 ? step.length : mismatch);
    }
    return most;
  }
}
