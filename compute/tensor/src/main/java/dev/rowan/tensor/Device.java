package dev.rowan.tensor;

/** Where a tensor's memory lies and its operations run. */
public sealed interface Device {

  /** The processor and its memory, where every tensor is made. */
  Device CPU = new Cpu();

  /** The GPU of number {@code index}, counted from 0. */
  static Device cuda(int index) {
    return new Cuda(index);
  }

  /** The processor. */
  record Cpu() implements Device {

    @Override
    public String toString() {
      return "the CPU";
    }
  }

  /**
   * An NVIDIA GPU.
   *
   * @param index its number, from 0
   */
  record Cuda(int index) implements Device {

    /** Checks the number. */
    public Cuda {
      if (index < 0 || index > Byte.MAX_VALUE) {
        throw new IllegalArgumentException("no CUDA device has the number " + index);
      }
    }

    @Override
    public String toString() {
      return "CUDA device " + index;
    }
  }
}
