package dev.rowan.engine;

import dev.rowan.model.LlamaConfig;
import dev.rowan.model.ParameterRows;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.PackedMatrix;
import dev.rowan.tensor.WeightRows;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A model's weights as decoding reads them, shared by all lanes. */
final class DecoderWeights implements AutoCloseable {

  /**
   * One layer.
   *
   * @param inputNorm [hidden]
   * @param qkv to [(heads + 2 kvHeads) · headDim]
   * @param qkvBias [(heads + 2 kvHeads) · headDim], if there is one
   * @param headNorms of the queries' and of the keys' heads, [headDim] each, if there are any
   * @param output from attention to [hidden]
   * @param feedForwardNorm [hidden]
   * @param gateUp to [2 · intermediate]
   * @param down to [hidden]
   */
  record Layer(
      float[] inputNorm,
      PackedMatrix qkv,
      Optional<float[]> qkvBias,
      Optional<HeadNorms> headNorms,
      PackedMatrix output,
      float[] feedForwardNorm,
      PackedMatrix gateUp,
      PackedMatrix down) {

    private List<PackedMatrix> matrices() {
      return List.of(qkv, output, gateUp, down);
    }
  }

  /** Norms of single heads. */
  record HeadNorms(float[] query, float[] key) {}

  private final LlamaConfig config;
  private final DType type;
  private final List<Layer> layers;
  private final float[] norm;
  private final PackedMatrix unembed;
  private final WeightRows embed;

  /** The weights as they are now; {@code type} is that of the products. */
  DecoderWeights(ParameterRows weights, DType type) {
    this.config = weights.config();
    this.type = type;
    String unembedding = config.variant().tied() ? "embed" : "unembed";
    // A logit of 20 in bf16 would be known to a sixteenth only.
    this.unembed = new PackedMatrix(weights.matrix(unembedding), type, DType.FLOAT32);
    this.layers = IntStream.range(0, config.layers())
        .parallel()
        .mapToObj(i -> layer(weights, "layers." + i + "."))
        .toList();
    this.norm = vector(weights, "norm");
    // Not rounded, because the residual stream, which is fp32, starts from them.
    this.embed = weights.embeddings();
  }

  private Layer layer(ParameterRows weights, String layer) {
    return new Layer(
        vector(weights, layer + "inputNorm"),
        pack(weights, layer + "qkv"),
        weights.vector(layer + "qkvBias"),
        weights
            .vector(layer + "queryNorm")
            .map(query -> new HeadNorms(query, vector(weights, layer + "keyNorm"))),
        pack(weights, layer + "output"),
        vector(weights, layer + "feedForwardNorm"),
        pack(weights, layer + "gateUp"),
        pack(weights, layer + "down"));
  }

  private PackedMatrix pack(ParameterRows weights, String name) {
    return new PackedMatrix(weights.matrix(name), type);
  }

  private static float[] vector(ParameterRows weights, String name) {
    return weights
        .vector(name)
        .orElseThrow(() -> new EngineException("the model lacks the vector '" + name + "'"));
  }

  LlamaConfig config() {
    return config;
  }

  /** Type of the products. */
  DType type() {
    return type;
  }

  Layer layer(int i) {
    return layers.get(i);
  }

  /** The last norm: [hidden]. */
  float[] norm() {
    return norm;
  }

  /** From hidden states to [vocabulary]. */
  PackedMatrix unembed() {
    return unembed;
  }

  /** Embeddings [vocabulary, hidden]. */
  WeightRows embed() {
    return embed;
  }

  /** Number of weights that a token is multiplied by in the layers. */
  long layerParameters() {
    return layers.stream()
        .flatMap(layer -> layer.matrices().stream())
        .mapToLong(matrix -> (long) matrix.inputs() * matrix.outputs())
        .sum();
  }

  @Override
  public void close() {
    layers.forEach(layer -> layer.matrices().forEach(PackedMatrix::close));
    unembed.close();
  }
}
