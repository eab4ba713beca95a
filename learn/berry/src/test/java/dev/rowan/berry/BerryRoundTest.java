package dev.rowan.berry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import dev.rowan.engine.Engine;
import dev.rowan.engine.EngineSettings;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.ModelFolder;
import dev.rowan.model.Tokenizer;
import dev.rowan.policy.PromptEncoder;
import dev.rowan.verify.nano.NanoVerifier;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BerryRoundTest {

  @TempDir
  private Path dir;

  private BerryRound.Harvest harvest(Verifier verifier) throws Exception {
    ModelFolder folder = TinyModels.policy(dir);
    try (Tokenizer tokenizer = folder.tokenizer();
        LlamaWeights weights = folder.weights();
        Engine engine = new Engine(weights, EngineSettings.forThisMachine())) {
      PromptEncoder encoder = new PromptEncoder(tokenizer);
      return new BerryRound(
              TinyRun.plan(3),
              encoder,
              verifier,
              new TokenCredit(
                  new TokenLabels(new NanoVerifier(), encoder, weights.config().eosId()), encoder),
              TinyRun.MAX_TOKENS,
              new Stopwatch())
          .run(1, engine);
    }
  }

  @Test
  void onlyWhatIsSometimesRightIsLearnedFrom() throws Exception {
    BerryRound.Harvest harvest = harvest(TinyRun.BY_CHANCE);
    assertThat(harvest.rollouts()).hasSize(16);
    assertThat(harvest.funnel().sampled()).isEqualTo(16);
    assertThat(harvest.groups()).isNotEmpty().allSatisfy(group -> {
      assertThat(group.rollouts()).isNotEmpty().hasSizeLessThanOrEqualTo(4);
      assertThat(group.rollouts()).allMatch(rollout -> rollout.advantages().isPresent());
    });
    assertThat(harvest.kept()).isNotEmpty().hasSizeGreaterThanOrEqualTo((int)
        harvest.funnel().kept());
    long sampled = harvest.rollouts().stream()
        .mapToLong(rollout -> rollout.chain().usage().completionTokens())
        .sum();
    assertThat(harvest.tokens()).isGreaterThanOrEqualTo(sampled);
  }

  @Test
  void whatNobodyCanTellTeachesNothing() throws Exception {
    BerryRound.Harvest harvest = harvest((problem, answer) -> new Verdict.Unverifiable("no idea"));
    assertThat(harvest.groups()).isEmpty();
    assertThat(harvest.kept()).isEmpty();
    assertThat(harvest.funnel().unverifiable()).isEqualTo(16);
  }

  @Test
  void problemsThatSamplingSolvesAlwaysTeachNothing() throws Exception {
    BerryRound.Harvest harvest = harvest((problem, answer) -> new Verdict.Correct());
    assertThat(harvest.groups()).isEmpty();
    assertThat(harvest.rollouts()).allMatch(rollout -> rollout.verdict().isCorrect());
  }

  @Test
  void treeSearchFindsWhatSamplingMissed() throws Exception {
    BerryRound.Harvest unsolved =
        harvest((problem, answer) -> new Verdict.Incorrect("never right"));
    assertThat(unsolved.kept()).isEmpty();
    Set<String> sampled = unsolved.rollouts().stream()
        .map(rollout -> rollout.chain().text())
        .collect(Collectors.toSet());
    BerryRound.Harvest searched = harvest((problem, answer) -> sampled.contains(answer.text())
        ? new Verdict.Incorrect("sampled before")
        : new Verdict.Correct());
    assertThat(searched.funnel().kept()).isZero();
    assertThat(searched.kept()).hasSize(2);
  }
}
