package dev.rowan.model.gguf;

import dev.rowan.model.ModelException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A vocabulary of SentencePiece's BPE (Kudo and Richardson 2018), as Llama 2 and Mistral have it: pieces with scores and no
 * merges, a space is "▁", one stands before every text, and characters without a piece are spelled in bytes. Joining the
 * best-scored pair first is BPE with all ways to put a piece together as merges, in the order of the pieces' scores.
 */
final class SentencePiece {

  private static final String SPACE = "▁";

  /** Longer pieces than any vocabulary has would take time that grows with their length. */
  private static final int MAX_PIECE = 512;

  private record Merge(String left, String right, double score, int leftId, int rightId) {}

  private SentencePiece() {}

  /** Adds normalizer, decoder and model to a {@code tokenizer.json}. */
  static void write(ObjectNode json, GgufMetadata metadata, List<String> tokens) {
    boolean prefix = metadata.flag("tokenizer.ggml.add_space_prefix", true);
    ArrayNode normalizers =
        json.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
    if (prefix) {
      normalizers.addObject().put("type", "Prepend").put("prepend", SPACE);
    }
    replace(normalizers.addObject(), " ", SPACE);
    json.putNull("pre_tokenizer");
    ArrayNode decoders = json.putObject("decoder").put("type", "Sequence").putArray("decoders");
    replace(decoders.addObject(), SPACE, " ");
    decoders.addObject().put("type", "ByteFallback");
    decoders.addObject().put("type", "Fuse");
    if (prefix) {
      decoders
          .addObject()
          .put("type", "Strip")
          .put("content", " ")
          .put("start", 1)
          .put("stop", 0);
    }
    model(json.putObject("model"), metadata, tokens);
  }

  private static void replace(ObjectNode step, String from, String to) {
    step.put("type", "Replace").put("content", to).putObject("pattern").put("String", from);
  }

  private static void model(ObjectNode model, GgufMetadata metadata, List<String> tokens) {
    Map<String, Integer> ids = new HashMap<>();
    ObjectNode vocabulary = model.put("type", "BPE").putObject("vocab");
    for (int id = 0; id < tokens.size(); id++) {
      vocabulary.put(tokens.get(id), id);
      ids.put(tokens.get(id), id);
    }
    model.put("byte_fallback", true).put("fuse_unk", true).put("ignore_merges", false);
    int unknown = metadata.maybeWhole("tokenizer.ggml.unknown_token_id").orElse(0);
    if (unknown >= 0 && unknown < tokens.size()) {
      model.put("unk_token", tokens.get(unknown));
    }
    ArrayNode merges = model.putArray("merges");
    merges(tokens, metadata.reals("tokenizer.ggml.scores"), ids)
        .forEach(merge -> merges.addArray().add(merge.left).add(merge.right));
  }

  /** All pairs of pieces that make a piece, the best-scored piece first. */
  private static List<Merge> merges(
      List<String> tokens, List<Double> scores, Map<String, Integer> ids) {
    if (scores.size() != tokens.size()) {
      throw new ModelException("the vocabulary has " + tokens.size() + " pieces and "
          + scores.size() + " scores: fetch the model again");
    }
    List<Merge> merges = new ArrayList<>();
    for (int id = 0; id < tokens.size(); id++) {
      String piece = tokens.get(id);
      for (int cut = 1; cut < piece.length() && piece.length() <= MAX_PIECE; cut++) {
        Integer left = ids.get(piece.substring(0, cut));
        Integer right = ids.get(piece.substring(cut));
        if (left != null && right != null) {
          merges.add(new Merge(
              piece.substring(0, cut), piece.substring(cut), scores.get(id), left, right));
        }
      }
    }
    merges.sort(Comparator.comparingDouble(Merge::score)
        .reversed()
        .thenComparingInt(Merge::leftId)
        .thenComparingInt(Merge::rightId));
    return merges;
  }
}
