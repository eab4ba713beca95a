package dev.rowan.model;

import dev.rowan.tensor.WeightRows;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters in a checkpoint's files: all are there, none is read before it is asked for, and nothing is copied. */
public final class CheckpointRows implements ParameterRows {

  private final LlamaConfig config;
  private final RowSource source;
  private final Map<String, List<HuggingFaceNames.Part>> parts;

  /**
   * The parameters of a model of this shape in {@code source}.
   *
   * @throws ModelException if one is missing or has another shape
   */
  public CheckpointRows(LlamaConfig config, RowSource source) {
    this.config = config;
    this.source = source;
    this.parts = HuggingFaceNames.parts(config);
    parts.values().forEach(this::rows);
  }

  /** Matrices of the same width, one below the other. */
  private record Stack(List<WeightRows> parts, int outputs, int inputs) implements WeightRows {

    @Override
    public void read(int i, float[] to) {
      int row = i;
      for (WeightRows part : parts) {
        if (row < part.outputs()) {
          part.read(row, to);
          return;
        }
        row -= part.outputs();
      }
      throw new IndexOutOfBoundsException("row " + i + " of " + outputs);
    }
  }

  @Override
  public LlamaConfig config() {
    return config;
  }

  @Override
  public WeightRows matrix(String name) {
    List<HuggingFaceNames.Part> named = parts.get(name);
    if (named == null) {
      throw new ModelException("the model has no tensor '" + name + "'");
    }
    List<WeightRows> found = rows(named);
    return found.size() == 1
        ? found.getFirst()
        : new Stack(
            found,
            found.stream().mapToInt(WeightRows::outputs).sum(),
            found.getFirst().inputs());
  }

  @Override
  public Optional<float[]> vector(String name) {
    List<HuggingFaceNames.Part> named = parts.get(name);
    return Optional.ofNullable(named).map(it -> joined(rows(it)));
  }

  private List<WeightRows> rows(List<HuggingFaceNames.Part> named) {
    return named.stream().map(part -> part.rows(source)).toList();
  }

  private static float[] joined(List<WeightRows> vectors) {
    float[] all = new float[vectors.stream().mapToInt(WeightRows::inputs).sum()];
    int length = 0;
    for (WeightRows vector : vectors) {
      float[] numbers = new float[vector.inputs()];
      vector.read(0, numbers);
      System.arraycopy(numbers, 0, all, length, numbers.length);
      length += numbers.length;
    }
    return all;
  }

  @Override
  public WeightRows embeddings() {
    return matrix("embed");
  }
}
