package dev.rowan.model.gguf;

import dev.rowan.model.Family;
import dev.rowan.model.LlamaConfig;
import dev.rowan.model.LlamaConfig.Variant;
import dev.rowan.model.ModelException;
import dev.rowan.model.RopeScaling;
import dev.rowan.model.SlidingWindow;
import dev.rowan.tensor.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The shape of the model in a GGUF file. */
final class GgufConfig {

  /** Frequencies of Llama 3.1 and later are kept as what they are divided by, not as the rule. */
  static final String ROPE_FACTORS = "rope_freqs.weight";

  private static final List<String> ENDS = List.of(
      "tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id", "tokenizer.ggml.eom_token_id");

  /** Settings that are computed with, held to what is computed, or change no number. */
  private static final Set<String> KNOWN = Set.of(
      "attention.causal",
      "attention.head_count",
      "attention.head_count_kv",
      "attention.key_length",
      "attention.layer_norm_rms_epsilon",
      "attention.scale",
      "attention.sliding_window",
      "attention.value_length",
      "block_count",
      "context_length",
      "embedding_length",
      "embedding_scale",
      "expert_count",
      "expert_used_count",
      "feed_forward_length",
      "logit_scale",
      "residual_scale",
      "rope.dimension_count",
      "rope.freq_base",
      "rope.scale_linear",
      "rope.scaling.attn_factor",
      "rope.scaling.factor",
      "rope.scaling.finetuned",
      "rope.scaling.original_context_length",
      "rope.scaling.type",
      "rope.scaling.yarn_beta_fast",
      "rope.scaling.yarn_beta_slow",
      "tensor_data_layout",
      "vocab_size");

  private final GgufFile file;
  private final GgufMetadata metadata;
  private final String architecture;

  private GgufConfig(GgufFile file) {
    this.file = file;
    this.metadata = new GgufMetadata(file);
    this.architecture = metadata.text("general.architecture");
  }

  static LlamaConfig read(GgufFile file) {
    GgufConfig read = new GgufConfig(file);
    LlamaConfig config = read.config();
    read.refuseOthers(config);
    return config;
  }

  private String key(String name) {
    return architecture + "." + name;
  }

  private LlamaConfig config() {
    Family family = family();
    int hidden = metadata.whole(key("embedding_length"));
    int heads = metadata.whole(key("attention.head_count"));
    int headDim =
        metadata.maybeWhole(key("attention.key_length")).orElse(hidden / Math.max(1, heads));
    double theta = metadata.maybeReal(key("rope.freq_base")).orElse(10_000.0);
    List<Integer> eos = ends();
    return new LlamaConfig(
        metadata.count("tokenizer.ggml.tokens"),
        hidden,
        metadata.whole(key("feed_forward_length")),
        metadata.whole(key("block_count")),
        heads,
        metadata.maybeWhole(key("attention.head_count_kv")).orElse(heads),
        headDim,
        metadata.whole(key("context_length")),
        theta,
        metadata.maybeReal(key("attention.layer_norm_rms_epsilon")).orElse(1e-6),
        eos,
        LlamaConfig.padding(eos, metadata.maybeLong("tokenizer.ggml.padding_token_id")),
        new Variant(
            family, !file.has("output.weight"), window(family), ropeScaling(theta, headDim)));
  }

  private Family family() {
    Family family =
        switch (architecture) {
          case "llama" ->
            window(Family.MISTRAL).equals(SlidingWindow.NONE) ? Family.LLAMA : Family.MISTRAL;
          case "qwen2" -> Family.QWEN2;
          case "qwen3" -> Family.QWEN3;
          default ->
            throw unsupported(
                "architecture '" + architecture + "'", "of the kind llama, qwen2 or qwen3");
        };
    if (metadata.maybeWhole(key("expert_count")).orElse(0) > 0) {
      throw unsupported("a mixture of experts", "that is dense");
    }
    return family;
  }

  private ModelException unsupported(String what, String remedy) {
    return new ModelException(
        what + " in " + file.path() + " is not supported: use a model " + remedy);
  }

  private SlidingWindow window(Family family) {
    Optional<Integer> size = metadata.maybeWhole(key("attention.sliding_window"));
    boolean windowed = size.isPresent() && size.get() < metadata.whole(key("context_length"));
    if (windowed && family != Family.MISTRAL) {
      throw unsupported("the setting '" + key("attention.sliding_window") + "'", "without it");
    }
    return size.isPresent() && family == Family.MISTRAL
        ? new SlidingWindow(size.get(), 0)
        : SlidingWindow.NONE;
  }

