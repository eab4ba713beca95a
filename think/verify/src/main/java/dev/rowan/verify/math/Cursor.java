package dev.rowan.verify.math;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/** A place in a formula that moves forward as the parsers read. */
final class Cursor {

  /** Set before each word of text, which is never a product of letters. */
  static final char WORD = '\u0001';

  private static final int MAX_DEPTH = 40;
  private static final int MAX_SUFFIXES = 400;
  private static final Sign CONNECTIVE = Sign.of(
      "aoAO\u0001",
      "lwv",
      "\u0001?(?:and|or|AND|OR)(?![a-z])|\\\\(?:land|wedge|lor|vee)(?![a-zA-Z])");

  /** What letters in a row mean when they are neither a function nor, letter by letter, a product. */
  private static final Set<String> SHORT_WORDS = Set.of(
      "cm", "mm", "km", "nm", "kg", "mg", "ml", "mL", "ft", "yd", "mi", "hr", "min", "sec", "pct",
      "mph", "lb", "lbs", "oz", "am", "pm", "AM", "PM", "deg", "rad", "in", "USD", "cc", "sq",
      "per", "yes", "no", "Yes", "No", "the", "The");

  private final String text;
  private final Work work;
  private int at;
  private int depth;
  private int lists;
  private int suffixes;

  /** What a formula says is not understood. */
  static final class UnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnreadableException(String what) {
      super(what, null, false, false);
    }
  }

  Cursor(String text, Work work) {
    this.text = text;
    this.work = work;
  }

  UnreadableException unreadable() {
    return new UnreadableException("unreadable at " + at);
  }

  int at() {
    return at;
  }

  void moveTo(int place) {
    at = place;
  }

  /** All of the formula, if that is nothing but words in letters; in lower case. */
  Optional<String> words() {
    if (text.isEmpty() || !(text.charAt(0) == WORD || Character.isLetter(text.charAt(0)))) {
      return Optional.empty();
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != WORD && c != ' ' && c != '-' && !Character.isLetter(c)) {
        return Optional.empty();
      }
    }
    return Optional.of(text.replace(String.valueOf(WORD), "").toLowerCase(Locale.ROOT));
  }

  /** Whether any words are marked in the formula. */
  boolean hasWords() {
    return text.indexOf(WORD) >= 0;
  }

  /** Whether the formula has this anywhere. */
  boolean has(String part) {
    return text.contains(part);
  }

  /** The character at a place; 0 beyond the end. */
  char charAt(int place) {
    return place < text.length() ? text.charAt(place) : 0;
  }

  /** Reads up to a place. */
  String take(int end) {
    String taken = text.substring(at, end);
    at = end;
    return taken;
  }

  /** Goes one level in; every level is left again by {@link #leave}. */
  void enter() {
    work.charge(10);
    if (++depth > MAX_DEPTH) {
      throw new UnreadableException("too deep");
    }
  }

  /** Counts a sign behind an atom: each makes the tree deeper by one, however flat the text is. */
  void suffix() {
    work.charge(10);
    if (++suffixes > MAX_SUFFIXES) {
      throw new UnreadableException("too many signs");
    }
  }

  void leave() {
    depth--;
  }

  /** Goes into brackets, where each comma stands between two items. */
  void enterItems() {
    enter();
    lists++;
  }

  void leaveItems() {
    leave();
    lists--;
  }

  /** Whether a comma here may group digits. */
  boolean commasGroupDigits() {
    return lists == 0;
  }

  Cursor skipSpaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return this;
  }

  boolean atEnd() {
    return skipSpaces().at >= text.length();
  }

  /** The next character that is no space; 0 at the end. */
  char peek() {
    return atEnd() ? 0 : text.charAt(at);
  }

  /** Reads this if it comes next. */
  boolean accept(String expected) {
    skipSpaces();
    if (!text.startsWith(expected, at)) {
      return false;
    }
    at += expected.length();
    return true;
  }

  /** Reads this; a brace that is missing at the very end counts as there. */
  void expect(String expected) {
    if (!accept(expected) && !(expected.equals("}") && atEnd())) {
      throw unreadable();
    }
  }

  /** What matches here, which stays unread; spaces count. */
  Optional<String> look(Sign sign) {
    int first = at;
    while (Character.isWhitespace(charAt(first))) {
      first++;
    }
    if (!sign.mayStart(charAt(first), charAt(first + 1))) {
      return Optional.empty();
    }
    Matcher matcher = sign.pattern().matcher(text).region(at, text.length());
    matcher.useTransparentBounds(true).useAnchoringBounds(false);
    return matcher.lookingAt() ? Optional.of(matcher.group()) : Optional.empty();
  }

  /** Reads what matches here; spaces count. */
  Optional<String> read(Sign sign) {
    Optional<String> found = look(sign);
    found.ifPresent(match -> at += match.length());
    return found;
  }

  /** The command that comes next, with its backslash; empty if there is none. */
  String command() {
    if (peek() != '\\' || at + 1 == text.length()) {
      return "";
    }
    return text.substring(at, Math.max(at + 2, lettersEnd(at + 1)));
  }

  /** Where the ASCII letters that stand at a place end. */
  private int lettersEnd(int place) {
    int end = place;
    while (isAsciiLetter(charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isAsciiLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** Reads this command, and no longer one that starts like it. */
  boolean acceptCommand(String expected) {
    boolean here = peek() == '\\' && text.startsWith(expected, at);
    int end = at + expected.length();
    if (!here || (isAsciiLetter(expected.charAt(1)) && isAsciiLetter(charAt(end)))) {
      return false;
    }
    at = end;
    return true;
  }

  /** The letters in a row that come next, marked as text or not; empty if there are none. */
  String letters() {
    int start = skipSpaces().at;
    if (charAt(start) == WORD) {
      start++;
    }
    int end = start;
    while (Character.isLetter(charAt(end))) {
      end++;
    }
    return text.substring(start, end);
  }

  /** Whether "and" or "or" comes next. */
  boolean atConnective() {
    skipSpaces();
    return look(CONNECTIVE).isPresent();
  }

  /** Reads "and" or "or". */
  Optional<String> connective() {
    skipSpaces();
    return read(CONNECTIVE).map(word -> word.replace("\u0001", ""));
  }

  /** Whether a word comes next: marked as text, known, or too long to be a product of letters. */
  boolean atWord() {
    if (peek() == 0 || atConnective()) {
      return false;
    }
    String letters = letters();
    boolean marked = text.charAt(at) == WORD;
    if (letters.isEmpty() || Functions.isName(letters)) {
      return false;
    }
    return marked || letters.length() > 3 || SHORT_WORDS.contains(letters);
  }

  /** Reads the word that comes next. */
  String word() {
    String letters = letters();
    at += letters.length() + (text.charAt(at) == WORD ? 1 : 0);
    return letters;
  }

  /** Reads a group in braces as it stands, or one character. */
  String raw() {
    if (!accept("{")) {
      String command = command();
      int length = atEnd() ? 0 : command.isEmpty() ? 1 : command.length();
      at += length;
      return text.substring(at - length, at);
    }
    int start = at;
    for (int open = 1; at < text.length(); at++) {
      char c = text.charAt(at);
      open += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (open == 0) {
        at++;
        return text.substring(start, at - 1);
      }
    }
    return text.substring(start);
  }
}
