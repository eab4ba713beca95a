package dev.rowan.verify.code;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The ways to read an answer in Python: as a whole program, or as what comes after the prompt. */
final class PythonText {

  private PythonText() {}

  /** Texts of which the first that compiles is meant. */
  static List<String> readings(String prompt, String code, String entryPoint) {
    if (prompt.isBlank()) {
      return distinct(Stream.of(code, code.stripIndent()));
    }
    if (definesAtTop(code, entryPoint) || definesAtTop(code.stripIndent(), entryPoint)) {
      // The prompt comes along for its imports and helpers; its head of the function is
      // overwritten.
      String whole = code.stripIndent();
      return distinct(Stream.of(prompt + "\n" + code, prompt + "\n" + whole, code, whole));
    }
    // A chat model drops the first line's indentation, or all of it.
    return distinct(Stream.of(
        prompt + "\n" + code,
        prompt + code,
        prompt + "\n    " + code.stripLeading(),
        prompt + "\n" + code.indent(4),
        code));
  }

  private static boolean definesAtTop(String code, String name) {
    return Pattern.compile(
            "^(?:(?:async\\s+)?def|class)\\s+(?:" + Pattern.quote(name) + "|Solution)\\b|^"
                + Pattern.quote(name) + "\\s*=",
            Pattern.MULTILINE)
        .matcher(code)
        .find();
  }

  private static List<String> distinct(Stream<String> texts) {
    return texts.distinct().toList();
  }
}
