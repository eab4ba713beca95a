package dev.rowan.verify.math;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clears away what only lays a formula out, and writes the many ways of saying the same in one. */
final class Markup {

  private Markup() {}

  /** What JSON or Python lost a level of escaping on: two backslashes before the name of a command. */
  private static final Pattern DOUBLE_BACKSLASH = Pattern.compile(
      "(?<!\\\\)\\\\\\\\(?=(?:[dtc]?frac|left|right|boxed|text|sqrt|begin|end|pi|infty|cup|cap|cdot|times|pm|in|leq?|geq?)"
          + "(?![a-zA-Z])|[dt]?frac[0-9])");

  private static final Pattern DIGIT_GROUPS =
      Pattern.compile("(?<=[0-9])(?:\\{,\\}|,\\\\!\\s*|\\\\,|,\\\\ )(?=[0-9]{3}(?![0-9]))");

  private static final Pattern DECIMAL_COMMA = Pattern.compile("(?<=[0-9])\\{,\\}(?=[0-9])");

  private static final Pattern LAYOUT = Pattern.compile(
      "\\\\(?:left|right|[bB]igg?[lrm]?|displaystyle|textstyle|limits|nolimits|mathstrut|strut)(?![a-zA-Z])\\.?"
          + "|(?<!\\\\)\\\\[()\\[\\]]|\\\\[\"']|\\\\\\z"
          + "|\\\\(?:phantom|hspace\\*?|vspace\\*?|label|tag\\*?)\\{[^{}]*\\}"
          + "|<\\|[a-z_]+\\|>|\\*{2,}(?![0-9a-zA-Z(\\\\])|(?<![0-9a-zA-Z)}])\\*{2,}|`");

  private static final Pattern SPACE = Pattern.compile(
      "(?<!\\\\)\\\\[,;:!> ]|\\\\(?:quad|qquad|thinspace|enspace)(?=[^a-zA-Z]|x(?:_|\\b))|~");

  private static final Pattern SCALE = Pattern.compile(
      "\\^\\s*\\{?\\s*\\\\circ\\s*\\}?\\s*(?:\\\\(?:text|mathrm)\\s*\\{\\s*)?([CF])(?![a-zA-Z])\\s*\\}?");

  private static final Pattern CLOSED_MATH = Pattern.compile("\\$\\$|(?<!\\\\)\\$");

  private static final String[] CHARACTERS = {
    "\u2212",
    "-",
    "\u2013",
    "-",
    "\u2014",
    "-",
    "\u00d7",
    "*",
    "\u22c5",
    "*",
    "\u00b7",
    "*",
    "\u00f7",
    "/",
    "\u2215",
    "/",
    "\u2044",
    "/",
    "\u2264",
    "<=",
    "\u2a7d",
    "<=",
    "\u2265",
    ">=",
    "\u2a7e",
    ">=",
    "\u2260",
    "!=",
    "\u2248",
    "\\approx ",
    "\u221e",
    "\\infty ",
    "\u03c0",
    "\\pi ",
    "\u221a",
    "\\sqrt ",
    "\u222a",
    "\\cup ",
    "\u2229",
    "\\cap ",
    "\u2208",
    "\\in ",
    "\u00a2",
    " cents ",
    "\u2026",
    "...",
    "\u00b0",
    "^\\circ ",
    "\u00b1",
    "\\pm ",
    "\u2213",
    "\\mp ",
    "\u00bd",
    "\\frac12 ",
    "\u00bc",
    "\\frac14 ",
    "\u00be",
    "\\frac34 ",
    "\u2153",
    "\\frac13 ",
    "\u2154",
    "\\frac23 ",
    "\u00b2",
    "^2",
    "\u00b3",
    "^3",
    "\u2205",
    "\\emptyset ",
    "\u211d",
    "\\mathbb{R}",
    "\u03b8",
    "\\theta ",
    "\u03b1",
    "\\alpha ",
    "\u03b2",
    "\\beta ",
    "\u03bb",
    "\\lambda ",
    "\uff0c",
    ",",
    "\u3001",
    ",",
    "\uff1b",
    ";",
    "\uff08",
    "(",
    "\uff09",
    ")",
    "\uff0e",
    ".",
    "\u3002",
    ".",
    "\uff1a",
    ":",
    "\uff1d",
    "=",
    "\u00a0",
    " ",
    "\u202f",
    " ",
    "\u2009",
    " ",
    "\u2032",
    "'",
    "\u2019",
    "'",
    "\u201c",
    "\"",
    "\u201d",
    "\"",
  };

  /** The formula without mark-up, in ASCII where there is a way to write it so. */
  static String clear(String text) {
    String plain = characters(text);
    boolean commands = plain.indexOf('\\') >= 0;
    if (commands) {
      plain = DOUBLE_BACKSLASH.matcher(plain).replaceAll("\\\\");
    }
    if (commands || plain.contains("{,}")) {
      plain = DIGIT_GROUPS.matcher(plain).replaceAll("");
      plain = DECIMAL_COMMA.matcher(plain).replaceAll(".");
    }
    if (commands || plain.indexOf('*') >= 0 || plain.indexOf('`') >= 0 || plain.contains("<|")) {
      plain = LAYOUT.matcher(plain).replaceAll("");
    }
    if (commands || plain.indexOf('~') >= 0) {
      plain = SPACE.matcher(plain).replaceAll(" ");
    }
    if (plain.contains("\\circ")) {
      plain = SCALE.matcher(plain).replaceAll(" degrees$1 ");
    }
    return dollars(plain).strip();
  }

  /** A dollar sign is money if it is written as such, or if no other closes it; else it encloses mathematics. */
  private static String dollars(String text) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    boolean money = CLOSED_MATH.matcher(text).results().count() % 2 == 1;
    Matcher math = CLOSED_MATH.matcher(text);
    return math.replaceAll(sign -> money && touchesDigit(text, sign.start()) ? "\\\\\\$" : " ");
  }

  private static boolean touchesDigit(String text, int at) {
    return digit(text, at + 1) || digit(text, at - 1) || digit(text, at - 2) || digit(text, at + 2);
  }

  private static boolean digit(String text, int at) {
    return at >= 0 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  private static String characters(String text) {
    if (isAscii(text)) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      plain.append(character(text.charAt(i)));
    }
    return plain.toString();
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }

  private static String character(char c) {
    if (c < 128) {
      return String.valueOf(c);
    }
    if (c >= '\uff10' && c <= '\uff19') {
      return String.valueOf((char) (c - '\uff10' + '0'));
    }
    for (int i = 0; i < CHARACTERS.length; i += 2) {
      if (CHARACTERS[i].charAt(0) == c) {
        return CHARACTERS[i + 1];
      }
    }
    return String.valueOf(c);
  }
}
