package dev.rowan.train;

import dev.rowan.model.Llama;
import dev.rowan.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * A padded batch and the tokens in it that a loss looks at. Only their rows pass through the end of the last layer and the
 * output projection: logits of everything else are never computed.
 *
 * @param ids all tokens, int64 [batch, length], padded at the end
 * @param before for each chosen token the row of the token before it in [batch · length], int64 [n]
 * @param at for each chosen token its own row, int64 [n]
 * @param targets the chosen tokens themselves, int64 [n]
 */
record ChosenTokens(Tensor ids, Tensor before, Tensor at, Tensor targets) {

  /** The tokens of {@code sequences} at {@code positions}, each at least 1, in that order. */
  static ChosenTokens of(List<int[]> sequences, List<int[]> positions, int padId) {
    int length = sequences.stream().mapToInt(tokens -> tokens.length).max().orElse(0);
    int count = positions.stream().mapToInt(chosen -> chosen.length).sum();
    long[] ids = new long[sequences.size() * length];
    Arrays.fill(ids, padId);
    long[] before = new long[count];
    long[] at = new long[count];
    long[] targets = new long[count];
    int n = 0;
    for (int row = 0; row < sequences.size(); row++) {
      int[] tokens = sequences.get(row);
      for (int i = 0; i < tokens.length; i++) {
        ids[row * length + i] = tokens[i];
      }
      for (int position : positions.get(row)) {
        at[n] = (long) row * length + position;
        before[n] = at[n] - 1;
        targets[n++] = tokens[position];
      }
    }
    return new ChosenTokens(
        Tensor.of(ids, sequences.size(), length),
        Tensor.of(before),
        Tensor.of(at),
        Tensor.of(targets));
  }

  /** Number of chosen tokens. */
  long count() {
    return targets.count();
  }

  /** Hidden states, fp32 [2 n, hidden]: of the tokens before the chosen ones, then of the chosen ones. */
  Tensor hidden(Llama llama) {
    return llama.hiddenAt(ids, Tensor.cat(List.of(before, at), 0));
  }

  /** Log-probabilities of every token [n, vocabulary] where the chosen ones stand. */
  Tensor distributions(Llama llama) {
    return llama.logits(llama.hiddenAt(ids, before)).logSoftmax();
  }

  /** The chosen tokens' entries [n] of {@code distributions}. */
  Tensor pick(Tensor distributions) {
    return distributions.gather(1, targets.unsqueeze(1)).squeeze(1);
  }
}
