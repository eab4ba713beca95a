package dev.rowan.bench;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.verify.lean.LeanInstall;
import dev.rowan.verify.lean.LeanVerifier;
import dev.rowan.verify.lean.WasmLean;
import dev.rowan.verify.sandbox.Bubblewrap;
import dev.rowan.verify.sandbox.SandboxMissingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How long the WebAssembly Lean takes to start, and how fast one lane of it checks small proofs once warm. */
public final class LeanProofs {

  private static final int STARTS = 3;
  private static final int ROUNDS = 5;

  /** Each a statement and a proof of it. */
  private static final List<List<String>> PROOFS = List.of(
      List.of("theorem t (a b c : Nat) (h : a < b) : a + c < b + c", "by omega"),
      List.of("theorem t (a b : Nat) : a * b + 0 = b * a", "by simp [Nat.mul_comm]"),
      List.of("theorem t : 2 ^ 10 = 1024", "by decide"),
      List.of("theorem t (p q : Prop) : p ∧ q → q ∧ p", "fun ⟨x, y⟩ => ⟨y, x⟩"),
      List.of("theorem t (p : Prop) : ¬¬p → p", "fun h => Classical.byContradiction h"),
      List.of(
          "theorem t (xs ys : List Nat) : (xs ++ ys).length = ys.length + xs.length", "by grind"),
      List.of(
          "theorem t (n : Nat) : 0 + n = n",
          "by induction n with | zero => rfl | succ n h => omega"),
      List.of("theorem t : ∃ n : Nat, n * n = 49", "⟨7, rfl⟩"));

  private LeanProofs() {}

  /** Measures. */
  public static void main(String[] args)
      throws IOException, SandboxMissingException, InterruptedException {
    WasmLean lean = new WasmLean(
        LeanInstall.folder(name -> Optional.ofNullable(System.getenv(name))), Bubblewrap.open());
    lean.start().destroyForcibly().waitFor(); // makes the image if there is none
    for (int i = 0; i < STARTS; i++) {
      long start = System.nanoTime();
      Process process = lean.start();
      try (BufferedReader out = process.inputReader()) {
        out.readLine();
      }
      System.out.printf(Locale.ROOT, "start          %6.2f s%n", (System.nanoTime() - start) / 1e9);
      process.destroyForcibly();
    }
    try (LeanVerifier verifier = new LeanVerifier(lean, 1, Duration.ofMinutes(1), false)) {
      System.out.printf(
          Locale.ROOT,
          "first proof    %6.2f s, with the start of both processes%n",
          check(verifier, PROOFS.getFirst()) / 1e3);
      for (int i = 0; i < ROUNDS; i++) {
        round(verifier);
      }
    }
  }

  private static void round(LeanVerifier verifier) {
    List<Double> millis = new ArrayList<>();
    for (List<String> proof : PROOFS) {
      millis.add(check(verifier, proof));
    }
    double all = millis.stream().mapToDouble(Double::doubleValue).sum();
    List<Double> sorted = millis.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "warm           %6.1f a second, p50 %.0f ms, p95 %.0f ms%n",
        1e3 * millis.size() / all,
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() * 95 / 100));
  }

  /** How long a right proof takes, in milliseconds. */
  private static double check(LeanVerifier verifier, List<String> proof) {
    String statement = proof.getFirst();
    Problem problem = Problem.of("p", "Prove it.", new Reference.Theorem("t", statement));
    long start = System.nanoTime();
    Answer answer = new Answer(statement + " := " + proof.getLast());
    if (!verifier.verify(problem, answer).isCorrect()) {
      throw new IllegalStateException("a right proof is not right: " + statement);
    }
    return (System.nanoTime() - start) / 1e6;
  }
}
