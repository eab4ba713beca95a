package dev.rowan.verify.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The program in an answer: of its fenced blocks the last that defines the entry point, else the last in the language,
 * else the last; without any block the whole answer. What stands before {@code </think>} is no answer.
 *
 * @param code the program's text
 * @param start where it starts in the answer
 * @param end where it ends, exclusive
 */
public record Snippet(String code, int start, int end) {

  private static final String THOUGHT = "</think>";

  /** A fence of three or more back-ticks or tildes, what it says about the language, and what it holds. */
  private static final Pattern FENCE = Pattern.compile(
      "^[ \\t]*(`{3,}|~{3,})[ \\t]*([\\w+#.-]*)[^\\n`]*\\n(.*?)(?:^[ \\t]*\\1[`~]*[ \\t\\r]*$|\\z)",
      Pattern.MULTILINE | Pattern.DOTALL);

  /** The program of {@code answer}, whose fences may bear one of these names. */
  public static Snippet of(String answer, Set<String> names, String entryPoint) {
    int thought = answer.lastIndexOf(THOUGHT);
    int from = thought < 0 ? 0 : thought + THOUGHT.length();
    List<Snippet> named = new ArrayList<>();
    List<Snippet> others = new ArrayList<>();
    Matcher fence = FENCE.matcher(answer).region(from, answer.length());
    while (fence.find()) {
      boolean ours = names.contains(fence.group(2).toLowerCase(java.util.Locale.ROOT));
      (ours ? named : others).add(new Snippet(fence.group(3), fence.start(3), fence.end(3)));
    }
    List<Snippet> blocks = named.isEmpty() ? others : named;
    if (blocks.isEmpty()) {
      return whole(answer, from);
    }
    return blocks.reversed().stream()
        .filter(block -> block.defines(entryPoint))
        .findFirst()
        .orElse(blocks.getLast());
  }

  /** Everything, without the blank lines before it: the first line keeps its indentation. */
  private static Snippet whole(String answer, int from) {
    int start = from;
    for (int i = from; i < answer.length() && Character.isWhitespace(answer.charAt(i)); i++) {
      start = answer.charAt(i) == '\n' ? i + 1 : start;
    }
    return new Snippet(answer.substring(start), start, answer.length());
  }

  /** Whether it defines a function, class or variable of that name; no name is defined. */
  boolean defines(String name) {
    return !name.isEmpty()
        && Pattern.compile(
                "(?:\\b(?:def|class|function|const|let|var)\\s+|[\\w>\\]]\\s+|^\\s*)"
                    + Pattern.quote(name) + "\\s*[(=:]",
                Pattern.MULTILINE)
            .matcher(code)
            .find();
  }
}
