package dev.rowan.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The shape of a Llama-family decoder (Touvron et al. 2023), as Hugging Face's {@code config.json} has it.
 *
 * @param vocabulary number of token ids
 * @param hidden width of the residual stream
 * @param intermediate width inside the feed-forward block
 * @param layers number of blocks
 * @param heads query heads
 * @param kvHeads key and value heads, a divisor of {@code heads} (GQA; Ainslie et al. 2023)
 * @param headDim width of one head, even
 * @param maxPositions longest sequence in tokens
 * @param ropeTheta base of the rotary position embedding (Su et al. 2021)
 * @param normEpsilon added to the mean square in RMSNorm
 * @param eosIds tokens that end a sequence, the usual one first
 * @param padId token that fills a batch; never one of {@code eosIds}
 * @param variant where this model differs from the first Llama
 */
public record LlamaConfig(
    int vocabulary,
    int hidden,
    int intermediate,
    int layers,
    int heads,
    int kvHeads,
    int headDim,
    int maxPositions,
    double ropeTheta,
    double normEpsilon,
    List<Integer> eosIds,
    int padId,
    Variant variant) {

  /**
   * What sets one model of these families apart from another.
   *
   * @param family biases and norms of the attention
   * @param tied whether the embeddings are the output projection, too
   * @param window how far back tokens see
   * @param ropeScaling how rotary frequencies are changed
   */
  public record Variant(
      Family family, boolean tied, SlidingWindow window, RopeScaling ropeScaling) {

    /** A Llama with tied embeddings, as small ones are. */
    public static final Variant PLAIN =
        new Variant(Family.LLAMA, true, SlidingWindow.NONE, new RopeScaling.None());
  }

  private static final int MAX_ANGLES = 1 << 28;

  /** Far beyond any model: a file that claims more is broken, and the names of its tensors alone would fill the memory. */
  private static final int MAX_LAYERS = 4096;

  /**
   * Checks that the sizes fit together.
   *
   * @throws ModelException naming the value that does not fit
   */
  public LlamaConfig {
    eosIds = List.copyOf(eosIds);
    for (int size :
        List.of(vocabulary, hidden, intermediate, layers, heads, kvHeads, headDim, maxPositions)) {
      require(size >= 1 && size <= 1 << 24, "a model size of " + size + " is out of range");
    }
    require(layers <= MAX_LAYERS, layers + " layers are out of range");
    require(
        heads % kvHeads == 0, heads + " heads cannot share " + kvHeads + " key-value heads evenly");
    require(headDim % 2 == 0, "head_dim " + headDim + " is odd, rotary embeddings need pairs");
    require(
        (long) maxPositions * headDim <= MAX_ANGLES,
        "max_position_embeddings " + maxPositions + " is out of range");
    require(
        ropeTheta > 0 && ropeTheta < Double.POSITIVE_INFINITY,
        "rope_theta " + ropeTheta + " is out of range");
    require(
        normEpsilon >= 0 && normEpsilon < 1, "rms_norm_eps " + normEpsilon + " is out of range");
    require(!eosIds.isEmpty(), "no token ends a sequence: eos_token_id is empty");
    eosIds.forEach(id -> requireToken(id, "eos", vocabulary));
    requireToken(padId, "pad", vocabulary);
    require(
        !eosIds.contains(padId),
        "pad and eos are both token " + padId + ", so the end is never learned");
  }

  /** A plain Llama with one token that ends sequences; see {@link Variant#PLAIN}. */
  public LlamaConfig(
      int vocabulary,
      int hidden,
      int intermediate,
      int layers,
      int heads,
      int kvHeads,
      int headDim,
      int maxPositions,
      double ropeTheta,
      double normEpsilon,
      int eosId,
      int padId) {
    this(
        vocabulary,
        hidden,
        intermediate,
        layers,
        heads,
        kvHeads,
        headDim,
        maxPositions,
        ropeTheta,
        normEpsilon,
        List.of(eosId),
        padId,
        Variant.PLAIN);
  }

  private static void require(boolean holds, String complaint) {
    if (!holds) {
      throw new ModelException(
          complaint + ": fix the model's configuration, or take another copy of it");
    }
  }

  private static void requireToken(int id, String name, int vocabulary) {
    require(
        id >= 0 && id < vocabulary,
        name + " token " + id + " is not in the vocabulary of " + vocabulary);
  }

  /** The token that usually ends a sequence. */
  public int eosId() {
    return eosIds.getFirst();
  }

  /**
   * A token to fill batches with: {@code asked}, unless a model names none, or one that ends sequences. Then it is any
   * other; what it is makes no difference, because nothing looks at it.
   */
  public static int padding(List<Integer> eosIds, Optional<Long> asked) {
    return asked
        .filter(id -> id >= 0 && id <= Integer.MAX_VALUE && !eosIds.contains(id.intValue()))
        .map(Long::intValue)
        .orElseGet(() -> IntStream.iterate(0, id -> id + 1)
            .filter(id -> !eosIds.contains(id))
            .findFirst()
            .orElse(0));
  }

  /**
   * Reads {@code config.json}.
   *
   * @throws ModelException if the file is missing, is not JSON, lacks a value, or describes another architecture
   */
  public static LlamaConfig read(Path file) {
    return ConfigFile.read(file);
  }

  /** This configuration as {@code config.json}. */
  public String toJson() {
    return ConfigFile.write(this);
  }
}
