package dev.rowan.verify.nano;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Step;
import dev.rowan.core.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NanoVerifierTest {

  private final NanoVerifier verifier = new NanoVerifier();

  private static Problem problem(String prompt) {
    return Problem.of("p", prompt, new Reference.FinalAnswer("7"));
  }

  @Test
  void thePromptTellsTheFamilyAndTheAnswer() {
    Problem grove =
        problem("Sam has 32 nuts. Ivy has half as many as Sam. How many nuts does Ivy have?\n");
    assertThat(verifier.verify(grove, new Answer("#### 16"))).isEqualTo(new Verdict.Correct());
    Problem countdown = problem("Use 6, 19 to make 25.\n");
    assertThat(verifier.verify(countdown, new Answer("#### 25")))
        .isInstanceOf(Verdict.Incorrect.class);
    assertThat(verifier.verify(countdown, new Answer("19+6=25, left 25\n#### 25")))
        .isEqualTo(new Verdict.Correct());
  }

  @Test
  void anotherPromptIsUnverifiable() {
    Problem other = problem("What is 3+4?");
    assertThat(verifier.verify(other, new Answer("#### 7")))
        .isInstanceOf(Verdict.Unverifiable.class);
    assertThat(verifier.verifySteps(other, List.of(new Step("#### 7", List.of()))))
        .singleElement()
        .isInstanceOf(Verdict.Unverifiable.class);
    assertThat(verifier.verifySteps(other, List.of())).isEmpty();
    assertThat(verifier.trueContinuations(other, List.of())).isEmpty();
  }
}
