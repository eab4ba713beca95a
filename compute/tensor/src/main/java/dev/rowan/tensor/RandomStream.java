package dev.rowan.tensor;

import java.util.random.RandomGenerator;

/**
 * A stream of random numbers whose whole state is one {@code long} (SplitMix64; Steele, Lea, Flood 2014), so that a run
 * can be saved and go on with the same numbers. Not safe for use by several threads.
 */
public final class RandomStream implements RandomGenerator {

  private long state;

  /** A stream that goes on from {@code state}; any seed will do to start one. */
  public RandomStream(long state) {
    this.state = state;
  }

  /** What to save in order to go on later. */
  public long state() {
    return state;
  }

  @Override
  public long nextLong() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A tensor of normally distributed fp32 values with mean 0: the same from the same state on every machine. */
  public Tensor normal(double deviation, long... shape) {
    long count = 1;
    for (long size : shape) {
      count = Math.multiplyExact(count, size);
    }
    float[] values = new float[Math.toIntExact(count)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (nextGaussian() * deviation);
    }
    return Tensor.of(values, shape);
  }
}
