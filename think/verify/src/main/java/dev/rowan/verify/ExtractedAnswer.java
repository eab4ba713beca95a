package dev.rowan.verify;

/**
 * The final answer that a text gives.
 *
 * @param text as it is written, without what surrounds it: {@code "$1,000.00 a week"}
 * @param canonical the same for equal answers: {@code "1000"}; a number without unit in lowest terms, as decimal if that
 *     ends, else as fraction; anything else as words in lower case
 * @param number whether {@code canonical} is a number
 * @param start where {@code text} starts in the whole
 * @param end where it ends, exclusive
 */
public record ExtractedAnswer(String text, String canonical, boolean number, int start, int end) {}
