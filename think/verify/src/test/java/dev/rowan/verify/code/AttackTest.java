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
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that attack the machine or the verdict. None is right, none leaves anything, none harms the next. */
@Timeout(240)
final class AttackTest {

  private static final String SLOW = "!slow";
  private static final String PRINTING = "!prints";
  private static final Limits LIMITS =
      Limits.DEFAULT.withCpu(Duration.ofSeconds(1)).withMemory(1 << 28);
  private static final Duration WALL = Duration.ofMillis(1200);

  private static final UnitTests CHECK =
      new UnitTests("python", "", "f", new Tests.Assertions("""
          def check(candidate):
              assert candidate(2) == 4
              assert candidate(3) == 9
              assert abs(candidate(10) - 100) < 1e-6
              assert candidate(7) in [49]
          """));

  private static final UnitTests CALLS = new UnitTests(
      "python", "", "f", new Tests.Pairs(List.of(new Pair("[2]", "4"), new Pair("[3]", "9"))));

  private static final UnitTests PROGRAM = new UnitTests(
      "python", "", "", new Tests.Pairs(List.of(new Pair("2", "4"), new Pair("3", "9"))));

  private static final String HONEST = """
      import sys
      def f(x):
          return x * x
      if __name__ == "__main__":
          print(f(int(sys.stdin.read())))
      """;

  private record Attack(String name, String code) {

    List<UnitTests> ways() {
      if (name.contains(SLOW)) {
        return List.of(CHECK);
      }
      return name.contains(PRINTING) ? List.of(CHECK, CALLS, PROGRAM) : List.of(CHECK, CALLS);
    }
  }

  private static List<Attack> attacks() throws IOException {
    try (InputStream stream = AttackTest.class.getResourceAsStream("attacks.py")) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(text.split("(?m)^#### "))
          .filter(section -> !section.isBlank())
          .map(section -> new Attack(
              section.substring(0, section.indexOf('\n')),
              section.substring(section.indexOf('\n'))))
          .toList();
    }
  }

  private static Verdict verify(CodeVerifier verifier, UnitTests tests, String code) {
    return verifier.verify(Problem.of("attack", "Write f.", tests), new Answer(code));
  }

  /** Everything on the host that an attack could have changed. */
  private static Set<String> host() throws IOException {
    Set<String> host = new TreeSet<>();
    for (String folder : List.of("/usr", "/usr/bin", "/dev/shm", "/dev/mqueue", "/etc")) {
      if (Files.isDirectory(Path.of(folder))) {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
          files.map(Path::toString).forEach(host::add);
        }
      }
    }
    for (String file : List.of(
        "/proc/sys/kernel/core_pattern",
        "/proc/sys/kernel/hostname",
        "/proc/sysvipc/shm",
        "/proc/sysvipc/msg",
        "/proc/sysvipc/sem")) {
      if (Files.isReadable(Path.of(file))) {
        host.add(file + " " + Files.readString(Path.of(file)).lines().count());
      }
    }
    return host;
  }

  private static List<String> sleepers() {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(command -> command.contains("4242"))
        .toList();
  }

  @Test
  void noAttackIsRightOrLeavesATrace() throws IOException, SandboxMissingException {
    Set<String> before = host();
    List<String> succeeded = new ArrayList<>();
    try (CodeVerifier verifier = new CodeVerifier(Bubblewrap.open(), LIMITS, WALL, 1)) {
      for (Attack attack : attacks()) {
        for (UnitTests way : attack.ways()) {
          if (verify(verifier, way, attack.code()).isCorrect()) {
            succeeded.add(attack.name());
          }
        }
        Verdict next = verify(verifier, CHECK, HONEST);
        if (!next.isCorrect()) {
          succeeded.add(attack.name() + " harmed the next: " + next);
        }
      }
    }
    assertThat(succeeded).isEmpty();
    assertThat(sleepers()).isEmpty();
    assertThat(host()).isEqualTo(before);
  }
}
