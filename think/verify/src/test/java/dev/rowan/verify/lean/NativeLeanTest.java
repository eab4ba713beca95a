package dev.rowan.verify.lean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.verify.sandbox.Bare;
import dev.rowan.verify.sandbox.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a Lean of the user's is found and started. It is a shell script. */
final class NativeLeanTest {

  @TempDir
  private Path dir;

  private Path lean(String folder, String script) throws IOException {
    Path lean = Files.createDirectories(dir.resolve(folder).resolve("bin")).resolve("lean");
    Files.writeString(lean, "#!/bin/sh\n" + script + "\n");
    assertThat(lean.toFile().setExecutable(true)).isTrue();
    return lean;
  }

  /** One that says where it is, and judges everything correct. */
  private Path installed(String folder) throws IOException {
    return lean(
        folder,
        "[ \"$1\" = --print-prefix ] && { echo " + dir.toRealPath().resolve(folder) + "; exit; }\n"
            + "echo ready $*\n"
            + "while read -r word rest; do\n"
            + "case $word in elaborate) echo .;; .) echo '= correct';; esac; done");
  }

  private static Optional<Path> find(Map<String, String> environment) {
    return NativeLean.find(name -> Optional.ofNullable(environment.get(name)));
  }

  @Test
  void leanHomeComesBeforeThePathAndThatBeforeElan() throws IOException {
    Path home = installed("home");
    Path onPath = installed("path");
    Path elan = installed(".elan");
    Map<String, String> all = Map.of(
        "LEAN_HOME", dir.resolve("home").toString(),
        "PATH", "/usr/bin:" + dir.resolve("path/bin"),
        "HOME", dir.toString());
    assertThat(find(all)).contains(home);
    assertThat(find(Map.of("PATH", dir.resolve("path/bin").toString(), "HOME", dir.toString())))
        .contains(onPath);
    assertThat(find(Map.of("HOME", dir.toString()))).contains(elan);
    assertThat(find(Map.of("HOME", "/nowhere", "PATH", "/usr/share"))).isEmpty();
  }

  @Test
  void theInstallationBehindAChooserIsWhatRuns() throws IOException {
    installed("toolchain");
    Path chooser = lean("chooser", "exec " + dir.resolve("toolchain/bin/lean") + " \"$@\"");
    List<Job> jobs = new ArrayList<>();
    NativeLean lean = new NativeLean(chooser, Optional.empty(), job -> {
      jobs.add(job);
      return new Bare().start(job);
    });
    lean.start().destroyForcibly();
    Path prefix = dir.toRealPath().resolve("toolchain");
    assertThat(jobs.getFirst().command())
        .startsWith("env", "LEAN_PATH=", prefix.resolve("bin/lean").toString(), "--run")
        .endsWith("Init");
    assertThat(jobs.getFirst().command().get(4)).endsWith("/Judge.lean");
    assertThat(jobs.getFirst().readable()).contains(prefix);
    assertThat(jobs.getFirst().limits().memory()).isEqualTo(16L << 30);
  }

  @Test
  void aProjectBringsItsLibraries() throws IOException {
    Path project = dir.resolve("project");
    Path own = Files.createDirectories(project.resolve(".lake/build/lib/lean"));
    Path mathlib =
        Files.createDirectories(project.resolve(".lake/packages/mathlib/.lake/build/lib/lean"));
    List<Job> jobs = new ArrayList<>();
    NativeLean lean = new NativeLean(
        installed("home"),
        Optional.of(new NativeLean.Project(project, List.of("Mathlib", "Own"))),
        job -> {
          jobs.add(job);
          return new Bare().start(job);
        });
    lean.start().destroyForcibly();
    assertThat(jobs.getFirst().command())
        .contains("LEAN_PATH=" + own + ":" + mathlib)
        .endsWith("Mathlib", "Own");
    assertThat(jobs.getFirst().readable()).contains(own, mathlib);
  }

  @Test
  void aProjectThatIsNotBuiltIsUnverifiableWithTheRemedy() throws IOException {
    NativeLean.Project project =
        new NativeLean.Project(Files.createDirectories(dir.resolve("empty")), List.of("Mathlib"));
    NativeLean lean = new NativeLean(installed("home"), Optional.of(project), new Bare());
    assertThat(verdict(lean))
        .isInstanceOfSatisfying(
            Verdict.Unverifiable.class,
            found -> assertThat(found.cause()).contains("lake build").contains("empty"));
  }

  @Test
  void itsJudgeIsAsked() throws IOException {
    assertThat(verdict(new NativeLean(installed("home"), Optional.empty(), new Bare())))
        .isEqualTo(new Verdict.Correct());
  }

  @Test
  void aLeanThatCannotRunTheJudgeIsUnverifiable() throws IOException {
    Path old = lean(
        "old",
        "[ \"$1\" = --print-prefix ] && { echo " + dir.toRealPath().resolve("old")
            + "; exit; }\necho \"unknown module 'Lean.Elab.Frontend'\" >&2; exit 1");
    assertThat(verdict(new NativeLean(old, Optional.empty(), new Bare())))
        .isEqualTo(new Verdict.Unverifiable(
            "Lean ended without an answer: unknown module 'Lean.Elab.Frontend'"));
  }

  @Test
  void aChooserWithoutALeanIsNamed() throws IOException {
    Path broken = lean("broken", "echo 'error: no default toolchain configured' >&2; exit 1");
    assertThatThrownBy(() -> new NativeLean(broken, Optional.empty(), new Bare()))
        .isInstanceOf(LeanException.class)
        .hasMessageContaining("no default toolchain")
        .hasMessageContaining("LEAN_HOME");
  }

  private static Verdict verdict(NativeLean lean) {
    Problem problem = Problem.of("p", "Prove it.", new Reference.Theorem("t", "theorem t : True"));
    try (LeanVerifier verifier = new LeanVerifier(lean, 1, Duration.ofSeconds(10), false)) {
      return verifier.verify(problem, new Answer("theorem t : True := trivial"));
    }
  }
}
