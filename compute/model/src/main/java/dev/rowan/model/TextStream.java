package dev.rowan.model;

import java.util.Arrays;

/**
 * Token ids, one after another, as text that can be shown at once. A character whose bytes are spread over several tokens
 * appears with its last one, whole.
 */
public final class TextStream {

  private final Tokenizer tokenizer;
  private int[] pending = new int[0];
  private int shown;

  /** An empty stream. */
  public TextStream(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** What the next token makes visible; perhaps nothing yet. */
  public String next(int id) {
    String alone = tokenizer.text(id);
    if (tokenizer.joins() && pending.length == 0 && alone.indexOf(Tokenizer.BROKEN) < 0) {
      return alone;
    }
    pending = Arrays.copyOf(pending, pending.length + 1);
    pending[pending.length - 1] = id;
    String text = tokenizer.decode(pending);
    boolean whole = text.isEmpty() || text.charAt(text.length() - 1) != Tokenizer.BROKEN;
    return whole ? show(text) : "";
  }

  /** What is left at the end: bytes that never became a character show as U+FFFD. */
  public String rest() {
    return show(tokenizer.decode(pending));
  }

  private String show(String text) {
    String before = tokenizer.decode(Arrays.copyOf(pending, shown));
    // Some tokenizers treat the start of a text in a way of their own: there, what was shown last
    // goes before the next.
    pending = tokenizer.joins() ? new int[0] : Arrays.copyOfRange(pending, shown, pending.length);
    shown = pending.length;
    return text.substring(Math.min(before.length(), text.length()));
  }
}
