package dev.rowan.data.nano;

import dev.rowan.core.Message;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Seeds;
import dev.rowan.verify.nano.NanoProblem;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A problem with a right solution.
 *
 * @param problem the problem; its prompt is one line with its line break
 * @param solution the lines that solve it; the last has no line break
 */
public record Example(Problem problem, String solution) {

  /** The tag that names the family. */
  public static final String FAMILY = "family";

  /** The tag that holds the level. */
  public static final String LEVEL = "level";

  /** The example of a family's level; the problem's id tells its text. */
  static Example of(String family, int level, NanoProblem problem, String solution) {
    String text = problem.text();
    String id = String.format(Locale.ROOT, "%s-%d-%016x", family, level, Seeds.derive(level, text));
    return new Example(
        new Problem(
            id,
            List.of(Message.user(text)),
            new Reference.FinalAnswer(String.valueOf(problem.answer())),
            Map.of(FAMILY, family, LEVEL, String.valueOf(level))),
        solution);
  }
}
