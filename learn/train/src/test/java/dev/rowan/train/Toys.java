package dev.rowan.train;

import dev.rowan.model.Llama;
import dev.rowan.model.LlamaConfig;
import dev.rowan.model.LlamaWeights;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.Gradients;
import dev.rowan.tensor.RandomStream;
import dev.rowan.tensor.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A tiny model and a tiny task: say four letters again after a bar. */
final class Toys {

  static final int EOS = 1;
  static final int BAR = 2;
  static final int FIRST_LETTER = 3;
  static final int LETTERS = 8;
  static final int WORD = 4;

  private Toys() {}

  static LlamaWeights model(long seed) {
    return model(seed, 32);
  }

  static LlamaWeights model(long seed, int hidden) {
    LlamaConfig config = new LlamaConfig(
        FIRST_LETTER + LETTERS,
        hidden,
        2 * hidden,
        2,
        hidden / 16,
        hidden / 32,
        16,
        32,
        10_000,
        1e-5,
        EOS,
        0);
    try (Scope _ = Scope.open()) {
      return LlamaWeights.random(config, new RandomStream(seed));
    }
  }

  static Llama frozen(LlamaWeights weights) {
    return new Llama(weights, DType.FLOAT32);
  }

  /** Four random letters and a bar. */
  static int[] prompt(RandomStream random) {
    int[] prompt = new int[WORD + 1];
    for (int i = 0; i < WORD; i++) {
      prompt[i] = FIRST_LETTER + random.nextInt(LETTERS);
    }
    prompt[WORD] = BAR;
    return prompt;
  }

  /** The prompt, its letters again, and the end. */
  static int[] copied(int[] prompt) {
    int[] tokens = Arrays.copyOf(prompt, 2 * WORD + 2);
    System.arraycopy(prompt, 0, tokens, WORD + 1, WORD);
    tokens[2 * WORD + 1] = EOS;
    return tokens;
  }

  static List<Sequence> copies(int count, long seed) {
    RandomStream random = new RandomStream(seed);
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sequences.add(new Sequence(copied(prompt(random)), WORD + 1));
    }
    return sequences;
  }

  /** What the model says after {@code prompt}, at temperature 1, or the likeliest token each time if {@code greedy}. */
  static Rollout sample(Llama llama, int[] prompt, boolean greedy, RandomStream random) {
    int[] tokens = prompt;
    float[] logProbs = new float[WORD + 1];
    int n = 0;
    while (n <= WORD && (n == 0 || tokens[tokens.length - 1] != EOS)) {
      float[] distribution = next(llama, tokens);
      int token = greedy ? largest(distribution) : draw(distribution, random);
      logProbs[n++] = distribution[token];
      tokens = Arrays.copyOf(tokens, tokens.length + 1);
      tokens[tokens.length - 1] = token;
    }
    int[] completion = Arrays.copyOfRange(tokens, prompt.length, tokens.length);
    return new Rollout(completion, Arrays.copyOf(logProbs, n), 0);
  }

  private static float[] next(Llama llama, int[] tokens) {
    try (Gradients _ = Gradients.off();
        Scope _ = Scope.open()) {
      ChosenTokens chosen = ChosenTokens.of(
          List.of(Arrays.copyOf(tokens, tokens.length + 1)), List.of(new int[] {tokens.length}), 0);
      return chosen.distributions(llama).toFloats();
    }
  }

  private static int largest(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private static int draw(float[] logProbs, RandomStream random) {
    double left = random.nextDouble();
    for (int i = 0; i < logProbs.length; i++) {
      left -= Math.exp(logProbs[i]);
      if (left < 0) {
        return i;
      }
    }
    return logProbs.length - 1;
  }
}
