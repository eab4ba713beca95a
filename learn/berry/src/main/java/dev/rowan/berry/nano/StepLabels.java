package dev.rowan.berry.nano;

import dev.rowan.core.Prefix;
import dev.rowan.core.Problem;
import dev.rowan.core.Step;
import dev.rowan.core.StepVerifier;
import dev.rowan.core.Token;
import dev.rowan.core.Trajectory;
import dev.rowan.policy.PromptEncoder;
import dev.rowan.train.LabelledSequence;
import java.util.Arrays;
import java.util.List;

/**
 * Exact labels on the tokens of a chain: a token is true while some true line can still go on so; nothing is said after the
 * first that is not.
 */
final class StepLabels {

  private final StepVerifier verifier;
  private final PromptEncoder encoder;
  private final int eos;

  StepLabels(StepVerifier verifier, PromptEncoder encoder, int eos) {
    this.verifier = verifier;
    this.encoder = encoder;
    this.eos = eos;
  }

  LabelledSequence label(Problem problem, Trajectory chain) {
    int[] prompt = encoder.encode(Prefix.of(problem));
    int[] tokens = encoder.encode(new Prefix(problem, chain.steps()));
    float[] labels = new float[tokens.length];
    Arrays.fill(labels, Float.NaN);
    int position = prompt.length;
    for (int i = 0; i < chain.steps().size(); i++) {
      List<int[]> lines = verifier.trueContinuations(problem, chain.steps().subList(0, i)).stream()
          .map(this::line)
          .toList();
      int[] step = chain.steps().get(i).tokens().stream().mapToInt(Token::id).toArray();
      int agreed = agreed(step, lines);
      Arrays.fill(labels, position, position + agreed, 1);
      if (agreed < step.length) {
        labels[position + agreed] = 0;
        break;
      }
      position += step.length;
    }
    return new LabelledSequence(tokens, prompt.length, labels);
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
