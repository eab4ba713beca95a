package dev.rowan.policy;

import dev.rowan.engine.StopRule;
import dev.rowan.model.TextStream;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Ends a sequence at the tokens that end the model's own, or where its text first contains a stop string, however that is
 * cut into tokens.
 *
 * @param ends ids that end a sequence
 * @param strings stop strings
 * @param encoder whose tokens they are
 */
record TextStop(List<Integer> ends, List<String> strings, PromptEncoder encoder)
    implements StopRule {

  @Override
  public IntPredicate watch() {
    return strings.isEmpty() ? ends::contains : new Watch();
  }

  /** Keeps as much of the text as a stop string that is not whole yet can take. */
  private final class Watch implements IntPredicate {

    private final TextStream stream = encoder.stream();
    private final int kept = strings.stream().mapToInt(String::length).max().orElse(1) - 1;
    private String text = "";

    @Override
    public boolean test(int token) {
      if (ends.contains(token)) {
        return true;
      }
      text += stream.next(token);
      if (strings.stream().anyMatch(text::contains)) {
        return true;
      }
      text = text.substring(Math.max(0, text.length() - kept));
      return false;
    }
  }
}
