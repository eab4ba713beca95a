package dev.rowan.engine;

import java.lang.foreign.MemorySegment;
import java.util.function.BooleanSupplier;

/** Plain loops until vector operations are compiled, those from then on; nobody sees a difference but in time. */
final class SwitchingKernels implements RowKernels {

  private final RowKernels plain = new PlainKernels();
  private final RowKernels vectors = new VectorKernels();
  private final BooleanSupplier compiled;

  SwitchingKernels(BooleanSupplier compiled) {
    this.compiled = compiled;
  }

  private RowKernels now() {
    return compiled.getAsBoolean() ? vectors : plain;
  }

  @Override
  public void norm(
      float[] x, int from, float[] weight, double epsilon, float[] out, int to, int width) {
    now().norm(x, from, weight, epsilon, out, to, width);
  }

  @Override
  public void swiGlu(float[] row, int inner) {
    now().swiGlu(row, inner);
  }

  @Override
  public void scale(float[] row, int start, int width, float factor, boolean rounds) {
    now().scale(row, start, width, factor, rounds);
  }

  @Override
  public void putHalves(float[] from, int offset, int width, MemorySegment to, long start) {
    now().putHalves(from, offset, width, to, start);
  }

  @Override
  public void getHalves(MemorySegment from, long start, int width, float[] to, int offset) {
    now().getHalves(from, start, width, to, offset);
  }

  @Override
  public float putBytes(float[] from, int offset, int width, MemorySegment to, long start) {
    return now().putBytes(from, offset, width, to, start);
  }

  @Override
  public float max(float[] numbers, int count) {
    return now().max(numbers, count);
  }

  @Override
  public double exponentials(
      float[] x, int from, int to, float top, float temperature, float[] out) {
    return now().exponentials(x, from, to, top, temperature, out);
  }
}
