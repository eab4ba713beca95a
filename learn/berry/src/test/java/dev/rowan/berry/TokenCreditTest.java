package dev.rowan.berry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.data.nano.NanoVocabulary;
import dev.rowan.model.Tokenizer;
import dev.rowan.policy.PromptEncoder;
import dev.rowan.train.Rollout;
import dev.rowan.train.RolloutGroup;
import dev.rowan.verify.nano.NanoVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCreditTest {

  private static final Problem PROBLEM = Problem.of(
      "p",
      "Sam has 32 nuts. Ivy has half as many as Sam. Ben has 4 more than Ivy. "
          + "How many nuts does Ben have?\n",
      new Reference.None());
  private static final String RIGHT =
      "Ivy has half as many as Sam: 32/2=16\nBen has 4 more than Ivy: 16+4=20\n#### 20<eos>";
  private static final String FALSE_LINE = "Ben has 4 more than Ivy: 16+4=21\n";
  private static final String WRONG =
      "Ivy has half as many as Sam: 32/2=16\n" + FALSE_LINE + "#### 21<eos>";

  @TempDir
  private static Path dir;

  private final Tokenizer tokenizer;

  TokenCreditTest() throws IOException {
    tokenizer = TinyModels.withTokenizer(dir).tokenizer();
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  private Pruning.Judged judged(String chain, Verdict verdict) {
    return new Pruning.Judged(PROBLEM, SampledChain.of(tokenizer, PROBLEM, chain), verdict, 0);
  }

  private List<Rollout> credit(Pruning.Judged... rollouts) {
    PromptEncoder encoder = new PromptEncoder(tokenizer);
    TokenLabels labels = new TokenLabels(new NanoVerifier(), encoder, NanoVocabulary.EOS);
    RolloutGroup group =
        new TokenCredit(labels, encoder).group(PROBLEM, Stream.of(rollouts).toList());
    assertThat(group.prompt()).isEqualTo(tokenizer.encode(PROBLEM.question()));
    return group.rollouts();
  }

  private static float[] advantages(Rollout rollout) {
    return rollout.advantages().orElseThrow();
  }

  @Test
  void trueLinesArePraisedAndTheFirstFalseTokenAloneIsBlamed() {
    List<Rollout> rollouts =
        credit(judged(RIGHT, new Verdict.Correct()), judged(WRONG, new Verdict.Incorrect("21")));
    assertThat(rollouts).extracting(Rollout::reward).containsExactly(1.0, 0.0);
    float praise = advantages(rollouts.getFirst())[0];
    assertThat(praise).isPositive();
    assertThat(advantages(rollouts.getFirst())).containsOnly(praise);
    float[] wrong = advantages(rollouts.getLast());
    int firstLine = tokenizer.encode("Ivy has half as many as Sam: 32/2=16\n").length;
    int upToTheFalseDigit = tokenizer.encode("Ben has 4 more than Ivy: 16+4=21").length;
    assertThat(wrong).hasSize(firstLine + upToTheFalseDigit);
    for (int i = 0; i < wrong.length - 1; i++) {
      assertThat(wrong[i]).isEqualTo(i < firstLine ? praise : 0);
    }
    assertThat(wrong[wrong.length - 1]).isNegative();
    assertThat(rollouts.getLast().logProbs()).hasSize(wrong.length).containsOnly(-1);
  }

  @Test
  void aProblemThatWasNeverSolvedTeachesToo() {
    List<Rollout> rollouts = credit(
        judged(WRONG, new Verdict.Incorrect("21")), judged(FALSE_LINE, new Verdict.Incorrect("")));
    float[] first = advantages(rollouts.getFirst());
    assertThat(first[0]).isPositive();
    float[] last = advantages(rollouts.getLast());
    assertThat(last[last.length - 1]).isNegative().isEqualTo(first[first.length - 1]);
  }

  @Test
  void nothingIsLearnedWhereAllIsTrueAndFromWhatNobodyCanJudge() {
    List<Rollout> rollouts = credit(
        judged(RIGHT, new Verdict.Correct()),
        judged(RIGHT, new Verdict.Correct()),
        judged(WRONG, new Verdict.Unverifiable("nobody can tell")));
    assertThat(rollouts).hasSize(2);
    assertThat(rollouts).allSatisfy(rollout -> assertThat(advantages(rollout)).containsOnly(0));
  }
}
