package dev.rowan.engine;

import dev.rowan.model.LlamaWeights;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;

/**
 * A model's weights as decoding reads them, shared by all lanes.
 *
 * @param matrices projections in the type of the products
 * @param embed fp32 embeddings [vocabulary, hidden], because the residual stream starts from them
 */
record DecoderWeights(LlamaWeights matrices, Tensor embed) implements AutoCloseable {

  static DecoderWeights of(LlamaWeights weights, DType matmulType) {
    try (Scope _ = Scope.open()) {
      return new DecoderWeights(
          weights.copy(matmulType), weights.embed().detach().copy().keep());
    }
  }

  @Override
  public void close() {
    matrices.close();
    embed.close();
  }
}
