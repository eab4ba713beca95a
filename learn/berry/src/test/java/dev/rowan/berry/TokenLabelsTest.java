package dev.rowan.berry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.data.nano.NanoVocabulary;
import dev.rowan.model.Tokenizer;
import dev.rowan.policy.PromptEncoder;
import dev.rowan.train.LabelledSequence;
import dev.rowan.verify.nano.NanoVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenLabelsTest {

  private static final String GROVE =
      "Sam has 32 nuts. Ivy has half as many as Sam. Ben has as many as Ivy and Sam together. "
          + "How many nuts does Ben have?\n";
  private static final String IVY = "Ivy has half as many as Sam: 32/2=16\n";
  private static final String BEN = "Ben has as many as Ivy and Sam together: 16+32=48\n";
  private static final String COUNTDOWN = "Use 6, 19, 1 to make 14.\n";

  @TempDir
  private static Path dir;

  private final Tokenizer tokenizer;

  TokenLabelsTest() throws IOException {
    tokenizer = TinyModels.withTokenizer(dir).tokenizer();
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  /** The tokens of a chain by what is said of them, joined. */
  private record Labels(String prompt, String trueTokens, String falseToken, String unjudged) {}

  private Labels label(String question, String chain) {
    Problem problem = Problem.of("p", question, new Reference.None());
    TokenLabels labels =
        new TokenLabels(new NanoVerifier(), new PromptEncoder(tokenizer), NanoVocabulary.EOS);
    LabelledSequence sequence = labels.label(problem, SampledChain.of(tokenizer, problem, chain));
    List<String> parts = new ArrayList<>(List.of("", "", "", ""));
    for (int i = 0; i < sequence.tokens().length; i++) {
      float label = sequence.labels()[i];
      int part = i < sequence.promptLength() ? 0 : label == 1 ? 1 : label == 0 ? 2 : 3;
      parts.set(part, parts.get(part) + text(sequence.tokens()[i]));
    }
    return new Labels(parts.get(0), parts.get(1), parts.get(2), parts.get(3));
  }

  private String text(int id) {
    return id == NanoVocabulary.EOS ? SampledChain.END : tokenizer.decode(id);
  }

  @Test
  void everyTokenOfATrueChainIsTrueAndSoIsItsEnd() {
    assertThat(label(GROVE, IVY + BEN + "#### 48<eos>"))
        .isEqualTo(new Labels(GROVE, IVY + BEN + "#### 48<eos>", "", ""));
    String moves = "19+1=20, left 6, 20\n20-6=14, left 14\n#### 14<eos>";
    assertThat(label(COUNTDOWN, moves)).isEqualTo(new Labels(COUNTDOWN, moves, "", ""));
  }

  @Test
  void nothingIsSaidAfterAFalseDigit() {
    assertThat(label(GROVE, "Ivy has half as many as Sam: 32/2=17\n" + BEN + "#### 48<eos>"))
        .isEqualTo(new Labels(
            GROVE, "Ivy has half as many as Sam: 32/2=1", "7", "\n" + BEN + "#### 48<eos>"));
    assertThat(label(COUNTDOWN, "19+1=21, left 6, 21\n"))
        .isEqualTo(new Labels(COUNTDOWN, "19+1=2", "1", ", left 6, 21\n"));
  }

  @Test
  void trueLinesMayComeInAnyOrder() {
    assertThat(label(GROVE, BEN + IVY + "#### 48<eos>"))
        .isEqualTo(new Labels(GROVE, BEN + IVY + "#### 48<eos>", "", ""));
  }

  @Test
  void aFalseCopyIsFalseAtTheWord() {
    assertThat(label(GROVE, "Ivy has half as many as Ben: 32/2=16\n"))
        .isEqualTo(new Labels(GROVE, "Ivy has half as many as ", "Ben", ": 32/2=16\n"));
  }

  @Test
  void aChainThatIsCutOffIsTrueAsFarAsItGoes() {
    assertThat(label(GROVE, IVY + "Ben has as many as Ivy"))
        .isEqualTo(new Labels(GROVE, IVY + "Ben has as many as Ivy", "", ""));
    assertThat(label(COUNTDOWN, "19+1=")).isEqualTo(new Labels(COUNTDOWN, "19+1=", "", ""));
  }

  @Test
  void anEndTooEarlyIsFalse() {
    assertThat(label(GROVE, IVY + "<eos>")).isEqualTo(new Labels(GROVE, IVY, SampledChain.END, ""));
    assertThat(label(GROVE, "Ivy has <eos>"))
        .isEqualTo(new Labels(GROVE, "Ivy has ", SampledChain.END, ""));
    assertThat(label(GROVE, "<eos>")).isEqualTo(new Labels(GROVE, "", SampledChain.END, ""));
  }

  @Test
  void whatComesInsteadOfTheEndIsFalse() {
    assertThat(label(GROVE, IVY + BEN + "#### 48\n" + IVY))
        .isEqualTo(new Labels(GROVE, IVY + BEN + "#### 48", "\n", IVY));
    assertThat(label(GROVE, IVY + BEN + "#### 49<eos>"))
        .isEqualTo(new Labels(GROVE, IVY + BEN + "#### 4", "9", SampledChain.END));
  }

  @Test
  void aLegalMoveIntoADeadEndIsTrueUntilNothingIsLeftToSay() {
    String moves = "19-6=13, left 1, 13\n13-1=12, left 12\n";
    assertThat(label(COUNTDOWN, moves + "#### 14<eos>"))
        .isEqualTo(new Labels(COUNTDOWN, moves, "#### ", "14<eos>"));
  }

  @Test
  void anIllegalMoveIsFalseWhereNoLegalOneGoesOnSo() {
    assertThat(label(COUNTDOWN, "19-6=13, left 6, 13\n"))
        .isEqualTo(new Labels(COUNTDOWN, "19-6=13, left ", "6", ", 13\n"));
  }
}
