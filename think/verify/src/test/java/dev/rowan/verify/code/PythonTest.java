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
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "print(sum(int(x) for line in open(0) for x in line.split()))\nexit()",
        "from sys import stdin\na, b = stdin.read().split()\nprint(int(a) + int(b))\nquit(0)",
        "import os\nos.write(1, str(sum(map(int, os.read(0, 99).split()))).encode())",
        """
        import sys, threading
        threading.stack_size(1 << 26)
        def main():
            print(sum(int(x) for x in sys.stdin.buffer.read().split()))
        thread = threading.Thread(target=main)
        thread.start()
        thread.join()"""
      })
  void aProgramMayReadAndEndAsItLikes(String program) {
    UnitTests tests = new UnitTests(
        "python", "", "", new Pairs(List.of(new Pair("1 2\n", "3"), new Pair("4 5", "9"))));

    assertThat(verify(tests, program)).isEqualTo(new Verdict.Correct());
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

  @Test
  void whatBecomesOfTheArgumentsCountsWhereTheTestSaysSo() {
    UnitTests tests = new UnitTests(
        "python",
        "",
        "f",
        new Pairs(List.of(
            new Pair("[[3, 1, 1]]", "2", Optional.of("[[1, 3]]")),
            new Pair("[[]]", "0", Optional.of("[[]]")))));

    assertThat(verify(tests, "def f(xs):\n    xs[:] = sorted(set(xs))\n    return len(xs)"))
        .isEqualTo(new Verdict.Correct());
    assertThat(verify(tests, "def f(xs):\n    return len(set(xs))"))
        .isEqualTo(new Verdict.Incorrect("'f([3,1,1])' does not leave its arguments as '[[1,3]]'"));
  }

  @Test
  void assertionsAloneFindWhatTheyTest() {
    UnitTests own =
        checks("", "import math\nassert math.isclose(half(3), 1.5)\nassert half(4) == 2");
    UnitTests shadowing = checks("", "assert sum(10, 15) == 6");
    UnitTests module = checks("", "assert calendar(1) == 2");

    assertThat(verify(own, "def half(x):\n    return x / 2")).isEqualTo(new Verdict.Correct());
    assertThat(
            verify(own, "import math\nmath.isclose = lambda *a: True\ndef half(x):\n    return 2"))
        .isInstanceOf(Verdict.Incorrect.class);
    assertThat(verify(own, "def third(x):\n    return x / 3"))
        .isInstanceOf(Verdict.Incorrect.class);
    assertThat(verify(shadowing, "def sum(a, b):\n    return 6")).isEqualTo(new Verdict.Correct());
    assertThat(verify(shadowing, "def sum(a, b):\n    return 7"))
        .isInstanceOf(Verdict.Incorrect.class);
    assertThat(verify(module, "def calendar(x):\n    return x + 1"))
        .isEqualTo(new Verdict.Correct());
  }

  @Test
  void everyKindOfPlainDataCrosses() {
    UnitTests tests = checks("same", """
        from collections import Counter, OrderedDict, deque
        from decimal import Decimal
        from fractions import Fraction
        import datetime
        for value in (None, True, 1 << 200, -1.5, float("inf"), 2j, "a\\ud800", b"x", [1, (2,), {3}],
                      {(1, 2): frozenset({3})}, deque([1]), range(3), Decimal("0.10"), Fraction(1, 3),
                      datetime.date(2020, 1, 2), bytearray(b"y"), int, Counter("aab"), OrderedDict(a=1)):
            assert same(value) == value and isinstance(value, type(same(value))), value
        assert same(x=3) == 3
        assert str(same(float("nan"))) == "nan"
        """);

    assertThat(verify(tests, "def same(x):\n    return x")).isEqualTo(new Verdict.Correct());
  }

  @Test
  void objectsFunctionsGeneratorsAndExceptionsOfTheAnswerCanBeTested() {
    UnitTests tests = checks("", """
        stack = Stack([1])
        stack.push(2)
        assert stack.items == [1, 2] and len(stack) == 2 and stack[0] == 1
        assert str(stack) == "2 items" and isinstance(stack, Stack)
        assert list(count(3)) == [0, 1, 2] and next(count(1)) == 0
        assert adder(2)(3) == 5
        assert twice(lambda x: x + 1, 5) == 7
        try:
            stack.pop_from("left")
            assert False
        except ValueError as error:
            assert str(error) == "no left"
        """);
    String answer = """
        class Stack:
            def __init__(self, items): self.items = items
            def push(self, item): self.items.append(item)
            def pop_from(self, side): raise ValueError("no " + side)
            def __len__(self): return len(self.items)
            def __getitem__(self, i): return self.items[i]
            def __str__(self): return f"{len(self)} items"
        def count(n):
            yield from range(n)
        def adder(n): return lambda x: x + n
        def twice(f, x): return f(f(x))
        """;

    assertThat(verify(tests, answer)).isEqualTo(new Verdict.Correct());
    assertThat(verify(tests, answer.replace("return f(f(x))", "return f(x)")))
        .isInstanceOf(Verdict.Incorrect.class);
  }

  @Test
  void aProcedureChangesItsArgumentAndAFunctionDoesNot() {
    UnitTests procedure = checks("arrange", "xs = [2, 1]\narrange(xs)\nassert xs == [1, 2]");
    UnitTests function = checks("arrange", "xs = [2, 1]\nassert arrange(xs) == sorted(xs)");

    assertThat(verify(procedure, "def arrange(xs): xs.sort()")).isEqualTo(new Verdict.Correct());
    assertThat(verify(function, "def arrange(xs):\n    xs.clear()\n    return xs"))
        .as("an answer cannot spoil what it is compared with")
        .isInstanceOf(Verdict.Unverifiable.class);
  }

  @Test
  void theProblemsOwnHelpersAreTrustedAndTheAnswersAreNot() {
    UnitTests tests = new UnitTests(
        "python",
        "import math\ndef poly(x):\n    return x - 3\n\ndef root():\n    \"\"\" of poly \"\"\"\n",
        "root",
        new Assertions("def check(candidate):\n    assert poly(candidate()) == 0"));

    assertThat(verify(tests, "    return math.sqrt(9)")).isEqualTo(new Verdict.Correct());
    assertThat(verify(tests, "return math.sqrt(9)")).isEqualTo(new Verdict.Correct());
    assertThat(verify(tests, "def poly(x):\n    return 0\ndef root():\n    return 1"))
        .isInstanceOf(Verdict.Incorrect.class);
  }

  @Test
  void testsThatDecideNothingAreNoVerdict() {
    String answer = "def f(x):\n    return x\nclass A:\n    pass";
    for (String code : List.of(
        "assert 1 == 1",
        "def check(candidate):\n    pass",
        "assert (",
        "assert A() == A()",
        "import sys; f(1); sys.exit(0)",
        "")) {
      assertThat(verify(checks("f", code), answer))
          .as(code)
          .isInstanceOf(Verdict.Unverifiable.class);
    }
    assertThat(verify(
            new UnitTests("python", "", "f", new Pairs(List.of(new Pair("[", "1")))), answer))
        .isInstanceOf(Verdict.Unverifiable.class);
  }

  @Test
  void aMethodOfSolutionIsAnEntryPoint() {
    UnitTests tests = new UnitTests("python", "", "two", new Pairs(List.of(new Pair("[1]", "2"))));

    assertThat(verify(tests, "class Solution:\n    def two(self, x):\n        return x + 1"))
        .isEqualTo(new Verdict.Correct());
  }

  @Test
  void whatAProgramPrintsIsComparedLineByLine() {
    UnitTests tests = new UnitTests("python", "", "", new Pairs(List.of(new Pair("", "1 2\n3\n"))));

    assertThat(verify(tests, "print('1 2 ')\nprint(3, end='')")).isEqualTo(new Verdict.Correct());
    assertThat(verify(tests, "print('1 2\\n3\\n4')")).isInstanceOf(Verdict.Incorrect.class);
    assertThat(verify(tests, "print(1, 2)\nprint(3)\nraise SystemExit(1)"))
        .isInstanceOf(Verdict.Incorrect.class);
    assertThat(verify(
            tests,
            "import threading\ndef main():\n    print('1 2')\n    print(3)\n"
                + "if __name__ == '__main__':\n    threading.Thread(target=main).start()"))
        .isEqualTo(new Verdict.Correct());
  }
}
