package dev.rowan.engine;

import java.util.Arrays;

/** Draws a token from logits. The log-probability it reports is that of the untempered distribution. */
final class Sampler {

  /**
   * A drawn token.
   *
   * @param token its id
   * @param logProb natural log-probability at temperature 1, over all tokens
   */
  record Draw(int token, float logProb) {}

  private final double[] weights;

  Sampler(int vocabulary) {
    this.weights = new double[vocabulary];
  }

  /** Draws from {@code logits[offset ..]} with {@code uniform} in [0, 1). */
  Draw draw(float[] logits, int offset, GenerationRequest request, double uniform) {
    int best = argmax(logits, offset);
    int token = request.temperature() == 0
        ? best
        : pick(logits, offset, logits[offset + best], request, uniform);
    return new Draw(token, logProb(logits, offset, logits[offset + best], token));
  }

  /** The log-probability of a given token. */
  float logProb(float[] logits, int offset, int token) {
    return logProb(logits, offset, logits[offset + argmax(logits, offset)], token);
  }

  private float logProb(float[] logits, int offset, float largest, int token) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += Math.exp(logits[offset + i] - largest);
    }
    return (float) (logits[offset + token] - largest - Math.log(sum));
  }

  private int argmax(float[] logits, int offset) {
    int best = 0;
    for (int i = 1; i < weights.length; i++) {
      if (logits[offset + i] > logits[offset + best]) {
        best = i;
      }
    }
    return best;
  }

  private int pick(
      float[] logits, int offset, float largest, GenerationRequest request, double uniform) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp((logits[offset + i] - largest) / request.temperature());
      sum += weights[i];
    }
    if ((request.topK() > 0 && request.topK() < weights.length) || request.topP() < 1) {
      sum = truncate(request.topK() > 0 ? request.topK() : weights.length, request.topP() * sum);
    }
    double left = uniform * sum;
    int last = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        left -= weights[i];
        last = i;
        if (left < 0) {
          return i;
        }
      }
    }
    return last;
  }

  /**
   * Keeps the heaviest {@code topK} weights, and of those the fewest that reach {@code mass}; of equal ones, which logits
   * in bf16 often are, the first. Returns what is left.
   */
  private double truncate(int topK, double mass) {
    double[] sorted = weights.clone();
    Arrays.sort(sorted);
    double sum = 0;
    double threshold = Double.MAX_VALUE;
    int equals = 0;
    for (int i = sorted.length - 1; i >= 0 && sorted.length - i <= topK && sum < mass; i--) {
      sum += sorted[i];
      equals = sorted[i] == threshold ? equals + 1 : 1;
      threshold = sorted[i];
    }
    double kept = 0;
    for (int i = 0; i < weights.length; i++) {
      boolean keep = weights[i] > threshold || (weights[i] == threshold && equals-- > 0);
      weights[i] = keep ? weights[i] : 0;
      kept += weights[i];
    }
    return kept;
  }
}
