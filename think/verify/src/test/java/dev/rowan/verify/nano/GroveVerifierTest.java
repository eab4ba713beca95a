package dev.rowan.verify.nano;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Step;
import dev.rowan.core.Verdict;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GroveVerifierTest {

  private static final String PROMPT =
      "Sam has 32 nuts. Eva has 2 times as many as Sam. Ivy has half as many as Sam. "
          + "Ben has as many as Ivy and Sam together. How many nuts does Ben have?\n";
  private static final String DISTRACTOR = "Eva has 2 times as many as Sam: 2*32=64\n";
  private static final String HALF = "Ivy has half as many as Sam: 32/2=16\n";
  private static final String SUM = "Ben has as many as Ivy and Sam together: 16+32=48\n";

  private final GroveVerifier verifier = new GroveVerifier();

  private static Problem problem(String prompt) {
    return Problem.of("p", prompt, new Reference.None());
  }

  private static List<Step> steps(String... lines) {
    return Stream.of(lines).map(line -> new Step(line, List.of())).toList();
  }

  @Test
  void parsesWhatItWrites() {
    GroveProblem problem = GroveProblem.parse(PROMPT).orElseThrow();
    assertThat(problem.text()).isEqualTo(PROMPT);
    assertThat(problem.answer()).isEqualTo(48);
    assertThat(problem.value("Eva")).isEqualTo(64);
    assertThat(problem.needed()).containsExactlyInAnyOrder("Sam", "Ivy", "Ben");
    assertThat(problem.solution()).containsExactly(HALF, SUM, "#### 48");
    assertThat(GroveProblem.parse(PROMPT.strip())).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sam has 32 nuts. How many figs does Sam have?\n",
        "Sam has 32 nuts. How many nuts does Ben have?\n",
        "Sam has 32 nuts. Sam has 5 nuts. How many nuts does Sam have?\n",
        "Sam has 5 nuts. Ivy has half as many as Sam. How many nuts does Ivy have?\n",
        "Sam has 5 nuts. Ivy has 5 fewer than Sam. How many nuts does Ivy have?\n",
        "Sam has 50 nuts. Ivy has 2 times as many as Sam. How many nuts does Ivy have?\n",
        "Sam has 1 more than Ivy. Ivy has 1 fewer than Sam. How many nuts does Ivy have?\n",
        "Sam has 032 nuts. How many nuts does Sam have?\n",
        "Sam has 32 nuts.  How many nuts does Sam have?\n",
        "Sam has 32 nuts. How many nuts does Sam have?\n\n",
        "How many nuts does Sam have?\n",
        "What is 6 times 7?"
      })
  void refusesWhatIsNoGroveProblem(String prompt) {
    assertThat(GroveProblem.parse(prompt)).isEmpty();
    assertThat(verifier.verify(problem(prompt), new Answer("#### 1")))
        .isInstanceOf(Verdict.Unverifiable.class);
    assertThat(verifier.verifySteps(problem(prompt), steps("a\n", "b\n")))
        .hasSize(1)
        .first()
        .isInstanceOf(Verdict.Unverifiable.class);
    assertThat(verifier.trueContinuations(problem(prompt), List.of())).isEmpty();
  }

  @Test
  void theLastLineDecidesTheOutcome() {
    assertThat(verifier.verify(problem(PROMPT), new Answer("anything\n#### 48")))
        .isEqualTo(new Verdict.Correct());
    assertThat(verifier.verify(problem(PROMPT), new Answer("#### 48\n")))
        .isEqualTo(new Verdict.Correct());
    assertThat(verifier.verify(problem(PROMPT), new Answer(HALF + "#### 47")))
        .isEqualTo(new Verdict.Incorrect("#### 47 is not #### 48"));
    assertThat(verifier.verify(problem(PROMPT), new Answer(HALF)))
        .isEqualTo(new Verdict.Incorrect("no final answer"));
    assertThat(verifier.verify(problem(PROMPT), new Answer("")))
        .isEqualTo(new Verdict.Incorrect("no final answer"));
  }

  @Test
  void judgesLinesUpToTheFirstFalseOne() {
    assertThat(verifier.verifySteps(problem(PROMPT), steps(DISTRACTOR, HALF, SUM, "#### 48")))
        .hasSize(4)
        .allMatch(Verdict::isCorrect);
    String slip = "Ivy has half as many as Sam: 32/2=15\n";
    assertThat(verifier.verifySteps(problem(PROMPT), steps(DISTRACTOR, slip, SUM)))
        .containsExactly(
            new Verdict.Correct(),
            new Verdict.Incorrect("false: " + slip.strip() + "; true: " + HALF.strip()));
    assertThat(
            verifier.verifySteps(problem(PROMPT), steps("Ivy has half as many as Eva: 64/2=32\n")))
        .containsExactly(new Verdict.Incorrect("false: Ivy has half as many as Eva: 64/2=32"));
  }

  @Test
  void aLineThatIsCutOffIsNeitherTrueNorFalse() {
    assertThat(verifier.verifySteps(problem(PROMPT), steps(HALF, SUM.substring(0, 20))))
        .last()
        .isInstanceOf(Verdict.Unverifiable.class);
  }

  @Test
  void listsEveryTrueLineUntilTheFinalOne() {
    assertThat(verifier.trueContinuations(problem(PROMPT), steps(HALF)))
        .containsExactlyInAnyOrder(DISTRACTOR, HALF, SUM, "#### 48");
    assertThat(verifier.trueContinuations(problem(PROMPT), steps("#### 48"))).isEmpty();
    assertThat(verifier.trueContinuations(problem(PROMPT), steps("#### 47"))).isEmpty();
  }
}
