package dev.rowan.policy;

import dev.rowan.core.Message;
import dev.rowan.core.PolicyException;
import dev.rowan.core.Prefix;
import dev.rowan.core.Step;
import dev.rowan.core.Token;
import dev.rowan.model.ChatTemplate;
import dev.rowan.model.ModelException;
import dev.rowan.model.TextStream;
import dev.rowan.model.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * How problems and steps become the tokens of a model: the chat as the model's template puts it, or for a model without one
 * the text of the last message; then the steps. Safe for use by any number of threads.
 */
public final class PromptEncoder {

  private final Tokenizer tokenizer;
  private final Optional<ChatTemplate> template;

  /** An encoder for a model without a chat template; {@code tokenizer} is that model's, and belongs to the caller. */
  public PromptEncoder(Tokenizer tokenizer) {
    this(tokenizer, Optional.empty());
  }

  /** An encoder for a model; {@code tokenizer} is that model's, and belongs to the caller. */
  public PromptEncoder(Tokenizer tokenizer, Optional<ChatTemplate> template) {
    this.tokenizer = tokenizer;
    this.template = template;
  }

  /**
   * The ids of a problem's prompt and the steps after it.
   *
   * @throws PolicyException if the model's vocabulary cannot express the text
   */
  public int[] encode(Prefix prefix) {
    List<int[]> parts = new ArrayList<>();
    parts.add(encode(prefix.problem().prompt()));
    prefix.steps().forEach(step -> parts.add(encode(step)));
    return parts.stream().flatMapToInt(IntStream::of).toArray();
  }

  /**
   * The ids of a chat that the model is to answer.
   *
   * @throws PolicyException if the template refuses it, or the vocabulary cannot express it
   */
  public int[] encode(List<Message> chat) {
    return checked(() -> template.isPresent()
        ? tokenizer.encode(template.get().render(chat, true))
        : tokenizer.encodeStart(chat.getLast().content()));
  }

  /**
   * The ids of a text that the model is to continue.
   *
   * @throws PolicyException if the vocabulary cannot express it
   */
  public int[] encodeStart(String text) {
    return checked(() -> tokenizer.encodeStart(text));
  }

  /** The ids of a step: those it was sampled as, or else, as for a step of an endpoint, those of its text. */
  public int[] encode(Step step) {
    boolean known = step.tokens().stream().noneMatch(token -> token.id() == Token.UNKNOWN_ID);
    return known && !step.tokens().isEmpty()
        ? step.tokens().stream().mapToInt(Token::id).toArray()
        : checked(() -> tokenizer.encode(step.text()));
  }

  private static int[] checked(Supplier<int[]> encoding) {
    try {
      return encoding.get();
    } catch (ModelException e) {
      throw new PolicyException(
          PolicyException.Reason.REFUSED, "this model cannot read the prompt: " + e.getMessage());
    }
  }

  /** A new stream of what tokens add to a text. */
  TextStream stream() {
    return new TextStream(tokenizer);
  }
}
