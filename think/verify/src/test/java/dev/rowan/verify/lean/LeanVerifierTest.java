package dev.rowan.verify.lean;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.verify.sandbox.Bubblewrap;
import dev.rowan.verify.sandbox.SandboxMissingException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real Lean, the one that {@code rowan lean install} fetches. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LeanVerifierTest {

  private Optional<LeanVerifier> verifier = Optional.empty();

  @BeforeAll
  void start() throws IOException, SandboxMissingException {
    WasmLean lean = new WasmLean(
        LeanInstall.folder(name -> Optional.ofNullable(System.getenv(name))), Bubblewrap.open());
    verifier = Optional.of(new LeanVerifier(lean, 1, Duration.ofMinutes(2), false));
  }

  @AfterAll
  void stop() {
    verifier.ifPresent(LeanVerifier::close);
  }

  private Verdict check(String statement, String proof) {
    Problem problem = Problem.of("p", "Prove it.", new Reference.Theorem("t", statement));
    return verifier.orElseThrow().verify(problem, new Answer(proof));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "theorem t (a b : Nat) : (a + b) * 2 = b * 2 + a * 2 | := by omega",
        "theorem t (p q : Prop) : p ∧ q → q ∧ p | := fun ⟨a, b⟩ => ⟨b, a⟩",
        "theorem t : ∃ s : String, s.length = 3 | := ⟨\"a\\\\b\", rfl⟩",
        "theorem t (xs : List Nat) : (xs ++ []).length = xs.length | := by simp",
        "theorem t (a b c : Nat) (h : a = b) (k : b = c) : a = c | := calc\n  a = b := h\n  _ = c := k",
        "theorem t (n : Nat) (h : n > 0) : ∃ m, n = m + 1 | := match n, h with\n  | m + 1, _ => ⟨m, rfl⟩",
        "theorem t (p q : Prop) : p ∨ q ↔ q ∨ p | := by\n  constructor <;> (rintro (h | h) <;> simp [h])",
        "theorem t (n : Nat) : n < 2 ^ n | := go n\nwhere\n  go : (n : Nat) → n < 2 ^ n\n    | 0 => by decide\n    | n + 1 => by\n      have := go n\n      rw [Nat.pow_succ]\n      omega",
        "theorem t (x : Fin 3) : x = 0 ∨ x = 1 ∨ x = 2 | := by\n  revert x\n  decide",
        "theorem t {α : Type u} (a b : α) (h : a = b) : b = a | := h ▸ rfl",
        "theorem t (P : Nat → Prop) (z : P 0) (s : ∀ n, P n → P (n+1)) (n : Nat) : P n | :=\n  Nat.rec z s n",
        "theorem t (xs ys : List Nat) (h : xs = ys) : xs.sum = ys.sum | := by grind",
        "theorem t (a b c : Nat) : a + b + c = c + b + a | := by ac_rfl",
        "structure P where\n  x : Int\n  y : Int\ndef P.swap (p : P) : P := ⟨p.y, p.x⟩\ntheorem t (p : P) : p.swap.swap = p | := by\n  cases p\n  rfl"
      })
  void proofsAreAccepted(String text) {
    String statement = text.substring(0, text.indexOf('|'));
    assertThat(check(statement, text.replaceFirst("\\|", ""))).isEqualTo(new Verdict.Correct());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Recursion on a type of its own, with a lemma that is not part of the statement.
        """
        inductive Tree where
          | leaf : Tree
          | node : Tree → Tree → Tree
        def Tree.size : Tree → Nat
          | .leaf => 1
          | .node l r => l.size + r.size
        theorem Tree.size_pos (x : Tree) : 0 < x.size := by
          induction x with
          | leaf => decide
          | node l r hl hr => unfold Tree.size; omega
        theorem t (n : Nat) : n < n + 1 := by
          have := Tree.size_pos .leaf
          omega
        """,
        // Mutual types.
        """
        mutual
        inductive Even : Nat → Prop
          | zero : Even 0
          | next : Odd n → Even (n + 1)
        inductive Odd : Nat → Prop
          | next : Even n → Odd (n + 1)
        end
        theorem two : Even 2 := .next (.next .zero)
        theorem t (n : Nat) : n < n + 1 := two.casesOn (by omega) (fun _ => by omega)
        """
      })
  void definitionsOfTheProofGoThroughTheKernelToo(String proof) {
    assertThat(check("theorem t (n : Nat) : n < n + 1", proof)).isEqualTo(new Verdict.Correct());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "theorem t : 2 + 2 = 5 := by decide",
        "theorem t : 2 + 2 = 5 := sorry",
        "theorem t : 2 + 2 = 5 := by\n  have h : False := by sorry\n  exact h.elim",
        "axiom magic : 2 + 2 = 5\ntheorem t : 2 + 2 = 5 := magic",
        "theorem t : 2 + 2 = 4 := rfl",
        "theorem s : 2 + 2 = 4 := rfl",
        "def t : 2 + 2 = 5 := sorry",
        "theorem t : 2 + 2 = 5 := t",
        "theorem t (h : False) : 2 + 2 = 5 := h.elim",
        "local macro_rules | `($a + $b) => `(5)\ntheorem t : 2 + 2 = 5 := rfl",
        "local notation \"5\" => 4\ntheorem t : 2 + 2 = 5 := rfl",
        "namespace n\ntheorem t : 2 + 2 = 5 := by omega\nend n",
        "theorem t : 2 + 2 = 5 := Lean.ofReduceBool (2 + 2 == 5) true rfl |> fun h => by simp at h",
        "instance : HAdd Nat Nat Nat := ⟨fun _ _ => 5⟩\ntheorem t : 2 + 2 = 5 := rfl",
        "import Lean\ntheorem t : 2 + 2 = 5 := sorry",
        "theorem t : 2 + 2 = 5 := by",
        "opaque magic : 2 + 2 = 5\ntheorem t : 2 + 2 = 5 := magic",
        "class Magic where\n  out : 2 + 2 = 5\ntheorem t [Magic] : 2 + 2 = 5 := Magic.out",
        "variable (h : 2 + 2 = 5)\ninclude h\ntheorem t : 2 + 2 = 5 := h",
        "set_option «debug».skipKernelTC true\ntheorem t : 2 + 2 = 5 := by decide +kernel",
        "notation:50 a \" = \" b => True\ntheorem t : 2 + 2 = 5 := trivial",
        "macro_rules | `($a = $b) => `(True)\ntheorem t : 2 + 2 = 5 := trivial",
        "syntax \"cheat\" : term\nmacro_rules | `(cheat) => `(sorry)\ntheorem t : 2 + 2 = 5 := cheat",
        "namespace t\ntheorem t : 2 + 2 = 4 := rfl\nend t\nexport t (t)",
        "abbrev Nat := Unit\ntheorem t : 2 + 2 = 5 := rfl",
        "def bad (n : Nat) : 2 + 2 = 5 := bad (n+1)\ntermination_by 0\ndecreasing_by all_goals sorry\ntheorem t : 2 + 2 = 5 := bad 0",
        "mutual\ntheorem a : 2 + 2 = 5 := b\ntheorem b : 2 + 2 = 5 := a\nend\ntheorem t : 2 + 2 = 5 := a",
        "#guard_msgs (drop all) in\ntheorem t : 2 + 2 = 5 := by rfl",
        "-- theorem t : 2 + 2 = 5 := rfl\n/- theorem t : 2 + 2 = 5 := rfl -/",
        "#exit\ntheorem t : 2 + 2 = 5 := sorry",
        "theorem t : 2 + 2 = 5 := lcProof",
        "theorem t : 2 + 2 = 5 := by stop rfl"
      })
  void cheatsAreIncorrect(String proof) {
    assertThat(check("theorem t : 2 + 2 = 5", proof)).isInstanceOf(Verdict.Incorrect.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "def Good (n : Nat) : Prop := n = n\ntheorem t : Good 1 := rfl",
        "namespace A\ndef Good (n : Nat) : Prop := True\nend A\nopen A\ntheorem t : Good 1 := trivial",
        "abbrev Good (_ : Nat) := True\ntheorem t : Good 1 := trivial",
        "variable (Good : Nat → Prop) (h : Good 1)\ninclude h\ntheorem t : Good 1 := h"
      })
  void aDefinitionOfTheSameNameIsNotTheStatements(String proof) {
    assertThat(check("def Good (n : Nat) : Prop := n = 0\ntheorem t : Good 1", proof))
        .isInstanceOf(Verdict.Incorrect.class);
  }

  @Test
  void definitionsUnderTheStatementMustBeTheSame() {
    String statement = "def f (n : Nat) := n + 1\ntheorem t : f 1 = f 1";
    assertThat(check(statement, statement + " := rfl")).isEqualTo(new Verdict.Correct());
    assertThat(check(statement, statement.replace("n + 1", "n + 2") + " := rfl"))
        .isEqualTo(new Verdict.Incorrect("f under the statement is defined differently"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"theorem t : nonsense", "theorem u : True"})
  void aStatementThatSaysNothingIsUnverifiable(String statement) {
    assertThat(check(statement, "theorem t : True := trivial"))
        .isInstanceOf(Verdict.Unverifiable.class);
  }
}
