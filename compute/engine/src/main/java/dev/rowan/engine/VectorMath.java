package dev.rowan.engine;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vector arithmetic whose result is the same to the last bit on every run: exact IEEE operations in a fixed order only (no
 * reduction across lanes, no library function), so that interpreted and compiled code agree.
 */
final class VectorMath {

  /** At most a block of the cache, and wide enough that a quarter of it is a vector, too. */
  static final VectorSpecies<Float> FLOATS =
      switch (FloatVector.SPECIES_PREFERRED.length()) {
        case 16 -> FloatVector.SPECIES_512;
        default -> FloatVector.SPECIES_256;
      };

  static final VectorSpecies<Integer> INTS =
      FLOATS.length() == 16 ? IntVector.SPECIES_512 : IntVector.SPECIES_256;

  /** Numbers per vector. */
  static final int LANES = FLOATS.length();

  /** Adding and taking away 1.5 · 2^23 rounds a float to the nearest whole number. */
  static final float ROUNDER = 12_582_912f;

  static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);

  private VectorMath() {}

  /** e to the power of x, for x of 0 or less: 2^n times a polynomial of the rest, relative error about 1e-7. */
  static FloatVector exp(FloatVector x) {
    FloatVector bounded = x.max(-87f);
    FloatVector shifted = bounded.mul(1.442695f).add(12_582_912f);
    FloatVector n = shifted.sub(12_582_912f);
    FloatVector r = n.fma(FloatVector.broadcast(FLOATS, -0.6933594f), bounded);
    r = n.fma(FloatVector.broadcast(FLOATS, 2.1219444e-4f), r);
    FloatVector p = FloatVector.broadcast(FLOATS, 1.9875691e-4f);
    p = p.fma(r, FloatVector.broadcast(FLOATS, 0.0013981999f));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 0.008333452f));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 0.041665796f));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 0.16666666f));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 0.5f));
    p = p.fma(r.mul(r), r).add(1f);
    IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    FloatVector result = p.reinterpretAsInts().add(power).reinterpretAsFloats();
    return result.blend(0f, x.lt(-87f));
  }

  /** The same for a single number, to the last bit. */
  static float exp(float x) {
    float bounded = Math.max(x, -87f);
    float shifted = bounded * 1.442695f + 12_582_912f;
    float n = shifted - 12_582_912f;
    float r = Math.fma(n, -0.6933594f, bounded);
    r = Math.fma(n, 2.1219444e-4f, r);
    float p = 1.9875691e-4f;
    p = Math.fma(p, r, 0.0013981999f);
    p = Math.fma(p, r, 0.008333452f);
    p = Math.fma(p, r, 0.041665796f);
    p = Math.fma(p, r, 0.16666666f);
    p = Math.fma(p, r, 0.5f);
    p = Math.fma(p, r * r, r) + 1f;
    int power = Float.floatToRawIntBits(shifted) << 23;
    return x < -87f ? 0 : Float.intBitsToFloat(Float.floatToRawIntBits(p) + power);
  }

  /** The nearest numbers that bf16 can hold. */
  static FloatVector roundToHalves(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector odd = bits.lanewise(VectorOperators.LSHR, 16).and(1);
    return bits.add(odd).add(0x7fff).and(0xffff0000).reinterpretAsFloats();
  }

  /** The nearest number that bf16 can hold. */
  static float roundToHalf(float x) {
    return Float.intBitsToFloat(KvStore.bf16(x) << 16);
  }

  /** The nearest whole number, for x of at most 127 either way. */
  static byte nearestByte(float x) {
    return (byte) (Float.floatToRawIntBits(x + ROUNDER) - ROUNDER_BITS);
  }

  /** The sum of a vector's lanes, from the first to the last. */
  static float sum(FloatVector vector) {
    float sum = 0;
    for (int i = 0; i < LANES; i++) {
      sum += vector.lane(i);
    }
    return sum;
  }

  /** The largest of a vector's lanes. */
  static float max(FloatVector vector) {
    return vector.reduceLanes(VectorOperators.MAX);
  }

  /** Where whole vectors end in {@code length} numbers. */
  static int wholeVectors(int length) {
    return FLOATS.loopBound(length);
  }
}
