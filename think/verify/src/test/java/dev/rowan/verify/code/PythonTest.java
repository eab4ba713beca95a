package dev.rowan.verify.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference.Pair;
import dev.rowan.core.Reference.Tests.Assertions;
import dev.rowan.core.Reference.Tests.Pairs;
import dev.rowan.core.Reference.UnitTests;
import dev.rowan.core.Verdict;
import dev.rowan.verify.sandbox.Bubblewrap;
import dev.rowan.verify.sandbox.SandboxMissingException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PythonTest {

  private CodeVerifier verifier = new CodeVerifier(_ -> {
    throw new java.io.IOException("not open");
  });

  @BeforeAll
  void open() throws SandboxMissingException {
    verifier = new CodeVerifier(Bubblewrap.open());
  }

  @AfterAll
  void close() {
    verifier.close();
  }

  private Verdict verify(UnitTests tests, String answer) {
    return verifier.verify(Problem.of("p", "Write it.", tests), new Answer(answer));
  }

  private static UnitTests checks(String entry, String code) {
    return new UnitTests("python", "", entry, new Assertions(code));
  }

  @Test
  void aRightFunctionPassesAndAWrongOneSaysWhere() {
    UnitTests tests = checks("add", "def check(candidate):\n    assert candidate(1, 2) == 3\n");

    assertThat(verify(tests, "def add(a, b):\n    return a + b")).isEqualTo(new Verdict.Correct());
    assertThat(verify(tests, "def add(a, b):\n    return a - b"))
        .isEqualTo(new Verdict.Incorrect("failed: assert candidate(1, 2) == 3"));
    assertThat(verify(tests, "def add(a, b):\n    return a / 0"))
        .isEqualTo(new Verdict.Incorrect(
            "failed: assert candidate(1, 2) == 3: ZeroDivisionError: division by zero"));
  }

  @Test
  void aProgramReadsAndPrints() {
    UnitTests tests = new UnitTests(
        "python", "", "", new Pairs(List.of(new Pair("1 2\n", "3"), new Pair("4 5", "9\n"))));

    assertThat(verify(tests, "a, b = map(int, input().split())\nprint(a + b)"))
        .isEqualTo(new Verdict.Correct());
    assertThat(verify(tests, "print(3)"))
        .isEqualTo(new Verdict.Incorrect("input 2: line 1 is '3', not '9'"));
  }

  @Test
  void aFunctionIsCalledWithValues() {
    UnitTests tests =
        new UnitTests("python", "", "f", new Pairs(List.of(new Pair("[[3, 1], 1]", "[1, 3, 1]"))));

    assertThat(verify(tests, "def f(xs, x):\n    return (*sorted(xs), x)"))
        .isEqualTo(new Verdict.Correct());
    assertThat(verify(tests, "def f(xs, x):\n    return xs"))
        .isEqualTo(new Verdict.Incorrect("'f([3,1],1)' is not '[1,3,1]'"));
  }
}
