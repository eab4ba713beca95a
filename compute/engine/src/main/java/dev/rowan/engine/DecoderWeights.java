package dev.rowan.engine;

import dev.rowan.model.LlamaConfig;
import dev.rowan.model.LlamaWeights;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.PackedMatrix;
import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
  private final List<Layer> layers = new ArrayList<>();
  private final float[] norm;
  private final PackedMatrix unembed;
  private final Tensor embed;

  /** A copy of {@code weights} as they are now; {@code type} is that of the products. */
  DecoderWeights(LlamaWeights weights, DType type) {
    this.config = weights.config();
    this.type = type;
    try (Scope _ = Scope.open()) {
      for (int i = 0; i < config.layers(); i++) {
        layers.add(layer(weights.block(i)));
      }
      this.norm = floats(weights.norm());
      // A logit of 20 in bf16 would be known to a sixteenth only.
      this.unembed = new PackedMatrix(weights.unembed(), type, DType.FLOAT32);
      // Not rounded, because the residual stream, which is fp32, starts from them.
      this.embed = weights.embed().detach().to(DType.FLOAT32).copy().keep();
    }
  }

  private Layer layer(LlamaWeights.Block block) {
    return new Layer(
        floats(block.inputNorm()),
        pack(block.qkv()),
        block.qkvBias().map(DecoderWeights::floats),
        block.headNorms().map(norms -> new HeadNorms(floats(norms.query()), floats(norms.key()))),
        pack(block.output()),
        floats(block.feedForwardNorm()),
        pack(block.gateUp()),
        pack(block.down()));
  }

  private PackedMatrix pack(Tensor weight) {
    return new PackedMatrix(weight, type);
  }

  private static float[] floats(Tensor tensor) {
    return tensor.detach().toFloats();
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

  /** Fp32 embeddings [vocabulary, hidden]. */
  MemorySegment embed() {
    return embed.segment();
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
    embed.close();
  }
}
