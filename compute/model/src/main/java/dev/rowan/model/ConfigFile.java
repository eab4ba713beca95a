package dev.rowan.model;

import dev.rowan.model.LlamaConfig.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code config.json}: what Rowan can compute, read and written; anything else is refused by name. */
final class ConfigFile {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path file;
  private final JsonNode json;
  private final Family family;

  private ConfigFile(Path file, JsonNode json) {
    this.file = file;
    this.json = json;
    String type = json.path("model_type").asString("");
    this.family = Family.of(type)
        .orElseThrow(() -> unsupported(
            "model type '" + type + "'", "a model of the families llama, mistral, qwen2 or qwen3"));
  }

  static LlamaConfig read(Path file) {
    return read(file, List.of());
  }

  /** Reads it; {@code eos}, if there are any, have the last word on what ends a sequence. */
  static LlamaConfig read(Path file, List<Integer> eos) {
    try {
      return new ConfigFile(file, JSON.readTree(Files.readString(file))).config(eos);
    } catch (IOException e) {
      throw new ModelException(
          "no readable model configuration at " + file + ": give a Hugging Face model folder", e);
    } catch (JacksonException e) {
      throw new ModelException(file + " is not JSON: fetch the model again", e);
    }
  }

  /** The tokens that end a sequence, of a {@code config.json} or {@code generation_config.json}; none if it has none. */
  static List<Integer> eosIds(Path file) {
    try {
      return ids(JSON.readTree(Files.readString(file)).path("eos_token_id"));
    } catch (IOException | JacksonException e) {
      throw new ModelException(file + " is not JSON: fetch the model again", e);
    }
  }

  private static List<Integer> ids(JsonNode given) {
    List<JsonNode> ids = given.isArray() ? given.valueStream().toList() : List.of(given);
    return ids.stream().filter(JsonNode::isInt).map(JsonNode::asInt).toList();
  }

  private LlamaConfig config(List<Integer> generation) {
    refuseOthers();
    int hidden = integer(json, "hidden_size");
    int heads = integer(json, "num_attention_heads");
    List<Integer> eos = generation.isEmpty() ? ids(json.path("eos_token_id")) : generation;
    if (eos.isEmpty()) {
      throw new ModelException(file + " has no whole number 'eos_token_id': fetch the model again");
    }
    JsonNode pad = json.path("pad_token_id");
    return new LlamaConfig(
        integer(json, "vocab_size"),
        hidden,
        integer(json, "intermediate_size"),
        integer(json, "num_hidden_layers"),
        heads,
        given(json, "num_key_value_heads") ? integer(json, "num_key_value_heads") : heads,
        given(json, "head_dim") ? integer(json, "head_dim") : hidden / Math.max(1, heads),
        integer(json, "max_position_embeddings"),
        number(given(json, "rope_theta") ? json : rope(), "rope_theta", 10_000),
        number(json, "rms_norm_eps", 1e-6),
        eos,
        LlamaConfig.padding(eos, Optional.of(pad).filter(JsonNode::isInt).map(JsonNode::asLong)),
        new Variant(family, flag("tie_word_embeddings"), window(), ropeScaling()));
  }

  /** Refuses what would be computed wrongly. */
  private void refuseOthers() {
    String activation = json.path("hidden_act").asString("silu");
    if (!activation.equals("silu")) {
      throw unsupported("activation '" + activation + "'", "a model with 'silu'");
    }
    if (flag("mlp_bias") || (flag("attention_bias") && !family.attentionBias())) {
      throw unsupported("a " + family.modelType() + " with biases", "one without");
    }
    if (number(rope(), "partial_rotary_factor", 1) != 1) {
      throw unsupported("partial_rotary_factor", "a model that turns whole heads");
    }
    if (given(json, "quantization_config")) {
      String method = json.path("quantization_config").path("quant_method").asString("unknown");
      throw unsupported(
          "quantization '" + method + "'", "the unquantised model or a GGUF file of it");
    }
  }

  private ModelException unsupported(String what, String remedy) {
    return new ModelException(what + " in " + file + " is not supported: use " + remedy);
  }

  /** The rotary embedding's own object: {@code rope_parameters} in newer files, {@code rope_scaling} in older ones. */
  private JsonNode rope() {
    return json.path(given(json, "rope_scaling") ? "rope_scaling" : "rope_parameters");
  }

  private RopeScaling ropeScaling() {
    JsonNode rope = rope();
    String type = rope.path("rope_type").asString(rope.path("type").asString("default"));
    return switch (type) {
      case "default" -> new RopeScaling.None();
      case "linear" -> new RopeScaling.Linear(number(rope, "factor"));
      case "dynamic" -> new RopeScaling.Dynamic(number(rope, "factor"));
      case "llama3" ->
        new RopeScaling.Llama3(
            number(rope, "factor"),
            number(rope, "low_freq_factor"),
            number(rope, "high_freq_factor"),
            number(rope, "original_max_position_embeddings"));
      case "yarn" -> yarn(rope);
      default ->
        throw unsupported(
            "rotary embedding '" + type + "'",
            "a model with 'default', 'linear', 'dynamic', 'llama3' or 'yarn'");
    };
  }

