package dev.rowan.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Draws a token from logits. The log-probabilities it reports are those of the untempered distribution. Belongs to one
 * thread.
 */
final class Sampler {

  /**
   * A drawn token.
   *
   * @param token its id
   * @param logProb natural log-probability at temperature 1, over all tokens
   * @param alternatives the most likely tokens, if asked for
   */
  record Draw(int token, float logProb, List<Generation.Alternative> alternatives) {}

  /** Weights are added up in pieces of this size, so that a draw need not walk through all of them. */
  private static final int PIECE = 512;

  /** By how much a search for the heaviest weights lowers its bar at a time. */
  private static final float LOWER = 1f / 64;

  /** Below this, differences of logits become infinite, and what is no number appears. */
  private static final double COLDEST = 1e-30;

  private final RowKernels kernels;
  private final int vocabulary;
  private final float[] weights;
  private final double[] pieces;
  private final float[] changed;
  private long[] candidates = new long[1024];

  Sampler(int vocabulary, RowKernels kernels) {
    this.kernels = kernels;
    this.vocabulary = vocabulary;
    this.weights = new float[vocabulary];
    this.pieces = new double[(vocabulary + PIECE - 1) / PIECE];
    this.changed = new float[vocabulary];
  }

  /** Draws with {@code uniform} in [0, 1). */
  Draw draw(
      float[] logits,
      TokenChoice choice,
      Optional<History> history,
      int alternatives,
      double uniform) {
    float top = max(logits);
    double mass = weigh(logits, top, 1);
    double logMass = top + Math.log(mass);
    boolean changes = history.isPresent() || !choice.logitBias().isEmpty();
    float[] used = changes ? change(logits, choice, history) : logits;
    int token;
    if (choice.temperature() == 0) {
      token = indexOf(used, max(used));
    } else {
      if (changes || choice.temperature() != 1) {
        mass = weigh(used, max(used), (float) Math.max(choice.temperature(), COLDEST));
      }
      token = pick(truncated(choice, mass), uniform);
    }
    return new Draw(
        token, (float) (logits[token] - logMass), alternatives(logits, logMass, alternatives));
  }

  /** The log-probability of a given token. */
  float logProb(float[] logits, int token) {
    float top = max(logits);
    return (float) (logits[token] - (top + Math.log(weigh(logits, top, 1))));
  }

  /** A copy of the logits with what the request and the past do to them. */
  private float[] change(float[] logits, TokenChoice choice, Optional<History> history) {
    System.arraycopy(logits, 0, changed, 0, vocabulary);
    history.ifPresent(past -> past.penalise(changed));
    choice.logitBias().forEach((token, bias) -> changed[token] += bias);
    return changed;
  }

  private float max(float[] logits) {
    return kernels.max(logits, vocabulary);
  }

  private int indexOf(float[] logits, float value) {
    for (int i = 0; i < vocabulary; i++) {
      if (logits[i] == value) {
        return i;
      }
    }
    throw new EngineException("the model's logits are not numbers: its weights are damaged");
  }

  /** Sets the weights to exp((logit - top) / temperature), and returns their sum. */
  private double weigh(float[] logits, float top, float temperature) {
    double mass = 0;
    for (int piece = 0; piece < pieces.length; piece++) {
      int from = piece * PIECE;
      int to = Math.min(vocabulary, from + PIECE);
      pieces[piece] = kernels.exponentials(logits, from, to, top, temperature, weights);
      mass += pieces[piece];
    }
    return mass;
  }

  /** Takes away the weights that the request leaves out, and returns the sum of the rest. */
  private double truncated(TokenChoice choice, double mass) {
    double rest = mass;
    if ((choice.topK() > 0 && choice.topK() < vocabulary) || choice.topP() < 1) {
      rest = keepHeaviest(
          choice.topK() > 0 ? Math.min(choice.topK(), vocabulary) : vocabulary,
          choice.topP() * mass);
    }
    if (choice.minP() > 0) {
      // The largest weight is 1.
      rest = keepAtLeast((float) choice.minP());
    }
    return rest;
  }

  /**
   * Keeps the heaviest {@code most} weights, and of those the fewest that reach {@code mass}; of equal ones, which logits
   * in bf16 often are, the first.
   */
  private double keepHeaviest(int most, double mass) {
    int found;
    double sum;
    float bar = 1;
    do {
      bar = bar < Float.MIN_NORMAL ? 0 : bar * LOWER;
      found = gather(bar);
      sum = 0;
      for (int i = 0; i < found; i++) {
        sum += weight(candidates[i]);
      }
    } while (bar > 0 && found < most && sum < mass);
    Arrays.sort(candidates, 0, found);
    Arrays.fill(weights, 0);
    Arrays.fill(pieces, 0);
    double kept = 0;
    for (int i = found - 1; i >= 0 && found - i <= most && kept < mass; i--) {
      int token = token(candidates[i]);
      weights[token] = weight(candidates[i]);
      pieces[token / PIECE] += weights[token];
      kept += weights[token];
    }
    return kept;
  }

  /** Notes every weight of at least {@code bar}, and returns how many there are. */
  private int gather(float bar) {
    int found = 0;
    for (int i = 0; i < vocabulary; i++) {
      if (weights[i] >= bar) {
        if (found == candidates.length) {
          candidates = Arrays.copyOf(candidates, 2 * found);
        }
        // Weights are not negative, so their bits are ordered as they are; of equals, the first is
        // the largest.
        candidates[found++] =
            ((long) Float.floatToRawIntBits(weights[i]) << 32) | (Integer.MAX_VALUE - i);
      }
    }
    return found;
  }

  private static float weight(long candidate) {
    return Float.intBitsToFloat((int) (candidate >> 32));
  }

  private static int token(long candidate) {
    return Integer.MAX_VALUE - (int) candidate;
  }

  private double keepAtLeast(float bar) {
    double kept = 0;
    for (int piece = 0; piece < pieces.length; piece++) {
      double sum = 0;
      int end = Math.min(vocabulary, (piece + 1) * PIECE);
      for (int i = piece * PIECE; i < end; i++) {
        weights[i] = weights[i] >= bar ? weights[i] : 0;
        sum += weights[i];
      }
      pieces[piece] = sum;
      kept += sum;
    }
    return kept;
  }

  private int pick(double mass, double uniform) {
    double left = uniform * mass;
    int piece = 0;
    while (piece < pieces.length - 1 && left >= pieces[piece]) {
      left -= pieces[piece++];
    }
    int last = -1;
    for (int i = piece * PIECE; i < Math.min(vocabulary, (piece + 1) * PIECE); i++) {
      if (weights[i] > 0) {
        left -= weights[i];
        last = i;
        if (left < 0) {
          return i;
        }
      }
    }
    return last >= 0 ? last : heaviest();
  }

  /** Where rounding let a draw end in a piece without weights. */
  private int heaviest() {
    return indexOf(weights, max(weights));
  }

  private List<Generation.Alternative> alternatives(float[] logits, double logMass, int count) {
    List<Generation.Alternative> best = new ArrayList<>(count);
    for (int i = 0; i < vocabulary && count > 0; i++) {
      float logProb = (float) (logits[i] - logMass);
      if (best.size() < count || logProb > best.getLast().logProb()) {
        int at = best.size();
        while (at > 0 && best.get(at - 1).logProb() < logProb) {
          at--;
        }
        best.add(at, new Generation.Alternative(i, logProb));
        if (best.size() > count) {
          best.removeLast();
        }
      }
    }
    return best;
  }
}
