package dev.rowan.verify;

import dev.rowan.verify.math.Comparison;
import dev.rowan.verify.math.Equality;
import dev.rowan.verify.math.MathText;
import dev.rowan.verify.math.MathText.Reading;
import dev.rowan.verify.math.Work;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares two answers in each way in which they may be read. */
final class AnswerComparison {

  /** Digits between commas that may be one number or several. */
  private static final Pattern GROUPED = Pattern.compile("[0-9],[0-9]");

  /** Groups of digits, or more commas than one number with decimals has. */
  private static final Pattern THOUSANDS =
      Pattern.compile("[0-9],[0-9]{3}(?![0-9])|[0-9],[0-9]+,[0-9]");

  private static final Pattern DECIMAL_COMMA = Pattern.compile("(?<=[0-9]),(?=[0-9])");

  /** A letter with what it stands for. */
  private static final Pattern CHOICE = Pattern.compile(
      "(?:\\\\(?:text|textbf|mathrm|mathbf)\\s*\\{\\s*)?\\(?([A-J])[).:]\\s*\\}?[\\s\\\\~:.,]*"
          + "(?:\\\\q?quad\\s*)?(?=[^\\s=<>])(.+)",
      Pattern.DOTALL);

  private final Comparison.Options options;
  private final Readings readings;

  AnswerComparison(Comparison.Options options, Readings readings) {
    this.options = options;
    this.readings = readings;
  }

  Equality compare(ExtractedAnswer gold, ExtractedAnswer answer) {
    Equality whole = compareWhole(gold, answer);
    return whole != Equality.EQUAL && isChoice(gold, answer) ? Equality.EQUAL : whole;
  }

  /** Whether one is a letter and the other that letter with what it stands for: {@code (B) 5}. */
  private boolean isChoice(ExtractedAnswer gold, ExtractedAnswer answer) {
    Matcher spelt = CHOICE.matcher(gold.text());
    Matcher chosen = CHOICE.matcher(answer.text());
    if (chosen.matches()
        && (chosen.group(1).equals(letter(gold))
            || compareWhole(gold, new ExtractedAnswer(chosen.group(2), 0, 0)) == Equality.EQUAL)) {
      return true;
    }
    return spelt.matches()
        && (spelt.group(1).equals(letter(answer))
            || compareWhole(new ExtractedAnswer(spelt.group(2), 0, 0), answer) == Equality.EQUAL);
  }

  private static String letter(ExtractedAnswer answer) {
    String words = MathText.words(answer.text());
    return words.length() == 1 ? words.toUpperCase(Locale.ROOT) : "";
  }

  private Equality compareWhole(ExtractedAnswer gold, ExtractedAnswer answer) {
    Equality first = compare(gold, gold.reading(), answer, answer.reading());
    boolean severalReadings =
        GROUPED.matcher(gold.text()).find() || GROUPED.matcher(answer.text()).find();
    if (first == Equality.EQUAL || !severalReadings) {
      return first;
    }
    Equality second = compare(gold, Reading.COMMAS_SEPARATE, answer, Reading.COMMAS_SEPARATE);
    return second == Equality.EQUAL ? second : withDecimalCommas(gold, answer, first);
  }

  /** 1,5 is 1.5 if the reference is no list; whether a reference of 1,5 is one cannot be told. */
  private Equality withDecimalCommas(
      ExtractedAnswer gold, ExtractedAnswer answer, Equality otherwise) {
    boolean here = GROUPED.matcher(gold.text()).find();
    boolean there = GROUPED.matcher(answer.text()).find();
    ExtractedAnswer left = withPoints(gold);
    ExtractedAnswer right = withPoints(answer);
    boolean both = here && there;
    if (both || THOUSANDS.matcher((here ? gold : answer).text()).find()) {
      return otherwise;
    }
    boolean same = compare(left, left.reading(), right, right.reading()) == Equality.EQUAL;
    return !same ? otherwise : here ? Equality.UNDECIDED : Equality.EQUAL;
  }

  private static ExtractedAnswer withPoints(ExtractedAnswer answer) {
    String text = DECIMAL_COMMA.matcher(answer.text()).replaceAll(".");
    return new ExtractedAnswer(text, answer.start(), answer.end());
  }

  private Equality compare(
      ExtractedAnswer gold, Reading goldReading, ExtractedAnswer answer, Reading answerReading) {
    MathText left = readings.of(gold, goldReading);
    MathText right = readings.of(answer, answerReading);
    return new Comparison(options, new Work(Work.LIMIT)).compare(left, right);
  }
}