  private RopeScaling yarn(JsonNode rope) {
    int longest = integer(json, "max_position_embeddings");
    String first = "original_max_position_embeddings";
    double original = number(given(json, first) ? json : rope, first, longest);
    double factor = number(rope, "factor", longest / original);
    double mscale = number(rope, "mscale", 0);
    double everywhere = number(rope, "mscale_all_dim", 0);
    double usual = mscale != 0 && everywhere != 0
        ? RopeScaling.Yarn.magnitude(factor, mscale)
            / RopeScaling.Yarn.magnitude(factor, everywhere)
        : RopeScaling.Yarn.magnitude(factor, 1);
    return new RopeScaling.Yarn(
        factor,
        original,
        number(rope, "beta_fast", 32),
        number(rope, "beta_slow", 1),
        rope.path("truncate").asBoolean(true),
        number(rope, "attention_factor", usual));
  }

  private SlidingWindow window() {
    boolean qwen = family == Family.QWEN2 || family == Family.QWEN3;
    boolean windowed = qwen ? flag("use_sliding_window") : family == Family.MISTRAL;
    if (!windowed || !given(json, "sliding_window")) {
      return SlidingWindow.NONE;
    }
    int size = integer(json, "sliding_window");
    return qwen && given(json, "layer_types")
        ? alternating(size)
        : new SlidingWindow(size, qwen ? integer(json, "max_window_layers") : 0);
  }

  private SlidingWindow alternating(int size) {
    List<String> types =
        json.path("layer_types").valueStream().map(type -> type.asString("")).toList();
    if (types.size() != integer(json, "num_hidden_layers")
        || !List.of("full_attention", "sliding_attention").containsAll(types)) {
      throw unsupported(
          "layer_types " + types,
          "a model with 'full_attention' or 'sliding_attention' for each of its layers");
    }
    int from = (int) types.stream().takeWhile("full_attention"::equals).count();
    return new SlidingWindow(
        size,
        from,
        IntStream.range(from, types.size())
            .filter(layer -> types.get(layer).equals("full_attention"))
            .boxed()
            .toList());
  }

  private static boolean given(JsonNode json, String name) {
    return json.hasNonNull(name);
  }

  private boolean flag(String name) {
    return json.path(name).asBoolean(false);
  }

  private double number(JsonNode json, String name, double otherwise) {
    return given(json, name) ? number(json, name) : otherwise;
  }

  private double number(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (!value.isNumber()) {
      throw new ModelException(file + " has no number '" + name + "': fetch the model again");
    }
    return value.asDouble();
  }

  private int integer(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (!value.isInt()) {
      throw new ModelException(file + " has no whole number '" + name + "': fetch the model again");
    }
    return value.asInt();
  }

  static String write(LlamaConfig config) {
    ObjectNode json = JSON.createObjectNode();
    Family family = config.variant().family();
    json.putArray("architectures").add(family.architecture());
    json.put("model_type", family.modelType());
    json.put("vocab_size", config.vocabulary());
    json.put("hidden_size", config.hidden());
    json.put("intermediate_size", config.intermediate());
    json.put("num_hidden_layers", config.layers());
    json.put("num_attention_heads", config.heads());
    json.put("num_key_value_heads", config.kvHeads());
    json.put("head_dim", config.headDim());
    json.put("max_position_embeddings", config.maxPositions());
    json.put("rope_theta", config.ropeTheta());
    write(config.variant().ropeScaling(), json);
    write(config.variant().window(), config.layers(), json);
    json.put("rms_norm_eps", config.normEpsilon());
    json.put("hidden_act", "silu");
    json.put("attention_bias", family.attentionBias());
    json.put("mlp_bias", false);
    json.put("tie_word_embeddings", config.variant().tied());
    json.putNull("bos_token_id");
    if (config.eosIds().size() == 1) {
      json.put("eos_token_id", config.eosId());
    } else {
      config.eosIds().forEach(json.putArray("eos_token_id")::add);
    }
    json.put("pad_token_id", config.padId());
    return JSON.writeValueAsString(json) + "\n";
  }

  private static void write(RopeScaling scaling, ObjectNode json) {
    switch (scaling) {
      case RopeScaling.None _ -> {}
      case RopeScaling.Linear(double factor) ->
        json.putObject("rope_scaling").put("rope_type", "linear").put("factor", factor);
      case RopeScaling.Dynamic(double factor) ->
        json.putObject("rope_scaling").put("rope_type", "dynamic").put("factor", factor);
      case RopeScaling.Llama3(double factor, double low, double high, double original) ->
        json.putObject("rope_scaling")
            .put("rope_type", "llama3")
            .put("factor", factor)
            .put("low_freq_factor", low)
            .put("high_freq_factor", high)
            .put("original_max_position_embeddings", (long) original);
      case RopeScaling.Yarn yarn ->
        json.putObject("rope_scaling")
            .put("rope_type", "yarn")
            .put("factor", yarn.factor())
            .put("original_max_position_embeddings", (long) yarn.originalPositions())
            .put("beta_fast", yarn.fastTurns())
            .put("beta_slow", yarn.slowTurns())
            .put("truncate", yarn.truncated())
            .put("attention_factor", yarn.magnitude());
    }
  }

  private static void write(SlidingWindow window, int layers, ObjectNode json) {
    if (window.equals(SlidingWindow.NONE)) {
      json.putNull("sliding_window");
      return;
    }
    json.put("sliding_window", window.size());
    json.put("use_sliding_window", true);
    json.put("max_window_layers", window.fromLayer());
    if (!window.seeing().isEmpty()) {
      ArrayNode types = json.putArray("layer_types");
      IntStream.range(0, layers)
          .mapToObj(
              layer -> window.at(layer) == window.size() ? "sliding_attention" : "full_attention")
          .forEach(types::add);
    }
  }
}
