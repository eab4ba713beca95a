package dev.rowan.data.nano;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tokens of the nano families: phrases, names, things and single digits. Lossless: the texts of any tokens joined
 * read back as the same tokens, because no text goes on like the rest of a longer one that it begins.
 */
public final class NanoVocabulary {

  /** The id of the token that fills up a batch. */
  public static final int PAD = 0;

  /** The id of the token that ends a solution. */
  public static final int EOS = 1;

  /** How many tokens a prompt and its solution may have together. */
  public static final int MAX_LENGTH = 256;

  private static final String PAD_TEXT = "<pad>";
  private static final String EOS_TEXT = "<eos>";

  private static final List<String> PHRASES = List.of(
      " more than ",
      " fewer than ",
      " times as many as ",
      "half as many as ",
      "as many as ",
      " and ",
      " together",
      ". ",
      "How many ",
      " does ",
      " have?\n",
      ": ",
      "Use ",
      ", ",
      " to make ",
      ".\n",
      ", left ",
      "#### ",
      " ");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private NanoVocabulary() {}

  /** The token texts; a token's id is its place. */
  public static List<String> tokens() {
    List<String> tokens = new ArrayList<>(List.of(PAD_TEXT, EOS_TEXT, "\n"));
    tokens.addAll(Grove.NAMES);
    Grove.NAMES.forEach(name -> tokens.add(name + " has "));
    tokens.addAll(Grove.THINGS);
    tokens.addAll(PHRASES);
    IntStream.range(0, 10).mapToObj(String::valueOf).forEach(tokens::add);
    tokens.addAll(List.of("+", "-", "*", "/", "="));
    return List.copyOf(tokens);
  }

  /** The regular expression that cuts a text into tokens: at each place the longest that fits. */
  public static String pattern() {
    return tokens().stream()
        .skip(EOS + 1)
        .sorted(Comparator.comparingInt(String::length).reversed())
        .map(NanoVocabulary::quote)
        .collect(Collectors.joining("|"));
  }

  private static String quote(String token) {
    return token.replaceAll("[.?+*/-]", "\\\\$0").replace("\n", "\\n");
  }

  /**
   * The tokenizer in Hugging Face's {@code tokenizer.json} format. It has no token for unknown text: encoding a text
   * that is not in the families' language fails.
   */
  public static String tokenizerJson() {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", "1.0").putNull("truncation").putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    addSpecial(added, PAD, PAD_TEXT);
    addSpecial(added, EOS, EOS_TEXT);
    root.putNull("normalizer");
    ObjectNode split = root.putObject("pre_tokenizer").put("type", "Split");
    split.putObject("pattern").put("Regex", pattern());
    split.put("behavior", "Isolated").put("invert", false);
    root.putNull("post_processor");
    root.putObject("decoder").put("type", "Fuse");
    ObjectNode model = root.putObject("model").put("type", "WordLevel");
    ObjectNode ids = model.putObject("vocab");
    List<String> tokens = tokens();
    IntStream.range(0, tokens.size()).forEach(id -> ids.put(tokens.get(id), id));
    model.put("unk_token", "<unk>");
    return write(root);
  }

  private static void addSpecial(ArrayNode added, int id, String text) {
    added
        .addObject()
        .put("id", id)
        .put("content", text)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", true);
  }

  /** The file {@code tokenizer_config.json} that belongs to it. */
  public static String tokenizerConfigJson() {
    return write(JSON.createObjectNode()
        .put("tokenizer_class", "PreTrainedTokenizerFast")
        .put("eos_token", EOS_TEXT)
        .put("pad_token", PAD_TEXT)
        .put("model_max_length", MAX_LENGTH)
        .put("clean_up_tokenization_spaces", false));
  }

  /** With the same line breaks on every system. */
  private static String write(ObjectNode json) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    return JSON.writer().with(printer).writeValueAsString(json) + "\n";
  }
}
