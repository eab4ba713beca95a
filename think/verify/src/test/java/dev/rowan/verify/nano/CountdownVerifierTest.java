package dev.rowan.verify.nano;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Step;
import dev.rowan.core.Verdict;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CountdownVerifierTest {

  private static final String PROMPT = "Use 6, 19, 1 to make 14.\n";
  private static final String FIRST = "19+1=20, left 6, 20\n";
  private static final String SECOND = "20-6=14, left 14\n";

  private final CountdownVerifier verifier = new CountdownVerifier();

  private static Problem problem(String prompt) {
    return Problem.of("p", prompt, new Reference.None());
  }

  private static List<Step> steps(String... lines) {
    return Stream.of(lines).map(line -> new Step(line, List.of())).toList();
  }

  @Test
  void parsesWhatItWrites() {
    CountdownProblem problem = CountdownProblem.parse(PROMPT).orElseThrow();
    assertThat(problem).isEqualTo(new CountdownProblem(List.of(6, 19, 1), 14));
    assertThat(problem.text()).isEqualTo(PROMPT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Use 6 to make 6.\n",
        "Use 6, 19, 1, 2, 3 to make 14.\n",
        "Use 6, 100, 1 to make 14.\n",
        "Use 6, 0 to make 6.",
        "Use 6, 19, 1 to make 014.\n",
        "Use 6,19 to make 25.\n"
      })
  void refusesWhatIsNoCountdownProblem(String prompt) {
    assertThat(CountdownProblem.parse(prompt)).isEmpty();
    assertThat(verifier.verify(problem(prompt), new Answer("#### 1")))
        .isInstanceOf(Verdict.Unverifiable.class);
    assertThat(verifier.verifySteps(problem(prompt), List.of())).isEmpty();
    assertThat(verifier.verifySteps(problem(prompt), steps("#### 1"))).hasSize(1);
    assertThat(verifier.trueContinuations(problem(prompt), List.of())).isEmpty();
  }

  @Test
  void playsTheSolution() {
    assertThat(verifier.verify(problem(PROMPT), new Answer(FIRST + SECOND + "#### 14")))
        .isEqualTo(new Verdict.Correct());
    assertThat(verifier.verify(problem(PROMPT), new Answer(FIRST + SECOND + "#### 14\n")))
        .isEqualTo(new Verdict.Correct());
    assertThat(verifier.verify(problem(PROMPT), new Answer(FIRST + SECOND)))
        .isEqualTo(new Verdict.Incorrect("no final answer"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#### 14",
        FIRST + "#### 14",
        FIRST + "20-6=14, left 14\n#### 15",
        FIRST + "20-6=14, left 14\n#### 14\n" + FIRST,
        "6+1=7, left 19, 7\n19-7=12, left 12\n#### 14",
        "6+1=7, left 19, 7\n19-5=14, left 14\n#### 14",
        "19-6=13, left 13\n13+1=14, left 14\n#### 14",
        "19*1=19, left 6, 19\n#### 14",
        "14"
      })
  void rejectsWhatIsNoDerivation(String answer) {
    assertThat(verifier.verify(problem(PROMPT), new Answer(answer)))
        .isInstanceOf(Verdict.Incorrect.class);
  }

  @Test
  void judgesLinesUpToTheFirstIllegalOne() {
    assertThat(verifier.verifySteps(problem(PROMPT), steps(FIRST, SECOND, "#### 14")))
        .hasSize(3)
        .allMatch(Verdict::isCorrect);
    assertThat(verifier.verifySteps(problem(PROMPT), steps(FIRST, "20-6=15, left 15\n", "#### 15")))
        .containsExactly(new Verdict.Correct(), new Verdict.Incorrect("false: 20-6=15, left 15"));
  }

  @Test
  void aDeadEndIsLegalButNotSolvable() {
    CountdownProblem problem = CountdownProblem.parse(PROMPT).orElseThrow();
    String deadEnd = "19-6=13, left 1, 13\n";
    assertThat(verifier.verifySteps(problem(PROMPT), steps(deadEnd)))
        .containsExactly(new Verdict.Correct());
    assertThat(problem.left(List.of(FIRST)).map(problem::solvable)).contains(true);
    assertThat(problem.left(List.of("6+1=7, left 19, 7\n")).map(problem::solvable))
        .contains(false);
    assertThat(problem.left(List.of("6+1=8, left 19, 8\n"))).isEmpty();
    List<String> lost = List.of("6+1=7, left 19, 7\n", "19+7=26, left 26\n");
    assertThat(verifier.trueContinuations(
            problem(PROMPT), lost.stream().map(l -> new Step(l, List.of())).toList()))
        .isEmpty();
  }

  @Test
  void theFinalLineFollowsWhenTheTargetAloneIsLeft() {
    assertThat(verifier.trueContinuations(problem(PROMPT), steps(FIRST, SECOND)))
        .containsExactly("#### 14");
    assertThat(verifier.trueContinuations(problem(PROMPT), steps(FIRST)))
        .containsExactlyInAnyOrder("20+6=26, left 26\n", SECOND);
    assertThat(verifier.trueContinuations(problem(PROMPT), steps(FIRST, SECOND, "#### 14")))
        .isEmpty();
  }

  @Property
  void everyMoveIsLegalArithmetic(
      @ForAll @Size(min = 2, max = 4) List<@IntRange(min = 1, max = 20) Integer> numbers) {
    assertThat(CountdownProblem.moves(numbers)).doesNotHaveDuplicates().allSatisfy(move -> {
      int result =
          switch (move.operator()) {
            case '+' -> move.first() + move.second();
            case '-' -> move.first() - move.second();
            case '*' -> move.first() * move.second();
            default -> move.first() / move.second();
          };
      assertThat(move.result()).isEqualTo(result).isBetween(1, 99);
      assertThat(move.first()).isGreaterThanOrEqualTo(move.second());
      assertThat(move.left()).hasSize(numbers.size() - 1).endsWith(move.result());
    });
  }
}
