package dev.rowan.verify.code;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ways to read an answer in a language with braces: as a whole program, or as what comes after the prompt. */
final class SourceText {

  private static final String IMPORTS =
      "import java.util.*; import java.util.function.*; import java.util.stream.*; import java.math.*; ";
  private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s[^;]*;");
  private static final Pattern IMPORT = Pattern.compile("(?m)^\\s*import\\s[^;]*;");
  private static final Pattern TYPE =
      Pattern.compile("(?m)^\\s*(?:\\w+\\s+)*(?:class|record|enum|interface)\\s+\\w");
  private static final Pattern PUBLIC_TYPE = Pattern.compile(
      "(?m)^public\\s+(?=(?:final |abstract |sealed )*(?:class|record|enum|interface)\\b)");

  private SourceText() {}

  /** Texts of which the first that compiles is meant. */
  static List<String> readings(Language language, String prompt, String code, String entryPoint) {
    Snippet whole = new Snippet(code, 0, code.length());
    Stream<String> after = prompt.isBlank()
        ? Stream.empty()
        : Stream.of("", "\n", "\n}", "\n    }\n}")
            .flatMap(end -> Stream.of(prompt + code + end, prompt + "\n" + code + end));
    return (whole.defines(entryPoint)
            ? Stream.concat(Stream.of(code), after)
            : Stream.concat(after, Stream.of(code)))
        .map(text -> adapted(language, prompt, text))
        .distinct()
        .toList();
  }

  private static String adapted(Language language, String prompt, String text) {
    return switch (language.names().getFirst()) {
      case "php" -> text.contains("<?") ? text : "<?php\n" + text;
      case "javascript" -> text.replaceAll("(?m)^export\\s+(default\\s+)?(?=[\\w{\\[])", "");
      default -> java(prompt, text);
    };
  }

  /** A text that compiles whatever its file is called, with the imports that everybody takes for granted. */
  private static String java(String prompt, String text) {
    String open = PUBLIC_TYPE.matcher(PACKAGE.matcher(text).replaceAll("")).replaceAll("");
    String imports = IMPORTS + imports(prompt);
    return TYPE.matcher(open).find()
        ? imports + open
        : imports + imports(open) + " class Solution {" + IMPORT.matcher(open).replaceAll("")
            + "\n}";
  }

  private static String imports(String text) {
    return IMPORT.matcher(text).results().map(MatchResult::group).collect(Collectors.joining(" "));
  }
}
