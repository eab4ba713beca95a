package dev.rowan.verify;

import dev.rowan.verify.math.Form;
import dev.rowan.verify.math.MathText;
import dev.rowan.verify.math.Work;

/**
 * The final answer that a text gives.
 *
 * @param text as it is written, without what surrounds it: {@code "$1,000.00 a week"}
 * @param start where {@code text} starts in the whole
 * @param end where it ends, exclusive
 */
public record ExtractedAnswer(String text, int start, int end) {

  /** Whether the answer is written in LaTeX, whose commas and braces mean something else than plain text's. */
  MathText.Reading reading() {
    return readingOf(text);
  }

  static MathText.Reading readingOf(String text) {
    return text.indexOf('\\') >= 0 || text.indexOf('$') != text.lastIndexOf('$')
        ? MathText.Reading.LATEX
        : MathText.Reading.PLAIN;
  }

  /**
   * The same for equal answers, as far as that is cheap to see: {@code "1000"}; values in lowest terms, as decimal if that
   * ends, else as fraction; words in lower case.
   */
  public String canonical() {
    Work work = new Work(Work.LIMIT);
    return new Form(work).of(MathText.of(text, reading(), work));
  }
}
