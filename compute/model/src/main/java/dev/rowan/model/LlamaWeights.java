package dev.rowan.model;

import dev.rowan.tensor.DType;
import dev.rowan.tensor.RandomStream;
import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a Llama-family decoder with tied embeddings. Projections that read the same input are kept as one
 * matrix: {@code qkv} [(heads + 2 kvHeads) · headDim, hidden] and {@code gateUp} [2 · intermediate, hidden]. The tensors
 * live until {@link #close()}.
 */
public final class LlamaWeights implements AutoCloseable {

  /**
   * The tensors of one block.
   *
   * @param inputNorm [hidden]
   * @param qkv [(heads + 2 kvHeads) · headDim, hidden]: queries, keys, values
   * @param output [hidden, heads · headDim]
   * @param feedForwardNorm [hidden]
   * @param gateUp [2 · intermediate, hidden]: gate, up
   * @param down [hidden, intermediate]
   */
  public record Block(
      Tensor inputNorm,
      Tensor qkv,
      Tensor output,
      Tensor feedForwardNorm,
      Tensor gateUp,
      Tensor down) {}

  private final LlamaConfig config;
  private final Map<String, Tensor> parameters;

  private LlamaWeights(LlamaConfig config, Map<String, Tensor> parameters) {
    this.config = config;
    this.parameters = parameters;
    parameters.values().forEach(Tensor::keep);
  }

  /** Random fp32 weights to train from nothing. */
  public static LlamaWeights random(LlamaConfig config, RandomStream random) {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    double deviation = 0.02;
    double residual = deviation / Math.sqrt(2.0 * config.layers());
    int attention = config.heads() * config.headDim();
    parameters.put("embed", random.normal(deviation, config.vocabulary(), config.hidden()));
    for (int i = 0; i < config.layers(); i++) {
      String block = "layers." + i + ".";
      int qkv = attention + 2 * config.kvHeads() * config.headDim();
      parameters.put(block + "inputNorm", Tensor.full(1, config.hidden()));
      parameters.put(block + "qkv", random.normal(deviation, qkv, config.hidden()));
      parameters.put(block + "output", random.normal(residual, config.hidden(), attention));
      parameters.put(block + "feedForwardNorm", Tensor.full(1, config.hidden()));
      parameters.put(
          block + "gateUp", random.normal(deviation, 2L * config.intermediate(), config.hidden()));
      parameters.put(
          block + "down", random.normal(residual, config.hidden(), config.intermediate()));
    }
    parameters.put("norm", Tensor.full(1, config.hidden()));
    return new LlamaWeights(config, parameters);
  }

  /**
   * Weights from tensors under Hugging Face's names; copied to {@code dtype}.
   *
   * @throws ModelException if one is missing or has another shape
   */
  public static LlamaWeights fromHuggingFace(
      LlamaConfig config, Map<String, Tensor> tensors, DType dtype) {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    try (Scope _ = Scope.open()) {
      HuggingFaceNames.parts(config).forEach((name, parts) -> {
        List<Tensor> found =
            parts.stream().map(part -> part.of(tensors).to(dtype)).toList();
        Tensor whole = found.size() == 1 ? found.getFirst().copy() : Tensor.cat(found, 0);
        parameters.put(name, whole);
      });
      return new LlamaWeights(config, parameters);
    }
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

  /** The shape of the model. */
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

  /** Token embeddings, also the output projection: [vocabulary, hidden]. */
  public Tensor embed() {
    return get("embed");
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
        get(block + "output"),
        get(block + "feedForwardNorm"),
        get(block + "gateUp"),
        get(block + "down"));
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

  /** A copy in {@code dtype}; norms stay fp32, because they scale fp32 activations. */
  public LlamaWeights copy(DType dtype) {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    try (Scope _ = Scope.open()) {
      parameters.forEach((name, tensor) -> copies.put(
          name,
          (name.endsWith("orm") ? tensor : tensor.detach().to(dtype))
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
