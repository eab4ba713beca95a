package dev.rowan.model.gguf;

import dev.rowan.model.Family;
import dev.rowan.model.LlamaConfig;
import dev.rowan.model.ModelException;
import dev.rowan.model.RowSource;
import dev.rowan.model.TensorSource;
import dev.rowan.tensor.Tensor;
import dev.rowan.tensor.WeightRows;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tensors of a GGUF file under Hugging Face's names. Files of the architecture "llama" keep the pairs of a rotary
 * embedding side by side where Hugging Face keeps them half a head apart: the rows of queries and keys are put back.
 *
 * @param file the file
 * @param config its model
 */
record GgufNames(GgufFile file, LlamaConfig config) implements TensorSource, RowSource {

  /** What a tensor is called in the file, and which of its rows is which. */
  private record Place(String name, IntUnaryOperator order) {}

  private static final Pattern BLOCK =
      Pattern.compile("model\\.layers\\.(\\d+)\\.(.+)\\.(weight|bias)");

  private static final Map<String, String> WHOLE = Map.of(
      "model.embed_tokens.weight", "token_embd.weight",
      "model.norm.weight", "output_norm.weight",
      "lm_head.weight", "output.weight");

  private static final Map<String, String> PARTS = Map.ofEntries(
      Map.entry("input_layernorm", "attn_norm"),
      Map.entry("self_attn.q_proj", "attn_q"),
      Map.entry("self_attn.k_proj", "attn_k"),
      Map.entry("self_attn.v_proj", "attn_v"),
      Map.entry("self_attn.q_norm", "attn_q_norm"),
      Map.entry("self_attn.k_norm", "attn_k_norm"),
      Map.entry("self_attn.o_proj", "attn_output"),
      Map.entry("post_attention_layernorm", "ffn_norm"),
      Map.entry("mlp.gate_proj", "ffn_gate"),
      Map.entry("mlp.up_proj", "ffn_up"),
      Map.entry("mlp.down_proj", "ffn_down"));

  private static final Pattern THEIR_BLOCK =
      Pattern.compile("blk\\.(\\d{1,9})\\.(\\w+)\\.(weight|bias)");

  private static final Set<String> BIASED = Set.of("attn_q", "attn_k", "attn_v");

  private static final Set<String> HEAD_NORMS = Set.of("attn_q_norm", "attn_k_norm");

  /** Whether a model computes with the tensor that the file calls so. */
  static boolean isUsed(String theirs, LlamaConfig config) {
    Matcher block = THEIR_BLOCK.matcher(theirs);
    if (!block.matches()) {
      return WHOLE.containsValue(theirs);
    }
    Family family = config.variant().family();
    String part = block.group(2);
    return Integer.parseInt(block.group(1)) < config.layers()
        && PARTS.containsValue(part)
        && (block.group(3).equals("weight") || (family.attentionBias() && BIASED.contains(part)))
        && (family.headNorms() || !HEAD_NORMS.contains(part));
  }

  @Override
  public Tensor tensor(String name) {
    Place place = place(name);
    return file.tensor(place.name, place.order);
  }

  @Override
  public WeightRows rows(String name) {
    Place place = place(name);
    return file.rows(place.name, place.order);
  }

  private Place place(String name) {
    Matcher block = BLOCK.matcher(name);
    if (!block.matches()) {
      return new Place(known(WHOLE, name), row -> row);
    }
    String part = block.group(2);
    String theirs = "blk." + block.group(1) + "." + known(PARTS, part) + "." + block.group(3);
    boolean turned = part.equals("self_attn.q_proj") || part.equals("self_attn.k_proj");
    return new Place(theirs, turned && pairsAreNeighbours() ? this::apart : row -> row);
  }

  private static String known(Map<String, String> names, String name) {
    return Optional.ofNullable(names.get(name))
        .orElseThrow(() -> new ModelException("GGUF has no name for the tensor '" + name + "'"));
  }

  private boolean pairsAreNeighbours() {
    Family family = config.variant().family();
    return family == Family.LLAMA || family == Family.MISTRAL;
  }

  /** Where the row lies whose partner is half a head further in Hugging Face's order: its partner is the next one. */
  private int apart(int row) {
    int headDim = config.headDim();
    int within = row % headDim;
    return row - within + within % (headDim / 2) * 2 + within / (headDim / 2);
  }
}
