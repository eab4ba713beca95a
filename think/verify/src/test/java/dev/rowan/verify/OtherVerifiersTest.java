package dev.rowan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OtherVerifiersTest {

  private static final String SCHEMA = """
      {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}""";

  private static Verdict verify(Verifier verifier, Reference reference, String answer) {
    return verifier.verify(Problem.of("p", "?", reference), new Answer(answer));
  }

  private static Verdict number(Tolerance tolerance, String gold, String answer) {
    return verify(new NumericVerifier(tolerance), new Reference.FinalAnswer(gold), answer);
  }

  private static boolean exact(String gold, String answer) {
    return verify(new ExactVerifier(), new Reference.FinalAnswer(gold), answer).isCorrect();
  }

  private static Verdict schema(String schema, String answer) {
    return verify(new SchemaVerifier(), new Reference.Schema(schema), answer);
  }

  @Test
  void numbersMayBeOffByTheTolerance() {
    Tolerance tenth = new Tolerance.Absolute(new BigDecimal("0.1"));
    assertThat(number(tenth, "9.81", "The answer is 9.9 m/s^2.").isCorrect()).isTrue();
    assertThat(number(tenth, "9.81", "9.92")).isInstanceOf(Verdict.Incorrect.class);
    Tolerance percent = new Tolerance.Relative(new BigDecimal("0.01"));
    assertThat(number(percent, "1000", "\\boxed{990}").isCorrect()).isTrue();
    assertThat(number(percent, "1000", "989")).isInstanceOf(Verdict.Incorrect.class);
    Tolerance digits = new Tolerance.SignificantDigits(3);
    assertThat(number(digits, "\\pi", "#### 3.142").isCorrect()).isTrue();
    assertThat(number(digits, "3.14", "3.2")).isInstanceOf(Verdict.Incorrect.class);
  }

  @Test
  void whatIsNoNumberIsUndecided() {
    Tolerance any = new Tolerance.Absolute(BigDecimal.ONE);
    assertThat(number(any, "4", "\\boxed{x}")).isInstanceOf(Verdict.Unverifiable.class);
    assertThat(number(any, "4", "#### 10^{9^{9^9}}")).isInstanceOf(Verdict.Unverifiable.class);
    assertThat(number(any, "several", "4")).isInstanceOf(Verdict.Unverifiable.class);
    assertThat(number(any, "4", "I do not know.")).isInstanceOf(Verdict.Incorrect.class);
  }

  @Test
  void wordsAreComparedWhateverTheirCaseAndSpace() {
    assertThat(exact("The  Moon", " the moon\n")).isTrue();
    assertThat(exact("Paris", "The answer is: paris.")).isTrue();
    assertThat(exact("1 2.0", "1.0 2")).isTrue();
    assertThat(exact("", " \t\n")).isTrue();
    assertThat(exact("abc def", "abc deg")).isFalse();
    assertThat(exact("abc", "abc abc")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
          C | The correct answer is (C).
          C | \\boxed{\\text{(C)}}
          C | Answer: C
          C | **Answer:** **C**
          C | C
          C | (c)
          C | C) because B is too small
          C | It is not A. Therefore I choose option C
          C | A and B are wrong.\\n\\nC. Mitochondria
          C | Die Antwort ist C, nicht A.
          C | 答案是C
          B | I think B is a good choice, since a cat is no bird.
          """)
  void theChosenLetterIsFound(String gold, String answer) {
    Verdict verdict =
        verify(new ChoiceVerifier(), new Reference.Choice(gold), answer.replace("\\n", "\n"));
    assertThat(verdict).isEqualTo(new Verdict.Correct());
  }

  @Test
  void otherLettersAreWrongAndNoneIsSaid() {
    Reference c = new Reference.Choice("C");
    assertThat(verify(new ChoiceVerifier(), c, "The answer is B."))
        .isEqualTo(new Verdict.Incorrect("B is not C"));
    assertThat(verify(new ChoiceVerifier(), c, "no idea, sorry"))
        .isEqualTo(new Verdict.Incorrect("no choice"));
    assertThat(verify(new ChoiceVerifier(), new Reference.FinalAnswer("C"), "C"))
        .isInstanceOf(Verdict.Unverifiable.class);
  }

  @Test
  void jsonIsHeldToItsSchema() {
    assertThat(schema(SCHEMA, "Here it is:\n```json\n{\"name\": \"Ivy\"}\n```\nDone.")
            .isCorrect())
        .isTrue();
    assertThat(schema(SCHEMA, "Sure: {\"name\": \"Ivy\"}").isCorrect()).isTrue();
    assertThat(schema(SCHEMA, "{\"name\": 3}")).isInstanceOf(Verdict.Incorrect.class);
    assertThat(schema(SCHEMA, "{\"name\": ")).isInstanceOf(Verdict.Incorrect.class);
    assertThat(schema(SCHEMA, "")).isEqualTo(new Verdict.Incorrect("no JSON"));
  }

  @Test
  void aSchemaThatCannotBeUsedDecidesNothing() {
    assertThat(schema("{\"type\": ", "{}")).isInstanceOf(Verdict.Unverifiable.class);
    assertThat(schema("{\"type\": \"strng\"}", "\"x\"")).isInstanceOf(Verdict.Unverifiable.class);
    assertThat(schema("{\"properties\": {\"a\": {\"type\": \"foo\"}}}", "{\"a\": 1}"))
        .isInstanceOf(Verdict.Unverifiable.class);
    assertThat(schema("{\"$ref\": \"http://localhost:1/schema.json\"}", "{}"))
        .isInstanceOf(Verdict.Unverifiable.class);
  }

  @Test
  void theFirstDecisiveVerdictWinsAndTheTrailIsKept() {
    Map<String, Verifier> inOrder = new LinkedHashMap<>();
    inOrder.put("choice", new ChoiceVerifier());
    inOrder.put("math", new MathVerifier());
    inOrder.put("never", (_, _) -> {
      throw new AssertionError("asked after the decision");
    });
    CompositeVerifier composite = new CompositeVerifier(inOrder);
    CompositeVerifier.Decision decision = composite.decide(
        Problem.of("p", "?", new Reference.FinalAnswer("0.5")), new Answer("\\boxed{\\frac12}"));
    assertThat(decision.verdict()).isEqualTo(new Verdict.Correct());
    assertThat(decision.trail())
        .extracting(CompositeVerifier.Opinion::name)
        .containsExactly("choice", "math");
  }

  @Test
  void whenNobodyDecidesAllCausesAreNamed() {
    CompositeVerifier composite = new CompositeVerifier(
        Map.of("choice", new ChoiceVerifier(), "schema", new SchemaVerifier()));
    Verdict verdict = verify(composite, new Reference.None(), "4");
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Unverifiable.class,
            unverifiable ->
                assertThat(unverifiable.cause()).contains("choice: ").contains("schema: "));
  }
}
