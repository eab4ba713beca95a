package dev.rowan.core;

/** Derives independent seeds from one, so that a run is a function of a single number. */
public final class Seeds {

  private Seeds() {}

  /** The seed of stream {@code index} under {@code seed}: SplitMix64's finaliser over both. */
  public static long derive(long seed, long index) {
    return mix(mix(seed) + 0x9E3779B97F4A7C15L * (index + 1));
  }

  /** The seed of the stream called {@code name} under {@code seed}. */
  public static long derive(long seed, String name) {
    long hash = seed;
    for (int i = 0; i < name.length(); i++) {
      hash = derive(hash, name.charAt(i));
    }
    return hash;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
