package dev.rowan.cli;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.verify.ExtractedAnswer;
import dev.rowan.verify.lean.LeanInstall;
import dev.rowan.verify.lean.LeanVerifier;
import dev.rowan.verify.lean.NativeLean;
import dev.rowan.verify.lean.Toolchain;
import dev.rowan.verify.lean.WasmLean;
import dev.rowan.verify.sandbox.SandboxMissingException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The kind {@code lean}: an answer that is a proof, checked by Lean. */
final class LeanKind implements VerifyKind {

  @Option(
      names = "--lean-project",
      paramLabel = "DIR",
      description = "Built Lake project whose library proofs may use, with your own Lean.")
  private Optional<Path> project = Optional.empty();

  @Option(
      names = "--lean-import",
      paramLabel = "MODULE",
      split = ",",
      description = "What of that project is imported. Default: Mathlib.")
  private List<String> modules = List.of("Mathlib");

  @Option(
      names = "--lean-fresh",
      description = "Elaborate each proof in a process of its own: slow, for input that matters.")
  private boolean fresh;

  @Option(
      names = "--lean-seconds",
      paramLabel = "N",
      description = "Wall clock of each of a proof's two steps. Default: 60.")
  private int seconds = (int) LeanVerifier.LIMIT.toSeconds();

  private final CodeKind code;
  private Optional<LeanVerifier> verifier = Optional.empty();

  /** In the sandbox of that kind. */
  LeanKind(CodeKind code) {
    this.code = code;
  }

  @Override
  public String name() {
    return "lean";
  }

  @Override
  public String help() {
    return """
        name, statement (no ":="), answer (the whole text, or its last fenced block):
        {"kind": "lean", "name": "t", "statement": "theorem t (a : Nat) : a = a",
         "answer": "theorem t (a : Nat) : a = a := rfl"}
        by your own Lean (LEAN_HOME, PATH, elan), or that of 'rowan lean install'""";
  }

  @Override
  public void checkOptions() {
    if (seconds < 1) {
      throw new UserException(Exit.USAGE, "--lean-seconds is " + seconds + ": choose 1 or more");
    }
  }

  @Override
  public Checked check(VerifyLine line) {
    Answer answer = new Answer(line.text("answer"));
    Reference.Theorem theorem = new Reference.Theorem(line.text("name"), line.text("statement"));
    Verdict verdict;
    try {
      Problem problem = Problem.of(line.find("id").orElse("line"), "Prove it.", theorem);
      verdict = open().verify(problem, answer);
    } catch (SandboxMissingException e) {
      verdict =
          new Verdict.Unverifiable(e.getMessage() + "; --unsafe-no-sandbox runs Lean without it");
    } catch (IOException e) {
      verdict = new Verdict.Unverifiable(String.valueOf(e.getMessage()));
    }
    String proof = LeanVerifier.proof(answer);
    int start = answer.text().lastIndexOf(proof);
    return new Checked(
        verdict, Optional.of(new ExtractedAnswer(proof, start, start + proof.length())));
  }

  private synchronized LeanVerifier open() throws IOException, SandboxMissingException {
    if (verifier.isEmpty()) {
      verifier = Optional.of(
          new LeanVerifier(toolchain(), LeanVerifier.lanes(), Duration.ofSeconds(seconds), fresh));
    }
    return verifier.get();
  }

  private Toolchain toolchain() throws IOException, SandboxMissingException {
    Optional<Path> own = NativeLean.find(LeanKind::environment);
    if (own.isEmpty() && project.isEmpty()) {
      return new WasmLean(LeanInstall.folder(LeanKind::environment), code.sandbox());
    }
    if (own.isEmpty()) {
      throw new IOException("--lean-project needs a Lean of your own: install it with elan");
    }
    return new NativeLean(
        own.get(), project.map(folder -> new NativeLean.Project(folder, modules)), code.sandbox());
  }

  static Optional<String> environment(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }

  @Override
  public synchronized void close() {
    verifier.ifPresent(LeanVerifier::close);
  }
}
