package dev.rowan.testkit;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Texts that nobody would call answers, endlessly: random characters, random tokens of LaTeX, and formulas that a grammar
 * made and that were then damaged. The same seed gives the same texts.
 */
public final class AnswerFuzz {

  private static final List<String> TOKENS = List.of(
      "\\frac",
      "{",
      "}",
      "(",
      ")",
      "[",
      "]",
      "\\{",
      "\\}",
      "^",
      "_",
      "\\sqrt",
      "\\left",
      "\\right",
      "$",
      "\\boxed{",
      "1",
      "2",
      "10",
      "0.5",
      "1,000",
      "x",
      "y",
      "e",
      "i",
      "\\pi",
      "\\infty",
      "+",
      "-",
      "*",
      "/",
      "=",
      "<",
      "\\leq",
      ">",
      "\\ne",
      "\\in",
      "\\cup",
      "\\cap",
      ",",
      ";",
      "and",
      "or",
      "\\text{",
      "cm",
      "\\%",
      "%",
      "!",
      "!!",
      "|",
      "\\|",
      "\\log",
      "\\sin",
      "\\cos",
      "\\tan",
      "\\ln",
      "\\pm",
      "\\mp",
      "^\\circ",
      "\\begin{pmatrix}",
      "\\end{pmatrix}",
      "&",
      "\\\\",
      "\\binom",
      "\\overline",
      "\\lfloor",
      "\\rfloor",
      "9^9",
      "99999999",
      "#### ",
      "The answer is ",
      " ",
      "\n",
      ":",
      "'",
      "\\$",
      "f(",
      "\\cdot",
      "\\times",
      "\\div",
      "\\approx",
      "\\sum",
      "\\,",
      "\\!",
      "{,}",
      ".",
      "\\",
      "~",
      "1e9",
      "\u221a",
      "\u00b2",
      "\u2264",
      "\u221e",
      "0",
      "-1",
      "^{-1}",
      "^{9^9}",
      "\\sqrt[3]",
      "\\arctan",
      "\\exp",
      "\\det",
      "\\mod",
      "1/3");

  private final SplittableRandom random;

  /** Texts drawn from this seed. */
  public AnswerFuzz(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The next text. */
  public String next() {
    return switch (random.nextInt(4)) {
      case 0 -> characters();
      case 1 -> tokens();
      case 2 -> formula(4);
      default -> damaged(formula(5));
    };
  }

  private String characters() {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(60);
    for (int i = 0; i < length; i++) {
      int kind = random.nextInt(10);
      text.appendCodePoint(
          kind < 7
              ? 32 + random.nextInt(95)
              : kind < 9 ? random.nextInt(0x3000) : random.nextInt(0xD800));
    }
    return text.toString();
  }

  private String tokens() {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(25);
    for (int i = 0; i < length; i++) {
      text.append(pick(TOKENS));
    }
    return text.toString();
  }

  private String formula(int depth) {
    if (depth == 0 || random.nextInt(6) == 0) {
      return pick(
          List.of("x", "y", "2", "7", "10", "0.25", "\\pi", "e", "i", "n", "100", "-3", "1"));
    }
    String a = formula(depth - 1);
    String b = formula(depth - 1);
    return switch (random.nextInt(18)) {
      case 0 -> a + " + " + b;
      case 1 -> a + "-" + b;
      case 2 -> a + b;
      case 3 -> "\\frac{" + a + "}{" + b + "}";
      case 4 -> "{" + a + "}^{" + b + "}";
      case 5 -> "\\sqrt{" + a + "}";
      case 6 -> "(" + a + ", " + b + ")";
      case 7 -> "\\{" + a + ", " + b + "\\}";
      case 8 -> "[" + a + ", " + b + ")";
      case 9 -> a + " \\cup " + b;
      case 10 -> a + pick(List.of(" = ", " < ", " \\geq ", " \\ne ", " \\in ")) + b;
      case 11 ->
        pick(List.of("\\sin ", "\\ln ", "\\arctan ", "\\tan ", "\\exp ", "\\log_2 ")) + "(" + a
            + ")";
      case 12 -> "\\left|" + a + "\\right|";
      case 13 -> "(" + a + ")!";
      case 14 -> a + " \\pm " + b;
      case 15 -> "\\binom{" + a + "}{" + b + "}";
      case 16 -> "\\begin{pmatrix}" + a + " & " + b + " \\\\ 1 & 0\\end{pmatrix}";
      default -> a + pick(List.of(" \\text{ cm}", "\\%", "^\\circ", " \\text{ or } " + b));
    };
  }

  private String damaged(String formula) {
    StringBuilder text = new StringBuilder(formula);
    int damages = 1 + random.nextInt(3);
    for (int i = 0; i < damages && !text.isEmpty(); i++) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, pick(TOKENS));
        default -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
      }
    }
    return text.toString();
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
