package dev.rowan.verify;

import dev.rowan.verify.math.MathText;
import dev.rowan.verify.math.Work;
import java.util.HashMap;
import java.util.Map;

/** What the texts of one verification say: each is read once, however often it is looked at. */
final class Readings {

  private record Text(String text, MathText.Reading reading) {}

  private final Map<Text, MathText> read = new HashMap<>();

  MathText of(ExtractedAnswer answer) {
    return of(answer, answer.reading());
  }

  MathText of(ExtractedAnswer answer, MathText.Reading reading) {
    return read.computeIfAbsent(
        new Text(answer.text(), reading),
        text -> MathText.of(text.text(), text.reading(), new Work(Work.LIMIT)));
  }
}
