package dev.rowan.model;

import dev.rowan.tensor.DType;
import dev.rowan.tensor.RandomStream;
import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;
import dev.rowan.tensor.WeightRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a Llama-family decoder. Projections that read the same input are kept as one
 * matrix: {@code qkv} [(heads + 2 kvHeads) · headDim, hidden] and {@code gateUp} [2 · intermediate, hidden]. The tensors
 * live until {@link #close()}.
 */
public final class LlamaWeights implements ParameterRows, AutoCloseable {

  /**
   * The tensors of one block.
   *
   * @param inputNorm [hidden]
   * @param qkv [(heads + 2 kvHeads) · headDim, hidden]: queries, keys, values
   * @param qkvBias [(heads + 2 kvHeads) · headDim], if the family has it
   * @param headNorms norms of the queries' and keys' heads, if the family has them
   * @param output [hidden, heads · headDim]
   * @param feedForwardNorm [hidden]
   * @param gateUp [2 · intermediate, hidden]: gate, up
   * @param down [hidden, intermediate]
   */
  public record Block(
      Tensor inputNorm,
      Tensor qkv,
      Optional<Tensor> qkvBias,
      Optional<HeadNorms> headNorms,
      Tensor output,
      Tensor feedForwardNorm,
      Tensor gateUp,
      Tensor down) {}

  /**
   * Norms of single heads.
   *
   * @param query [headDim]
   * @param key [headDim]
   */
  public record HeadNorms(Tensor query, Tensor key) {}

  private static final double EMBEDDING_DEVIATION = 0.02;

  /** Projections keep most of their input's variance, so that heads differ, and learn to look, from the first step. */
  private static final double PROJECTION_GAIN = 0.8;

  private final LlamaConfig config;
  private final Map<String, Tensor> parameters;

  private LlamaWeights(LlamaConfig config, Map<String, Tensor> parameters) {
    this.config = config;
    this.parameters = parameters;
    parameters.values().forEach(Tensor::keep);
  }

  /** Random fp32 weights to train from nothing: norms of 1, biases of 0. */
  public static LlamaWeights random(LlamaConfig config, RandomStream random) {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    double residual = 1 / Math.sqrt(2.0 * config.layers());
    HuggingFaceNames.parts(config).forEach((name, parts) -> {
      long rows = parts.stream().mapToLong(part -> part.shape()[0]).sum();
      boolean writesResidual = name.endsWith("output") || name.endsWith("down");
      if (parts.getFirst().shape().length == 1) {
        parameters.put(name, Tensor.full(name.endsWith("Bias") ? 0 : 1, rows));
      } else {
        long columns = parts.getFirst().shape()[1];
        double deviation = name.startsWith("layers.")
            ? PROJECTION_GAIN / Math.sqrt((double) columns) * (writesResidual ? residual : 1)
            : EMBEDDING_DEVIATION;
        parameters.put(name, random.normal(deviation, rows, columns));
      }
    });
    return new LlamaWeights(config, parameters);
  }

  /**
   * Weights from tensors under Hugging Face's names; copied to {@code dtype}. Beside the weights, one parameter's tensors
   * are in memory at a time.
   *
   * @throws ModelException if one is missing or has another shape
   */
  public static LlamaWeights fromHuggingFace(
      LlamaConfig config, TensorSource tensors, DType dtype) {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    try {
      HuggingFaceNames.parts(config).forEach((name, parts) -> {
        try (Scope _ = Scope.open()) {
          List<Tensor> found =
              parts.stream().map(part -> part.of(tensors).to(dtype)).toList();
          Tensor whole = found.size() == 1 ? found.getFirst() : Tensor.cat(found, 0);
          parameters.put(name, whole.keep());
        }
      });
    } catch (ModelException e) {
      parameters.values().forEach(Tensor::close);
      throw e;
    }
    return new LlamaWeights(config, parameters);
  }

  /** Views of the tensors under Hugging Face's names, in the current scope. */
  public Map<String, Tensor> toHuggingFace() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    HuggingFaceNames.parts(config).forEach((name, parts) -> {
      long start = 0;
      for (HuggingFaceNames.Part part : parts) {
        tensors.put(part.name(), get(name).detach().narrow(0, start, part.shape()[0]));
        start += part.shape()[0];
      }
    });
    return tensors;
  }

  @Override
  public LlamaConfig config() {
    return config;
  }

  /** All parameters by name, in a fixed order. */
  public Map<String, Tensor> parameters() {
    return parameters;
  }

  /** Number of trainable values. */
  public long count() {
    return parameters.values().stream().mapToLong(Tensor::count).sum();
  }

  /** Token embeddings: [vocabulary, hidden]. */
  public Tensor embed() {
    return get("embed");
  }

  /** The output projection, [vocabulary, hidden]: the embeddings themselves if they are tied. */
  public Tensor unembed() {
    return get(config.variant().tied() ? "embed" : "unembed");
  }

  /** The last norm: [hidden]. */
  public Tensor norm() {
    return get("norm");
  }

  /** Block {@code i}. */
  public Block block(int i) {
    String block = "layers." + i + ".";
    return new Block(
        get(block + "inputNorm"),
        get(block + "qkv"),
        Optional.ofNullable(parameters.get(block + "qkvBias")),
        Optional.ofNullable(parameters.get(block + "queryNorm"))
            .map(query -> new HeadNorms(query, get(block + "keyNorm"))),
        get(block + "output"),
        get(block + "feedForwardNorm"),
        get(block + "gateUp"),
        get(block + "down"));
  }

  @Override
  public WeightRows matrix(String name) {
    return get(name).rows();
  }

  @Override
  public Optional<float[]> vector(String name) {
    try (Scope _ = Scope.open()) {
      return Optional.ofNullable(parameters.get(name))
          .map(tensor -> tensor.detach().toFloats());
    }
  }

  /** {@inheritDoc} They are copied, because these weights may change. */
  @Override
  public WeightRows embeddings() {
    try (Scope _ = Scope.open()) {
      Tensor embed = embed().detach().to(DType.FLOAT32);
      MemorySegment copy = Arena.ofAuto().allocate(embed.count() * Float.BYTES, 64);
      copy.copyFrom(embed.segment());
      return WeightRows.of(
          copy, DType.FLOAT32, Math.toIntExact(embed.size(0)), Math.toIntExact(embed.size(1)));
    }
  }

  private Tensor get(String name) {
    Tensor tensor = parameters.get(name);
    if (tensor == null) {
      throw new ModelException("the model has no tensor '" + name + "'");
    }
    return tensor;
  }

  /** The same memory as separate parameters with gradients of their own, for one of several training threads. */
  public LlamaWeights leaves() {
    Map<String, Tensor> leaves = new LinkedHashMap<>();
    try (Scope _ = Scope.open()) {
      parameters.forEach(
          (name, tensor) -> leaves.put(name, tensor.detach().requireGrad().keep()));
    }
    return new LlamaWeights(config, leaves);
  }

  /** A copy in {@code dtype}; norms and biases stay fp32, because they meet fp32 activations. */
  public LlamaWeights copy(DType dtype) {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    try (Scope _ = Scope.open()) {
      parameters.forEach((name, tensor) -> copies.put(
          name,
          (tensor.shape().length == 1 ? tensor : tensor.detach().to(dtype))
              .detach()
              .copy()
              .keep()));
    }
    return new LlamaWeights(config, copies);
  }

  /**
   * Copies the values of {@code other}.
   *
   * @throws ModelException if it is not a model of the same shape
   */
  public void copyFrom(LlamaWeights other) {
    if (!config.equals(other.config)) {
      throw new ModelException("cannot copy the weights of " + other.config + " into " + config);
    }
    try (Scope _ = Scope.open()) {
      parameters.forEach(
          (name, tensor) -> tensor.detach().copyInPlace(other.get(name).detach()));
    }
  }

  @Override
  public void close() {
    parameters.values().forEach(Tensor::close);
  }
}
