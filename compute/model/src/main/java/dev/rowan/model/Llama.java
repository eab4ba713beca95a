package dev.rowan.model;

import dev.rowan.tensor.DType;
import dev.rowan.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The forward pass over whole sequences, which training differentiates (Touvron et al. 2023): RMSNorm, rotary grouped-query
 * attention with the biases, norms and window of the model's {@link Family}, SwiGLU, a residual stream in fp32 and matrix
 * products in the given type.
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
    return hidden(ids, Optional.empty());
  }

  /**
   * Hidden states after the last norm of some positions: of the others the last layer computes keys and values alone.
   *
   * @param ids token ids, int64 [batch, length], padded at the end
   * @param positions rows of [batch · length], int64 [n]
   * @return fp32 [n, hidden]
   * @throws ModelException if the sequences are longer than the model's context
   */
  public Tensor hiddenAt(Tensor ids, Tensor positions) {
    return hidden(ids, Optional.of(positions));
  }

  private Tensor hidden(Tensor ids, Optional<Tensor> positions) {
    LlamaConfig config = weights.config();
    Tensor x = weights.embed().embedding(ids).to(DType.FLOAT32);
    int length = Math.toIntExact(ids.size(1));
    Map<Integer, Tensor> masks = new HashMap<>();
    for (int i = 0; i < config.layers(); i++) {
      LlamaWeights.Block block = weights.block(i);
      Tensor normed = x.rmsNorm(block.inputNorm(), config.normEpsilon());
      Tensor mask = masks.computeIfAbsent(
          config.variant().window().at(i), window -> causalMask(length, window));
      Tensor mixed = attention(block, normed, mask);
      if (i == config.layers() - 1 && positions.isPresent()) {
        x = rows(x, positions.get());
        mixed = rows(mixed, positions.get());
      }
      x = x.add(linear(mixed, block.output()));
      normed = x.rmsNorm(block.feedForwardNorm(), config.normEpsilon());
      x = x.add(linear(swiGlu(linear(normed, block.gateUp())), block.down()));
    }
    return x.rmsNorm(weights.norm(), config.normEpsilon());
  }

  private static Tensor rows(Tensor x, Tensor positions) {
    return x.reshape(-1, x.size(-1)).indexSelect(0, positions);
  }

  /**
   * Logits of the next token, fp32 [..., vocabulary], for hidden states [..., hidden]. The product's numbers are of the
   * given type, its sums are not rounded to it: a logit of 20 in bf16 would be known to a sixteenth only.
   */
  public Tensor logits(Tensor hidden) {
    Tensor weight = weights.unembed().to(matmulType).to(DType.FLOAT32);
    return hidden.to(matmulType).to(DType.FLOAT32).linear(weight);
  }

  private Tensor linear(Tensor x, Tensor weight) {
    return x.to(matmulType).linear(weight.to(matmulType)).to(DType.FLOAT32);
  }

  private Tensor swiGlu(Tensor gateUp) {
    long inner = weights.config().intermediate();
    List<Tensor> halves = gateUp.split(-1, inner, inner);
    return halves.getFirst().silu().mul(halves.getLast());
  }

  /**
   * Plain matmul, softmax, matmul: at the lengths that are trained on, libtorch's fused CPU attention takes more than
   * twice as long, most of it in its backward pass. Mask and softmax stay in fp32.
   */
  private Tensor attention(LlamaWeights.Block block, Tensor normed, Tensor mask) {
    LlamaConfig config = weights.config();
    long batch = normed.size(0);
    long length = normed.size(1);
    int headDim = config.headDim();
    long heads = config.heads();
    long kv = config.kvHeads();
    long group = heads / kv;
    Tensor projected = linear(normed, block.qkv());
    Tensor qkv = block.qkvBias().map(projected::add).orElse(projected);
    List<Tensor> split = qkv.reshape(batch, length, heads + 2 * kv, headDim)
        .transpose(1, 2)
        .split(1, heads + kv, kv);
    List<Tensor> turned = rope.rotate(headNormed(block, split.getFirst())).split(1, heads, kv);
    Tensor q = turned.getFirst().reshape(batch, kv, group * length, headDim);
    Tensor k = turned.getLast();
    Tensor v = split.getLast();
    Tensor scores = product(q.mul(1 / Math.sqrt(headDim)), k.transpose(2, 3));
    Tensor shares = scores.reshape(batch, kv, group, length, length).add(mask).softmax();
    Tensor mixed = product(shares.reshape(batch, kv, group * length, length), v);
    return mixed
        .reshape(batch, heads, length, headDim)
        .transpose(1, 2)
        .reshape(batch, length, heads * headDim);
  }

  /** Queries and keys [batch, heads + kvHeads, length, headDim], each head normed if the model does so. */
  private Tensor headNormed(LlamaWeights.Block block, Tensor queriesAndKeys) {
    LlamaConfig config = weights.config();
    List<Tensor> parts = queriesAndKeys.split(1, config.heads(), config.kvHeads());
    return block
        .headNorms()
        .map(norms -> Tensor.cat(
            List.of(
                parts.getFirst().rmsNorm(norms.query(), config.normEpsilon()),
                parts.getLast().rmsNorm(norms.key(), config.normEpsilon())),
            1))
        .orElse(queriesAndKeys);
  }

  private Tensor product(Tensor a, Tensor b) {
    return a.to(matmulType).matmul(b.to(matmulType)).to(DType.FLOAT32);
  }

  /** 0 where a row may look, minus infinity at later positions and at those that lie {@code window} or more back. */
  private static Tensor causalMask(int length, int window) {
    float[] mask = new float[length * length];
    for (int row = 0; row < length; row++) {
      int start = row * length;
      Arrays.fill(mask, start, start + Math.max(0, row - window + 1), Float.NEGATIVE_INFINITY);
      Arrays.fill(mask, start + row + 1, start + length, Float.NEGATIVE_INFINITY);
    }
    return Tensor.of(mask, length, length);
  }
}
