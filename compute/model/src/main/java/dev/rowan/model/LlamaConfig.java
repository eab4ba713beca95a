package dev.rowan.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

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
 * @param eosId token that ends a sequence
 * @param padId token that fills a batch; never the same as {@code eosId}
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
    int eosId,
    int padId) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final int MAX_ANGLES = 1 << 28;

  /**
   * Checks that the sizes fit together.
   *
   * @throws ModelException naming the value that does not fit
   */
  public LlamaConfig {
    for (int size :
        List.of(vocabulary, hidden, intermediate, layers, heads, kvHeads, headDim, maxPositions)) {
      if (size < 1 || size > 1 << 24) {
        throw new ModelException("a model size of " + size + " in config.json is out of range");
      }
    }
    if (heads % kvHeads != 0) {
      throw new ModelException(
          heads + " heads cannot share " + kvHeads + " key-value heads evenly: fix config.json");
    }
    if (headDim % 2 != 0) {
      throw new ModelException(
          "head_dim " + headDim + " is odd, rotary embeddings need pairs: fix config.json");
    }
    if ((long) maxPositions * headDim > MAX_ANGLES) {
      throw new ModelException(
          "max_position_embeddings " + maxPositions + " is out of range: fix config.json");
    }
    if (!(ropeTheta > 0
        && ropeTheta < Double.POSITIVE_INFINITY
        && normEpsilon >= 0
        && normEpsilon < 1)) {
      throw new ModelException("rope_theta " + ropeTheta + " or rms_norm_eps " + normEpsilon
          + " is out of range: fix config.json");
    }
    for (int id : List.of(eosId, padId)) {
      if (id < 0 || id >= vocabulary) {
        throw new ModelException("eos or pad token " + id + " is not in the vocabulary of "
            + vocabulary + ": fix config.json");
      }
    }
    if (eosId == padId) {
      throw new ModelException(
          "pad and eos are both token " + eosId + ", so the end is never learned: fix config.json");
    }
  }

  /**
   * Reads {@code config.json}.
   *
   * @throws ModelException if the file is missing, is not JSON, lacks a value, or describes another architecture
   */
  public static LlamaConfig read(Path file) {
    JsonNode json;
    try {
      json = JSON.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new ModelException(
          "no readable model configuration at " + file + ": give a Hugging Face model folder", e);
    } catch (JacksonException e) {
      throw new ModelException(file + " is not JSON: fetch the model again", e);
    }
    checkArchitecture(json, file);
    int hidden = integer(json, file, "hidden_size");
    int heads = integer(json, file, "num_attention_heads");
    return new LlamaConfig(
        integer(json, file, "vocab_size"),
        hidden,
        integer(json, file, "intermediate_size"),
        integer(json, file, "num_hidden_layers"),
        heads,
        given(json, "num_key_value_heads") ? integer(json, file, "num_key_value_heads") : heads,
        given(json, "head_dim") ? integer(json, file, "head_dim") : hidden / Math.max(1, heads),
        integer(json, file, "max_position_embeddings"),
        number(rope(json), file, "rope_theta", 10_000),
        number(json, file, "rms_norm_eps", 1e-6),
        integer(json, file, "eos_token_id"),
        integer(json, file, "pad_token_id"));
  }

  /** Refuses what would be computed wrongly. */
  private static void checkArchitecture(JsonNode json, Path file) {
    String type = json.path("model_type").asString("");
    if (!type.equals("llama") || !flag(json, "tie_word_embeddings")) {
      throw new ModelException("model type '" + type + "' in " + file
          + " is not supported: use a llama model with tied embeddings");
    }
    JsonNode scaling = given(json, "rope_scaling") ? json.path("rope_scaling") : rope(json);
    String rope = scaling.path("rope_type").asString(scaling.path("type").asString("default"));
    String activation = json.path("hidden_act").asString("silu");
    if (!rope.equals("default") || !activation.equals("silu")) {
      throw new ModelException("rotary embedding '" + rope + "' with activation '" + activation
          + "' in " + file + " is not supported: use a model with 'default' and 'silu'");
    }
    if (flag(json, "attention_bias") || flag(json, "mlp_bias")) {
      throw new ModelException(
          "the biases in " + file + " are not supported: use a llama model without them");
    }
  }

  /** Where the rotary embedding is described: an object of its own since transformers 5, before among the rest. */
  private static JsonNode rope(JsonNode json) {
    return given(json, "rope_parameters") ? json.path("rope_parameters") : json;
  }

  private static boolean given(JsonNode json, String name) {
    return !json.path(name).isMissingNode() && !json.path(name).isNull();
  }

  private static boolean flag(JsonNode json, String name) {
    return json.path(name).asBoolean(false);
  }

  private static double number(JsonNode json, Path file, String name, double otherwise) {
    JsonNode value = json.path(name);
    if (given(json, name) && !value.isNumber()) {
      throw new ModelException(file + " has no number '" + name + "': fetch the model again");
    }
    return value.asDouble(otherwise);
  }

  private static int integer(JsonNode json, Path file, String name) {
    JsonNode value = json.path(name);
    if (!value.isInt()) {
      throw new ModelException(file + " has no whole number '" + name + "': fetch the model again");
    }
    return value.asInt();
  }

  /** This configuration as {@code config.json}. */
  public String toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.putArray("architectures").add("LlamaForCausalLM");
    json.put("model_type", "llama");
    json.put("vocab_size", vocabulary);
    json.put("hidden_size", hidden);
    json.put("intermediate_size", intermediate);
    json.put("num_hidden_layers", layers);
    json.put("num_attention_heads", heads);
    json.put("num_key_value_heads", kvHeads);
    json.put("head_dim", headDim);
    json.put("max_position_embeddings", maxPositions);
    json.put("rope_theta", ropeTheta);
    json.put("rms_norm_eps", normEpsilon);
    json.put("hidden_act", "silu");
    json.put("attention_bias", false);
    json.put("mlp_bias", false);
    json.put("tie_word_embeddings", true);
    json.putNull("bos_token_id");
    json.put("eos_token_id", eosId);
    json.put("pad_token_id", padId);
    return JSON.writeValueAsString(json) + "\n";
  }
}
