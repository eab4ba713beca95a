package dev.rowan.verify.lean;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds words that make Lean run code while it reads a text, or that step around its kernel. It is a courtesy, not a wall:
 * it ends such texts early, and what slips through runs in a process that decides nothing.
 */
final class CodeWords {

  private static final Pattern COMMENT = Pattern.compile("--[^\n]*|/-(?s:.*?)-/");

  private static final Pattern WORDS = Pattern.compile(
      "(?<![\\w.'#])(#eval!?|run_cmd|run_elab|run_meta|run_tac|by_elab|elab|elab_rules"
          + "|initialize|builtin_initialize|unsafe|implemented_by|extern|native_decide|set_option\\s+debug\\.\\w+)(?![\\w'])");

  private CodeWords() {}

  /** The first such word outside comments. */
  static Optional<String> find(String text) {
    Matcher word = WORDS.matcher(COMMENT.matcher(text).replaceAll(" "));
    return word.find() ? Optional.of(word.group(1)) : Optional.empty();
  }
}
