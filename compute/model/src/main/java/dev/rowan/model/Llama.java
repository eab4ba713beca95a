package dev.rowan.model;

import dev.rowan.tensor.DType;
import dev.rowan.tensor.Tensor;
import java.util.Arrays;

/**
 * The forward pass over whole sequences, which training differentiates (Touvron et al. 2023): RMSNorm, rotary grouped-query
 * attention, SwiGLU, a residual stream in fp32 and matrix products in the given type.
 */
public final class Llama {

  private final LlamaWeights weights;
  private final DType matmulType;
  private final Rope rope;

  /** A forward pass with these weights; {@code matmulType} is the type of the linear layers' and attention's products. */
  public Llama(LlamaWeights weights, DType matmulType) {
    this.weights = weights;
    this.matmulType = matmulType;
    this.rope = Rope.of(weights.config());
  }

  /** The weights. */
  public LlamaWeights weights() {
    return weights;
  }

  /**
   * Hidden states after the last norm.
   *
   * @param ids token ids, int64 [batch, length], padded at the end
   * @return fp32 [batch, length, hidden]; position t has seen the tokens up to t
   * @throws ModelException if the sequences are longer than the model's context
   */
  public Tensor hidden(Tensor ids) {
    LlamaConfig config = weights.config();
    Tensor x = weights.embed().embedding(ids).to(DType.FLOAT32);
    Tensor mask = causalMask((int) ids.size(1));
    for (int i = 0; i < config.layers(); i++) {
      LlamaWeights.Block block = weights.block(i);
      Tensor normed = x.rmsNorm(block.inputNorm(), config.normEpsilon());
      x = x.add(linear(attention(linear(normed, block.qkv()), mask), block.output()));
      normed = x.rmsNorm(block.feedForwardNorm(), config.normEpsilon());
      x = x.add(linear(swiGlu(linear(normed, block.gateUp())), block.down()));
    }
    return x.rmsNorm(weights.norm(), config.normEpsilon());
  }

  /** Logits of the next token, fp32 [..., vocabulary], for hidden states [..., hidden]. */
  public Tensor logits(Tensor hidden) {
    return linear(hidden, weights.embed());
  }

  private Tensor linear(Tensor x, Tensor weight) {
    return x.to(matmulType).linear(weight.to(matmulType)).to(DType.FLOAT32);
  }

  private Tensor swiGlu(Tensor gateUp) {
    long inner = weights.config().intermediate();
    return gateUp.narrow(-1, 0, inner).silu().mul(gateUp.narrow(-1, inner, inner));
  }

  /**
   * Plain matmul, softmax, matmul: at the lengths that are trained on, libtorch's fused CPU attention takes more than
   * twice as long, most of it in its backward pass. Mask and softmax stay in fp32.
   */
  private Tensor attention(Tensor qkv, Tensor mask) {
    LlamaConfig config = weights.config();
    long batch = qkv.size(0);
    long length = qkv.size(1);
    int headDim = config.headDim();
    long heads = config.heads();
    long kv = config.kvHeads();
    long group = heads / kv;
    Tensor split = qkv.reshape(batch, length, heads + 2 * kv, headDim).transpose(1, 2);
    Tensor turned = rope.rotate(split.narrow(1, 0, heads + kv));
    Tensor q = turned.narrow(1, 0, heads).reshape(batch, kv, group * length, headDim);
    Tensor k = turned.narrow(1, heads, kv);
    Tensor v = split.narrow(1, heads + kv, kv);
    Tensor scores = product(q.mul(1 / Math.sqrt(headDim)), k.transpose(2, 3));
    Tensor shares = scores.reshape(batch, kv, group, length, length).add(mask).softmax();
    Tensor mixed = product(shares.reshape(batch, kv, group * length, length), v);
    return mixed
        .reshape(batch, heads, length, headDim)
        .transpose(1, 2)
        .reshape(batch, length, heads * headDim);
  }

  private Tensor product(Tensor a, Tensor b) {
    return a.to(matmulType).matmul(b.to(matmulType)).to(DType.FLOAT32);
  }

  private static Tensor causalMask(int length) {
    float[] mask = new float[length * length];
    for (int row = 0; row < length; row++) {
      Arrays.fill(mask, row * length + row + 1, (row + 1) * length, Float.NEGATIVE_INFINITY);
    }
    return Tensor.of(mask, length, length);
  }
}