  /** The usual end, that of a turn and that of a message, as far as the file names them. */
  private List<Integer> ends() {
    List<Integer> ends = ENDS.stream()
        .flatMap(key -> metadata.maybeWhole(key).stream())
        .distinct()
        .toList();
    return ends.isEmpty() ? Stream.of(metadata.whole(ENDS.getFirst())).toList() : ends;
  }

  /** Refuses what would be computed wrongly: settings and tensors that nothing here looks at. */
  private void refuseOthers(LlamaConfig config) {
    double headDim = config.headDim();
    requireEqual("rope.dimension_count", headDim);
    requireEqual("attention.value_length", headDim);
    requireEqual("attention.scale", 1 / Math.sqrt(headDim));
    for (String one : List.of("logit_scale", "embedding_scale", "residual_scale")) {
      requireEqual(one, 1);
    }
    requireEqual("attention.causal", 1);
    for (String key : file.keys()) {
      if (key.startsWith(architecture + ".")
          && !KNOWN.contains(key.substring(architecture.length() + 1))) {
        throw unsupported("the setting '" + key + "'", "without it");
      }
    }
    for (String tensor : file.tensors()) {
      if (!tensor.equals(ROPE_FACTORS) && !GgufNames.isUsed(tensor, config)) {
        throw unsupported("the tensor '" + tensor + "'", "without it");
      }
    }
  }

  private void requireEqual(String name, double expected) {
    double given = metadata.maybeNumber(key(name)).orElse(expected);
    if (!(Math.abs(given - expected) <= 1e-6 * expected)) {
      throw unsupported(key(name) + " " + given, "where it is " + expected);
    }
  }

  private RopeScaling ropeScaling(double theta, int headDim) {
    if (file.has(ROPE_FACTORS)) {
      return llama3(theta, headDim);
    }
    // Files without a type are older than the others.
    String type = metadata.maybeText(key("rope.scaling.type")).orElse("linear");
    double factor = metadata
        .maybeNumber(key("rope.scaling.factor"))
        .or(() -> metadata.maybeNumber(key("rope.scale_linear")))
        .orElse(1.0);
    return switch (type) {
      case "none" -> new RopeScaling.None();
      case "linear" ->
        factor == 1 || factor == 0 ? new RopeScaling.None() : new RopeScaling.Linear(factor);
      case "yarn" -> yarn(factor);
      default ->
        throw unsupported("rotary embedding '" + type + "'", "with 'none', 'linear' or 'yarn'");
    };
  }

  /** The factor in the file comes on top of what is usual. */
  private RopeScaling yarn(double factor) {
    return new RopeScaling.Yarn(
        factor,
        metadata.maybeNumber(key("rope.scaling.original_context_length")).orElseGet(() ->
            (double) metadata.whole(key("context_length"))),
        metadata.maybeNumber(key("rope.scaling.yarn_beta_fast")).orElse(32.0),
        metadata.maybeNumber(key("rope.scaling.yarn_beta_slow")).orElse(1.0),
        true,
        RopeScaling.Yarn.magnitude(factor, 1)
            * metadata.maybeNumber(key("rope.scaling.attn_factor")).orElse(1.0));
  }

  /** The rule of Llama 3 behind the factors: all its models have the same but for the largest factor. */
  private RopeScaling llama3(double theta, int headDim) {
    float[] factors;
    try (Scope _ = Scope.open()) {
      factors = file.tensor(ROPE_FACTORS).toFloats();
    }
    double largest =
        IntStream.range(0, factors.length).mapToDouble(i -> factors[i]).max().orElse(1);
    RopeScaling.Llama3 rule = new RopeScaling.Llama3(largest, 1, 4, 8192);
    boolean fits = factors.length == headDim / 2
        && IntStream.range(0, factors.length).allMatch(i -> {
          double frequency = Math.pow(theta, -2.0 * i / headDim);
          return Math.abs(frequency / rule.frequency(i, headDim, theta) - factors[i])
              < 1e-3 * factors[i];
        });
    if (!fits) {
      throw unsupported("the tensor '" + ROPE_FACTORS + "'", "of the kind Llama 3");
    }
    return rule;
  }
}
