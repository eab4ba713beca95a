package dev.rowan.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** What a tensor's elements are. */
public enum DType {
  /** 32-bit floating point. */
  FLOAT32(ScalarType.Float, 4),
  /** 16-bit floating point with fp32's range. */
  BFLOAT16(ScalarType.BFloat16, 2),
  /** 16-bit floating point. */
  FLOAT16(ScalarType.Half, 2),
  /** 8-bit integers, for {@link PackedMatrix packed weights}. */
  INT8(ScalarType.Char, 1),
  /** 64-bit integers, for token ids and positions. */
  INT64(ScalarType.Long, 8),
  /** Truth values. */
  BOOL(ScalarType.Bool, 1);

  private final ScalarType scalarType;
  private final int bytes;

  DType(ScalarType scalarType, int bytes) {
    this.scalarType = scalarType;
    this.bytes = bytes;
  }

  /** The element type in which matrix products are fastest: bf16 where the CPU multiplies it natively, else fp32. */
  public static DType fastestForProducts() {
    try {
      Path cpuInfo = Path.of("/proc/cpuinfo");
      String info = Files.exists(cpuInfo) ? Files.readString(cpuInfo) : "";
      return info.contains("avx512_bf16") || info.contains("amx_bf16") ? BFLOAT16 : FLOAT32;
    } catch (IOException e) {
      return FLOAT32;
    }
  }

  /** Size of one element. */
  public int bytes() {
    return bytes;
  }

  ScalarType scalarType() {
    return scalarType;
  }

  static DType of(ScalarType scalarType) {
    ScalarType known = scalarType.intern();
    for (DType dtype : values()) {
      if (dtype.scalarType == known) {
        return dtype;
      }
    }
    throw new IllegalArgumentException("element type " + scalarType + " is not supported");
  }
}
