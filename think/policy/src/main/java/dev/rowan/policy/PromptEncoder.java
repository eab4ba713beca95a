package dev.rowan.policy;

import dev.rowan.core.PolicyException;
import dev.rowan.core.Prefix;
import dev.rowan.core.Step;
import dev.rowan.core.Token;
import dev.rowan.model.LlamaConfig;
import dev.rowan.model.ModelException;
import dev.rowan.model.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * How problems and steps become the tokens of a model: the text of the problem's last message, then the steps. Safe for use
 * by any number of threads.
 */
public final class PromptEncoder {

  private final Tokenizer tokenizer;
  private final String[] texts;
  private final Map<String, int[]> tokensWith = new ConcurrentHashMap<>();

  /** An encoder for a model; {@code tokenizer} is that model's, and belongs to the caller. */
  public PromptEncoder(Tokenizer tokenizer, LlamaConfig config) {
    this.tokenizer = tokenizer;
    this.texts =
        IntStream.range(0, config.vocabulary()).mapToObj(tokenizer::decode).toArray(String[]::new);
  }

  /**
   * The ids of a problem's prompt and the steps after it.
   *
   * @throws PolicyException if the model's vocabulary cannot express the text
   */
  public int[] encode(Prefix prefix) {
    List<int[]> parts = new ArrayList<>();
    parts.add(encode(prefix.problem().question()));
    prefix.steps().forEach(step -> parts.add(encode(step)));
    return parts.stream().flatMapToInt(IntStream::of).toArray();
  }

  /** The ids of a step: those it was sampled as, or else, as for a step of an endpoint, those of its text. */
  public int[] encode(Step step) {
    boolean known = step.tokens().stream().noneMatch(token -> token.id() == Token.UNKNOWN_ID);
    return known && !step.tokens().isEmpty()
        ? step.tokens().stream().mapToInt(Token::id).toArray()
        : encode(step.text());
  }

  private int[] encode(String text) {
    try {
      return tokenizer.encode(text);
    } catch (ModelException e) {
      throw new PolicyException(
          PolicyException.Reason.REFUSED, "this model cannot read the prompt: " + e.getMessage());
    }
  }

  /** What a token adds to a text; nothing for a special token. */
  String text(int id) {
    return texts[id];
  }

  /** The tokens whose text contains {@code part}. */
  int[] tokensWith(String part) {
    int[] ids = tokensWith.computeIfAbsent(part, wanted -> IntStream.range(0, texts.length)
        .filter(id -> texts[id].contains(wanted))
        .toArray());
    if (ids.length == 0) {
      throw new PolicyException(
          "no token of this model contains the stop string '" + part + "': choose another");
    }
    return ids;
  }
}
