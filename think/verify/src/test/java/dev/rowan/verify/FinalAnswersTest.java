package dev.rowan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FinalAnswersTest {

  @Test
  void equalAnswersShareOneCanonicalForm() {
    assertThat(canonical("#### 1,000")).isEqualTo("1000");
    assertThat(canonical("The answer is $1000.0 a week.")).isEqualTo("1000");
    assertThat(canonical("\\boxed{\\frac{3}{4}}")).isEqualTo("0.75");
    assertThat(canonical("#### 4/6")).isEqualTo("2/3");
    assertThat(canonical("The answer is **The  Moon**.")).isEqualTo("the moon");
  }

  @Test
  void saysWhereTheAnswerStands() {
    String text = "First 5 apples.\n#### $1,000 a week\n";
    ExtractedAnswer answer = FinalAnswers.extract(text).orElseThrow();
    assertThat(text.substring(answer.start(), answer.end()))
        .isEqualTo("$1,000 a week")
        .isEqualTo(answer.text());
  }

  @Test
  void aTextWithoutAnswerGivesNone() {
    assertThat(FinalAnswers.extract("")).isEmpty();
    assertThat(FinalAnswers.extract("I do not know.")).isEmpty();
  }

  @Test
  void bracesMayBeNested() {
    assertThat(canonical("\\boxed{\\text{{a} and {b}}}")).isEqualTo("a, b");
  }

  private static String canonical(String text) {
    return FinalAnswers.extract(text).orElseThrow().canonical();
  }
}
