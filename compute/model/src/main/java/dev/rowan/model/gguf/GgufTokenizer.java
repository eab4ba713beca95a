package dev.rowan.model.gguf;

import dev.rowan.model.ModelException;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The vocabulary of a GGUF file as a {@code tokenizer.json}: byte-level BPE (Sennrich et al. 2016, Radford et al. 2019), or SentencePiece's. */
final class GgufTokenizer {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long UNKNOWN = 2;
  private static final long CONTROL = 3;
  private static final long USER_DEFINED = 4;

  private static final String GPT2 =
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

  /** As {@link #GPT2}, with digits in groups of at most as many as the argument says. */
  private static final String GPT4 =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}%s| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
          + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private final GgufMetadata metadata;

  private GgufTokenizer(GgufFile file) {
    this.metadata = new GgufMetadata(file);
  }

  /**
   * The tokenizer.
   *
   * @throws ModelException if the vocabulary is of another kind, or split by unknown rules
   */
  static byte[] json(GgufFile file) {
    return new GgufTokenizer(file).json();
  }

  private byte[] json() {
    ObjectNode json = JSON.createObjectNode().put("version", "1.0");
    List<String> tokens = metadata.texts("tokenizer.ggml.tokens");
    addedTokens(json.putArray("added_tokens"), tokens);
    String kind = metadata.text("tokenizer.ggml.model");
    switch (kind) {
      case "gpt2" -> byteLevel(json, tokens);
      case "llama" -> SentencePiece.write(json, metadata, tokens);
      default -> throw unsupported("a vocabulary of the kind '" + kind + "'");
    }
    beginning(json, tokens, kind.equals("llama"));
    return JSON.writeValueAsBytes(json);
  }

  private void byteLevel(ObjectNode json, List<String> tokens) {
    split(json);
    json.set("decoder", byteLevel());
    ObjectNode model = json.putObject("model").put("type", "BPE");
    model.put("ignore_merges", splitting().equals("llama-bpe"));
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < tokens.size(); id++) {
      vocabulary.put(tokens.get(id), id);
    }
    metadata.texts("tokenizer.ggml.merges").forEach(model.putArray("merges")::add);
  }

  private ModelException unsupported(String what) {
    return new ModelException(metadata.file().path() + " has " + what
        + ", which Rowan does not read: use the model's Hugging Face folder");
  }

  private String splitting() {
    return metadata.maybeText("tokenizer.ggml.pre").orElse("default");
  }

  private void addedTokens(ArrayNode added, List<String> tokens) {
    List<Long> types = metadata.wholes("tokenizer.ggml.token_type");
    for (int id = 0; id < Math.min(tokens.size(), types.size()); id++) {
      long type = types.get(id);
      if (type == UNKNOWN || type == CONTROL || type == USER_DEFINED) {
        added
            .addObject()
            .put("id", id)
            .put("content", tokens.get(id))
            .put("special", type != USER_DEFINED)
            .put("normalized", false)
            .put("single_word", false)
            .put("lstrip", false)
            .put("rstrip", false);
      }
    }
  }

  /** Where words end, by the name that llama.cpp gave to a model's rules. */
  private void split(ObjectNode json) {
    ObjectNode splitting = json.putObject("pre_tokenizer").put("type", "Sequence");
    ArrayNode steps = splitting.putArray("pretokenizers");
    switch (splitting()) {
      case "gpt-2" -> steps.add(pattern(GPT2));
      case "smollm" -> {
        steps.addObject().put("type", "Digits").put("individual_digits", true);
        steps.add(pattern(GPT2));
      }
      case "llama-bpe" -> steps.add(pattern(GPT4.formatted("{1,3}")));
      case "qwen2", "deepseek-r1-qwen" -> {
        json.putObject("normalizer").put("type", "NFC");
        steps.add(pattern(GPT4.formatted("")));
      }
      default -> throw unsupported("a vocabulary split by the rules '" + splitting() + "'");
    }
    steps.add(byteLevel());
  }

  private static ObjectNode pattern(String regex) {
    ObjectNode split = JSON.createObjectNode().put("type", "Split");
    split.putObject("pattern").put("Regex", regex);
    return split.put("behavior", "Isolated").put("invert", false);
  }

  private static ObjectNode byteLevel() {
    return JSON.createObjectNode()
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", false);
  }

  /** What raw text begins with, if the model was trained so. */
  private void beginning(ObjectNode json, List<String> tokens, boolean usual) {
    if (!metadata.flag("tokenizer.ggml.add_bos_token", usual)) {
      return;
    }
    int id = metadata.whole("tokenizer.ggml.bos_token_id");
    if (id < 0 || id >= tokens.size()) {
      throw unsupported("no token " + id);
    }
    String token = tokens.get(id);
    ObjectNode template = json.putObject("post_processor").put("type", "TemplateProcessing");
    ArrayNode single = template.putArray("single");
    single.addObject().putObject("SpecialToken").put("id", token).put("type_id", 0);
    single.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
    template.set("pair", single);
    ObjectNode special = template.putObject("special_tokens").putObject(token).put("id", token);
    special.putArray("ids").add(id);
    special.putArray("tokens").add(token);
  }
}
