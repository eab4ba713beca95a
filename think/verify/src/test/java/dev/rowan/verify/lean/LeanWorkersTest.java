package dev.rowan.verify.lean;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a check whose Lean misbehaves. Its Lean is a shell script; {@code $1} tells how often one was started. */
final class LeanWorkersTest {

  private static final Problem PROBLEM =
      Problem.of("p", "Prove it.", new Reference.Theorem("t", "theorem t : True"));

  @TempDir
  private Path dir;

  private Path starts = Path.of("");

  @BeforeEach
  void noneStarted() throws IOException {
    starts = Files.createFile(dir.resolve("starts"));
  }

  private Toolchain lean(String loop) {
    return new Toolchain() {
      @Override
      public String name() {
        return "a fake";
      }

      @Override
      public Process start() throws IOException {
        String script = "echo x >> " + starts + "; echo ready fake; n=$(wc -l < " + starts
            + "); while read -r word rest; do " + loop + "; done";
        return new ProcessBuilder("sh", "-c", script).start();
      }
    };
  }

  private static Verdict check(LeanVerifier verifier) {
    return verifier.verify(PROBLEM, new Answer("theorem t : True := trivial"));
  }

  private LeanVerifier verifier(String loop, boolean fresh) {
    return new LeanVerifier(lean(loop), 1, Duration.ofSeconds(2), fresh);
  }

  private long started() throws IOException {
    return Files.readAllLines(starts).size();
  }

  private static final String GOOD = "case $word in elaborate) echo .;; .) echo '= correct';; esac";

  @Test
  void warmProcessesAreKept() throws IOException {
    try (LeanVerifier verifier = verifier(GOOD, false)) {
      for (int i = 0; i < 5; i++) {
        assertThat(check(verifier)).isEqualTo(new Verdict.Correct());
      }
      assertThat(started()).isEqualTo(2);
    }
  }

  @Test
  void freshProofsGetElaboratorsOfTheirOwn() throws IOException {
    try (LeanVerifier verifier = verifier(GOOD, true)) {
      for (int i = 0; i < 3; i++) {
        assertThat(check(verifier)).isEqualTo(new Verdict.Correct());
      }
      assertThat(started()).isEqualTo(4);
    }
  }

  @Test
  void aDeathIsUnverifiableAndTheNextCheckStartsAnew() {
    String once = "[ $n = 1 ] && { echo 'out of memory' >&2; exit 1; }; " + GOOD;
    try (LeanVerifier verifier = verifier(once, false)) {
      assertThat(check(verifier))
          .isEqualTo(new Verdict.Unverifiable("Lean ended without an answer: out of memory"));
      assertThat(check(verifier)).isEqualTo(new Verdict.Correct());
    }
  }

  @Test
  void aHangIsUnverifiableAndEnded() {
    String hang = "[ $n = 1 ] && { exec sleep 600; }; " + GOOD;
    try (LeanVerifier verifier = verifier(hang, false)) {
      assertThat(check(verifier)).isEqualTo(new Verdict.Unverifiable("Lean took longer than 2 s"));
      assertThat(check(verifier)).isEqualTo(new Verdict.Correct());
    }
  }

  @Test
  void onlyTheJudgeCanSayCorrect() {
    String forged = "case $word in elaborate) echo '= correct';; esac";
    try (LeanVerifier verifier = verifier(forged, false)) {
      assertThat(check(verifier)).isInstanceOf(Verdict.Unverifiable.class);
    }
  }

  @Test
  void whatLeanSaysIsTheReason() {
    for (List<String> each : List.of(
        List.of("elaborate) printf '%s\\n' '! unsolved goals\\na'", "INCORRECT unsolved goals; a"),
        List.of("elaborate) echo '? oops'", "UNVERIFIABLE Lean failed: oops"),
        List.of(
            "elaborate) echo .;; .) echo '= incorrect it proves another statement'",
            "INCORRECT it proves another statement"),
        List.of(
            "elaborate) echo .;; .) echo '= statement no'",
            "UNVERIFIABLE the statement itself does not elaborate: no"))) {
      try (LeanVerifier verifier =
          verifier("case $word in " + each.getFirst() + ";; esac", false)) {
        String found =
            switch (check(verifier)) {
              case Verdict.Correct _ -> "CORRECT";
              case Verdict.Incorrect(String reason) -> "INCORRECT " + reason;
              case Verdict.Unverifiable(String cause) -> "UNVERIFIABLE " + cause;
            };
        assertThat(found).isEqualTo(each.getLast());
      }
    }
  }

  @Test
  void whatNeedsNoLeanStartsNone() throws IOException {
    try (LeanVerifier verifier = verifier(GOOD, false)) {
      assertThat(verifier.verify(PROBLEM, new Answer(" ")))
          .isEqualTo(new Verdict.Incorrect("no proof"));
      assertThat(verifier.verify(PROBLEM, new Answer("#eval 1")))
          .isEqualTo(new Verdict.Incorrect("'#eval' has no place in a proof"));
      assertThat(verifier.verify(
              Problem.of("p", "q", new Reference.Theorem("a b", "theorem")), new Answer("x")))
          .isInstanceOf(Verdict.Unverifiable.class);
      assertThat(verifier.verify(Problem.of("p", "q", new Reference.None()), new Answer("x")))
          .isEqualTo(new Verdict.Unverifiable("the problem states no theorem"));
      assertThat(started()).isZero();
    }
  }

  @Test
  void theLastFencedBlockIsTheProof() {
    assertThat(LeanVerifier.proof(new Answer("First ```lean\na\n``` then\n```lean4\nb\n``` done")))
        .isEqualTo("b\n");
    assertThat(LeanVerifier.proof(new Answer("theorem t"))).isEqualTo("theorem t");
  }
}
