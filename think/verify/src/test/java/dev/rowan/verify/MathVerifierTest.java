package dev.rowan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import java.math.BigDecimal;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MathVerifierTest {

  private final MathVerifier verifier = new MathVerifier();

  private Verdict verify(String reference, String answer) {
    return verifier.verify(
        Problem.of("p", "How many?", new Reference.FinalAnswer(reference)), new Answer(answer));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
          42    | 20+22=42\\n#### 42
          42    | #### 42.
          42    | ####42
          42    | #### **42**
          42    | #### \\boxed{42}
          1000  | #### 1,000
          1,000 | The answer is 1000.0.
          18    | She makes $18 every day. The answer is $18.00!
          18    | So the final answer is: 18 dollars per day.
          18    | **Answer:** 18
          18    | Answer:\\n\\n**18** dollars
          18    | answer = 18
          18    | Thus $\\boxed{\\$18}$.
          18    | The answer is 5. Wait, no. The answer is 18 eggs (3 a day).
          18    | \\boxed{18}. Therefore the answer is above.
          18    | \\boxed{9 \\cdot 2 = 18}
          18    | She has 16 - 3 = 13 and then 18 eggs left.
          25    | The answer is 25%.
          25    | \\boxed{25\\%}
          -7    | The answer is -7 degrees.
          -7    | \\boxed{−7}
          -7    | it is 3 - 10 = -7
          -5    | #### -$5
          3/4   | The answer is 0.75
          0.75  | \\boxed{\\frac{3}{4}}
          0.75  | \\boxed{\\dfrac34}
          0.75  | #### 6/8
          5/2   | The answer is 2 1/2 hours.
          1/3   | #### 2/6
          0.5   | #### .5
          -1/2  | \\boxed{-\\frac{1}{2}}
          -1/2  | \\boxed{\\frac{-1}{2}}
          12345 | \\boxed{12{,}345 \\text{ km}}
          60    | The answer is 60 miles/hour.
          $18   | #### 18
          25%   | #### 25
          0     | #### -0.00
          18    | The answer is \\(18\\).
          18    | So the answer is $x = 18$.
          """)
  void readsWhatModelsWrite(String reference, String answer) {
    assertThat(verify(reference, answer.replace("\\n", "\n"))).isEqualTo(new Verdict.Correct());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
          42     | #### 41
          42     | #### 42.01
          42     | 42 is close, but the answer is 43
          1/2004 | #### 1/2006
          0.3333 | #### 1/3
          1000   | #### 1
          7      | The answer is -7.
          42     | I do not know.
          42     | The answer is unknown.
          42     | ####
          2      | $\\frac{1+\\sqrt{5}}{2}$
          111    | It is 0,111
          30     | It is 3:30
          """)
  void tellsWrongAnswersApart(String reference, String answer) {
    assertThat(verify(reference, answer)).isInstanceOf(Verdict.Incorrect.class);
  }

  @Test
  void anEmptyAnswerIsWrongAndSaysWhy() {
    assertThat(verify("42", "")).isEqualTo(new Verdict.Incorrect("no final answer"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#### 10^9^9",
        "\\boxed{10^{9^{9^9}}}",
        "\\boxed{\\int_0^1 x dx}",
        "\\boxed{1000000!}",
        "\\boxed{\\sqrt{}}"
      })
  void leavesUndecidedWhatCostsTooMuchOrIsNotUnderstood(String answer) {
    assertThat(verify("10", answer)).isInstanceOf(Verdict.Unverifiable.class);
  }

  @Test
  void refusesHugeInputsWithoutComputingThem() {
    assertThat(verify("10", "#### " + "9".repeat(1_000_000)).isCorrect()).isFalse();
    assertThat(verify("10", "#### " + "1,000".repeat(200_000)).isCorrect()).isFalse();
    assertThat(verify("10", "\\boxed{".repeat(100_000)).isCorrect()).isFalse();
    assertThat(verify("10", "1".repeat(400) + "." + "1".repeat(400)))
        .isInstanceOf(Verdict.Incorrect.class);
    assertThat(verify("10", "answer is ".repeat(100_000) + "10")).isEqualTo(new Verdict.Correct());
  }

  @Test
  void comparesWordsWhenTheReferenceIsNoNumber() {
    assertThat(verify("Paris", "The answer is **paris**.")).isEqualTo(new Verdict.Correct());
    assertThat(verify("Paris", "Think.\nParis")).isEqualTo(new Verdict.Correct());
    assertThat(verify("Paris", "#### Rome")).isEqualTo(new Verdict.Incorrect("Rome is not Paris"));
    assertThat(verify("5 cm", "\\boxed{5 \\text{ cm}}")).isEqualTo(new Verdict.Correct());
    assertThat(verify("5 cm", "\\boxed{5 \\text{ m}}")).isInstanceOf(Verdict.Incorrect.class);
    assertThat(verify("(1, 2)", "\\boxed{(1, 2)}")).isEqualTo(new Verdict.Correct());
    assertThat(verify("(1, 2)", "\\boxed{(2, 1)}")).isInstanceOf(Verdict.Incorrect.class);
  }

  @Test
  void withoutReferenceNobodyCanTell() {
    Problem problem = Problem.of("p", "Why?", new Reference.None());
    assertThat(verifier.verify(problem, new Answer("#### 42")))
        .isInstanceOf(Verdict.Unverifiable.class);
    assertThat(verify(" ", "#### 42")).isInstanceOf(Verdict.Unverifiable.class);
  }

  @Property
  void anyDecimalEqualsItselfHoweverItIsWritten(
      @ForAll @BigRange(min = "-99999999", max = "99999999") @Scale(4) BigDecimal value) {
    String grouped = String.format(Locale.ROOT, "%,.6f", value);
    assertThat(verify(value.toPlainString(), "#### " + grouped)).isEqualTo(new Verdict.Correct());
    assertThat(verify(grouped, "The answer is " + value.toPlainString() + "."))
        .isEqualTo(new Verdict.Correct());
    assertThat(verify(
            value.toPlainString(), "#### " + value.add(new BigDecimal("0.0001")).toPlainString()))
        .isInstanceOf(Verdict.Incorrect.class);
  }

  @Property
  void fractionsCompareExactly(
      @ForAll @IntRange(min = 1, max = 500) int above,
      @ForAll @IntRange(min = 1, max = 500) int below,
      @ForAll @IntRange(min = 1, max = 9) int factor) {
    String same = above * factor + "/" + below * factor;
    assertThat(verify(above + "/" + below, "\\boxed{" + same + "}"))
        .isEqualTo(new Verdict.Correct());
    assertThat(verify(above + "/" + below, "\\boxed{" + (above + 1) + "/" + below + "}"))
        .isInstanceOf(Verdict.Incorrect.class);
  }

  @Property
  void neverFails(@ForAll String text) {
    assertThat(verify("42", text)).isNotNull();
    assertThat(verify(text.isBlank() ? "x" : text, "#### " + text)).isNotNull();
  }
}
