package dev.rowan.verify.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference.Pair;
import dev.rowan.core.Reference.Tests;
import dev.rowan.core.Reference.UnitTests;
import dev.rowan.core.Verdict;
import dev.rowan.verify.sandbox.Bubblewrap;
import dev.rowan.verify.sandbox.Limits;
import dev.rowan.verify.sandbox.SandboxMissingException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(150)
final class LanguagesTest {

  private static Verdict verify(UnitTests tests, String answer) throws SandboxMissingException {
    try (CodeVerifier verifier =
        new CodeVerifier(Bubblewrap.open(), Limits.DEFAULT, Duration.ofSeconds(60), 2)) {
      return verifier.verify(Problem.of("p", "Write it.", tests), new Answer(answer));
    }
  }

  private static UnitTests adds(String language) {
    return new UnitTests(
        language, "", "", new Tests.Pairs(List.of(new Pair("1 2", "3"), new Pair("40 2", "42"))));
  }

  private static UnitTests sorts(String language) {
    return new UnitTests(
        language,
        "",
        "arrange",
        new Tests.Pairs(List.of(
            new Pair("[[3, 1, 2], {\"up\": true}]", "{\"items\": [1, 2, 3], \"sum\": 6}"),
            new Pair("[[], {\"up\": false}]", "{\"items\": [], \"sum\": 0}"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "javascript @ const [a, b] = require('fs').readFileSync(0, 'utf8').split(' ').map(Number); console.log(a + b)",
        "php @ <?php [$a, $b] = explode(' ', fgets(STDIN)); echo $a + $b;",
        "java @ void main() { var in = new java.util.Scanner(System.in); IO.println(in.nextInt() + in.nextInt()); }",
        "python @ print(sum(map(int, input().split())))",
      })
  void aWholeProgramReadsAndPrints(String language, String program) throws SandboxMissingException {
    assertThat(verify(adds(language), "Here:\n```" + language + "\n" + program + "\n```\n"))
        .isEqualTo(new Verdict.Correct());
    assertThat(verify(adds(language), program.replace("+", "-").replace("sum", "max")))
        .isInstanceOf(Verdict.Incorrect.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "javascript @ function arrange(xs, how) { xs.sort(); return {items: xs, sum: xs.reduce((a, b) => a + b, 0)}; }",
        "javascript @ const arrange = (xs, how) => new Map([['sum', xs.reduce((a, b) => a + b, 0)], ['items', xs.sort()]])",
        "php @ <?php function arrange($xs, $how) { sort($xs); echo 'noise'; return ['items' => $xs, 'sum' => array_sum($xs)]; }",
        "java @ class S { public Map<String, Object> arrange(int[] xs, Map<String, Boolean> how) { Arrays.sort(xs); return Map.of(\"items\", xs, \"sum\", (long) Arrays.stream(xs).sum()); } }",
        "java @ static Map<String, Object> arrange(List<Integer> xs, Object how) { xs.sort(null); return Map.of(\"items\", xs, \"sum\", xs.stream().mapToInt(x -> x).sum()); }",
        "python @ def arrange(xs, how): return {'items': sorted(xs), 'sum': sum(xs)}",
      })
  void aFunctionIsCalledWithValues(String language, String program) throws SandboxMissingException {
    assertThat(verify(sorts(language), program)).isEqualTo(new Verdict.Correct());
    assertThat(verify(sorts(language), program.replace("sort", "count_")))
        .isInstanceOf(Verdict.Incorrect.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "javascript @ while (true) require('child_process').spawn('sleep', ['4243'])",
        "javascript @ process.exit(0)",
        "javascript @ require('fs').writeFileSync('/usr/rowan-was-here', 'x')",
        "javascript @ console.log(require('fs').readFileSync('/etc/passwd', 'utf8'))",
        "javascript @ const b = []; for (;;) b.push(Buffer.alloc(1 << 28, 1))",
        "php @ <?php exit(0);",
        "php @ <?php exec('sleep 4243 &'); echo 3;",
        "php @ <?php echo file_get_contents('/etc/passwd');",
        "php @ <?php while (true) echo str_repeat('x', 1000000);",
        "java @ void main() throws Exception { Runtime.getRuntime().exec(new String[] {\"sleep\", \"4243\"}); IO.println(3); }",
        "java @ void main() { var l = new java.util.ArrayList<long[]>(); while (true) l.add(new long[1 << 24]); }",
        "javascript @ function (",
        "php @ <?php function (",
        "java @ void main( {",
      })
  void attacksAndNonsenseAreWrong(String language, String program) throws SandboxMissingException {
    assertThat(verify(adds(language), program)).isInstanceOf(Verdict.Incorrect.class);
    assertThat(ProcessHandle.allProcesses()
            .filter(process -> process.info().commandLine().orElse("").contains("4243")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"cobol", "''"})
  void anUnknownLanguageIsNamed(String language) throws SandboxMissingException {
    assertThat(verify(adds(language), "x"))
        .isEqualTo(new Verdict.Unverifiable(
            "no language '" + language + "': choose one of python, javascript, php, java"));
  }
}
