package dev.rowan.verify.lean;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CodeWordsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#eval 1",
        "#eval! f",
        "theorem t : True := by native_decide",
        "set_option   debug.skipKernelTC true",
        "@[implemented_by g] def f := 1",
        "@[extern \"x\"] def f := 1",
        "unsafe def f := 1",
        "initialize foo : Nat ← pure 1",
        "elab \"x\" : tactic => pure ()",
        "run_cmd pure ()",
        "theorem t : True := by run_tac pure ()",
        "-- a comment\n#eval 1",
        "/- a -/ #eval 1 /- b -/"
      })
  void wordsThatRunCodeAreFound(String text) {
    assertThat(CodeWords.find(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "theorem unsafe_add : True := trivial",
        "theorem t : True := by simp [Foo.extern]",
        "def elab' := 1",
        "-- unsafe and #eval only in a comment\ntheorem t : True := trivial",
        "/- native_decide\n would do -/ theorem t : True := trivial",
        "set_option maxRecDepth 1000",
        ""
      })
  void otherTextsPass(String text) {
    assertThat(CodeWords.find(text)).isEmpty();
  }
}
