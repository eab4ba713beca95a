package dev.rowan.model;

import dev.rowan.tensor.Tensor;
import dev.rowan.tensor.WeightRows;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How Rowan's parameters are called and cut in a Hugging Face checkpoint. */
final class HuggingFaceNames {

  /**
   * A tensor of the checkpoint.
   *
   * @param name its name there
   * @param shape its sizes
   */
  record Part(String name, long... shape) {

    /** Finds this tensor, and checks its shape. */
    Tensor of(TensorSource tensors) {
      Tensor tensor = tensors.tensor(name);
      if (!Arrays.equals(tensor.shape(), shape)) {
        throw new ModelException(
            "tensor '" + name + "' is " + tensor + " where the model's configuration asks for "
                + Arrays.toString(shape) + ": the files belong to different models");
      }
      return tensor;
    }

    /** Finds this tensor's rows, and checks their number and length. */
    WeightRows rows(RowSource source) {
      WeightRows rows = source.rows(name);
      long outputs = shape.length == 1 ? 1 : shape[0];
      if (rows.outputs() != outputs || rows.inputs() != shape[shape.length - 1]) {
        throw new ModelException("tensor '" + name + "' is [" + rows.outputs() + ", "
            + rows.inputs() + "] where the model's configuration asks for " + Arrays.toString(shape)
            + ": the files belong to different models");
      }
      return rows;
    }
  }

  private HuggingFaceNames() {}

  /** For each parameter the tensors it is made of, one below the other. */
  static Map<String, List<Part>> parts(LlamaConfig config) {
    Map<String, List<Part>> parts = new LinkedHashMap<>();
    long hidden = config.hidden();
    parts.put("embed", List.of(new Part("model.embed_tokens.weight", config.vocabulary(), hidden)));
    for (int i = 0; i < config.layers(); i++) {
      block(config, "layers." + i + ".", "model.layers." + i + ".", parts);
    }
    parts.put("norm", List.of(new Part("model.norm.weight", hidden)));
    if (!config.variant().tied()) {
      parts.put("unembed", List.of(new Part("lm_head.weight", config.vocabulary(), hidden)));
    }
    return parts;
  }

  private static void block(
      LlamaConfig config, String ours, String theirs, Map<String, List<Part>> parts) {
    long hidden = config.hidden();
    long queries = (long) config.heads() * config.headDim();
    long keys = (long) config.kvHeads() * config.headDim();
    long inner = config.intermediate();
    String attention = theirs + "self_attn.";
    parts.put(ours + "inputNorm", List.of(new Part(theirs + "input_layernorm.weight", hidden)));
    parts.put(
        ours + "qkv",
        List.of(
            new Part(attention + "q_proj.weight", queries, hidden),
            new Part(attention + "k_proj.weight", keys, hidden),
            new Part(attention + "v_proj.weight", keys, hidden)));
    if (config.variant().family().attentionBias()) {
      parts.put(
          ours + "qkvBias",
          List.of(
              new Part(attention + "q_proj.bias", queries),
              new Part(attention + "k_proj.bias", keys),
              new Part(attention + "v_proj.bias", keys)));
    }
    if (config.variant().family().headNorms()) {
      long headDim = config.headDim();
      parts.put(ours + "queryNorm", List.of(new Part(attention + "q_norm.weight", headDim)));
      parts.put(ours + "keyNorm", List.of(new Part(attention + "k_norm.weight", headDim)));
    }
    parts.put(ours + "output", List.of(new Part(attention + "o_proj.weight", hidden, queries)));
    parts.put(
        ours + "feedForwardNorm",
        List.of(new Part(theirs + "post_attention_layernorm.weight", hidden)));
    parts.put(
        ours + "gateUp",
        List.of(
            new Part(theirs + "mlp.gate_proj.weight", inner, hidden),
            new Part(theirs + "mlp.up_proj.weight", inner, hidden)));
    parts.put(ours + "down", List.of(new Part(theirs + "mlp.down_proj.weight", hidden, inner)));
  }
}
