package dev.rowan.model;

import dev.rowan.tensor.DType;
import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A process reward model's head that judges every token t of a chain by what the model expected there:
 *
 * <pre>z_t = a · log p(x_t | x_&lt;t) + 4/√d · ⟨U h_{t-1}, e(x_t)⟩ + w · h_t + b</pre>
 *
 * where sigmoid(z_t) is the probability that a true line can still go on like this. The expectation lives in h_{t-1}
 * after the last layer, where h_t can't read it; a head on h_t alone hardly sees a wrong copy. The parameters are saved
 * beside the model's as {@code score_head.a} [1], {@code score_head.U} [d, d], {@code score_head.w} [d] and
 * {@code score_head.b} [1]; e is the model's own embedding.
 */
public final class TokenHead implements AutoCloseable {

  private static final String A = "score_head.a";
  private static final String U = "score_head.U";
  private static final String W = "score_head.w";
  private static final String B = "score_head.b";

  private final LlamaWeights weights;
  private final Map<String, Tensor> parameters;

  private TokenHead(LlamaWeights weights, Map<String, Tensor> parameters) {
    this.weights = weights;
    this.parameters = parameters;
    parameters.values().forEach(Tensor::keep);
  }

  /** An untrained head on {@code weights}: log p + 2. */
  public static TokenHead initial(LlamaWeights weights) {
    int d = weights.config().hidden();
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    try (Scope _ = Scope.open()) {
      parameters.put(A, Tensor.full(1, 1).keep());
      parameters.put(U, Tensor.zeros(DType.FLOAT32, d, d).keep());
      parameters.put(W, Tensor.zeros(DType.FLOAT32, d).keep());
      parameters.put(B, Tensor.full(2, 1).keep());
    }
    return new TokenHead(weights, parameters);
  }

  /**
   * The head among a model folder's tensors, on that model's weights.
   *
   * @throws ModelException if it is not there or belongs to a model of another width
   */
  public static TokenHead read(Map<String, Tensor> tensors, LlamaWeights weights) {
    int d = weights.config().hidden();
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    try (Scope _ = Scope.open()) {
      parameters.put(A, HeadTensors.copy(tensors, A, 1).keep());
      parameters.put(U, HeadTensors.copy(tensors, U, d, d).keep());
      parameters.put(W, HeadTensors.copy(tensors, W, d).keep());
      parameters.put(B, HeadTensors.copy(tensors, B, 1).keep());
    }
    return new TokenHead(weights, parameters);
  }

  /** {@code a}, {@code U}, {@code w} and {@code b} by the names under which they are saved. */
  public Map<String, Tensor> parameters() {
    return parameters;
  }

  /** The same memory as parameters with gradients of their own, on the {@code leaves} of the same model. */
  public TokenHead leaves(LlamaWeights leaves) {
    return new TokenHead(leaves, HeadTensors.leaves(parameters));
  }

  /**
   * Logits z [n], fp32, of n tokens.
   *
   * @param before hidden states h_{t-1} of the tokens before them, [n, d]
   * @param at hidden states h_t at the tokens, [n, d]
   * @param ids the tokens x_t, int64 [n]
   * @param logProbs log p(x_t | x_&lt;t), fp32 [n]
   */
  public Tensor scores(Tensor before, Tensor at, Tensor ids, Tensor logProbs) {
    Tensor embedded = weights.embed().embedding(ids).to(DType.FLOAT32);
    Tensor expected = before.to(DType.FLOAT32).linear(get(U));
    double scale = 4 / Math.sqrt(weights.config().hidden());
    Tensor match = expected.mul(embedded).sum(-1).mul(scale);
    Tensor state = at.to(DType.FLOAT32).matmul(get(W).unsqueeze(1)).squeeze(-1);
    return logProbs.mul(get(A)).add(match).add(state).add(get(B));
  }

  /** The head as plain numbers, to score single tokens on any thread. It does not follow later training. */
  public Scorer scorer() {
    try (Scope _ = Scope.open()) {
      // ⟨U h, e⟩ = ⟨Uᵀ e, h⟩: one vector per token id instead of a matrix product per token.
      Tensor directions =
          weights.embed().detach().to(DType.FLOAT32).matmul(get(U).detach());
      double scale = 4 / Math.sqrt(weights.config().hidden());
      return new Scorer(
          get(A).detach().item(),
          directions.mul(scale).toFloats(),
          get(W).detach().toFloats(),
          get(B).detach().item());
    }
  }

  /** Scores single tokens; see {@link TokenHead#scores}. Safe for use by any number of threads. */
  public static final class Scorer {

    private final double a;
    private final float[] directions;
    private final float[] w;
    private final double b;

    private Scorer(double a, float[] directions, float[] w, double b) {
      this.a = a;
      this.directions = directions;
      this.w = w;
      this.b = b;
    }

    /**
     * The logit z of a token.
     *
     * @param hidden hidden states of consecutive positions, [positions · d]
     * @param before row of h_{t-1}; h_t is the next row
     * @param id the token x_t
     * @param logProb log p(x_t | x_&lt;t)
     */
    public double score(float[] hidden, int before, int id, double logProb) {
      int d = w.length;
      double match = 0;
      double state = 0;
      for (int i = 0; i < d; i++) {
        match += directions[id * d + i] * hidden[before * d + i];
        state += w[i] * hidden[(before + 1) * d + i];
      }
      return a * logProb + match + state + b;
    }
  }

  private Tensor get(String name) {
    return HeadTensors.get(parameters, name);
  }

  /** Frees the head's own parameters. */
  @Override
  public void close() {
    parameters.values().forEach(Tensor::close);
  }
}
