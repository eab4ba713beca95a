package dev.rowan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rowan.model.Llama;
import dev.rowan.model.LlamaWeights;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GrpoTest {

  private static final Optimizers ADAM = new Optimizers.AdamWAlone(0);
  private static final Schedule RATE = Schedule.constant(0.01, 3);

  @Test
  void raisesTheRewardOfAToyTask() {
    try (LlamaWeights weights = Toys.model(1);
        Trainer<Llama> trainer = Sft.policy(weights, DType.FLOAT32, 2, ADAM)) {
      Grpo grpo = new Grpo(trainer, Grpo.Settings.usual(Toys.WORD + 1), Optional.empty(), 4);
      RandomStream random = new RandomStream(8);
      List<Double> rewards = new ArrayList<>();

      grpo.train(
          batch -> groups(weights, 4, 8, random),
          25,
          RATE,
          metrics -> rewards.add(metrics.getOrDefault("reward", 0.0)));

      assertThat(rewards.getFirst()).isLessThan(0.4);
      assertThat(rewards.getLast()).isGreaterThan(0.8);
    }
  }

  @Test
  void onPolicyRatiosAreOneSoTheFirstLossIsMinusTheMeanAdvantage() {
    try (LlamaWeights weights = Toys.model(1);
        Trainer<Llama> trainer = Sft.policy(weights, DType.FLOAT32, 2, ADAM)) {
      Grpo.Settings settings = new Grpo.Settings(
          GroupAdvantage.STANDARDISED, Aggregation.GRPO, 0.2, 0.2, 0.04, 1, Toys.WORD + 1, 256);
      Grpo grpo = new Grpo(trainer, settings, Optional.of(Toys.frozen(weights)), 4);

      Map<String, Double> metrics = grpo.learn(groups(weights, 4, 8, new RandomStream(8)), RATE, 0);

      assertThat(metrics.get("loss")).isCloseTo(0, within(1e-4));
      assertThat(metrics.get("kl")).isCloseTo(0, within(1e-5));
      assertThat(metrics.get("clip_ratio/low_mean")).isZero();
      assertThat(metrics.get("clip_ratio/high_mean")).isZero();
      assertThat(metrics.get("entropy")).isBetween(1.0, Math.log(11) + 1e-6);
      assertThat(metrics.get("completions/mean_length")).isBetween(1.0, 5.0);
      assertThat(metrics.get("reward_std")).isPositive();
      assertThat(metrics.get("step")).isEqualTo(1);
    }
  }

  @Test
  void groupsThatAgreeTeachNothing() {
    try (LlamaWeights weights = Toys.model(1);
        Trainer<Llama> trainer = Sft.policy(weights, DType.FLOAT32, 2, ADAM)) {
      Grpo grpo = new Grpo(trainer, Grpo.Settings.usual(5), Optional.empty(), 4);
      Rollout rollout = new Rollout(new int[] {3, 1}, new float[] {-1, -1}, 1);
      float[] before = Floats.of(weights.parameters());

      Map<String, Double> metrics = grpo.learn(
          List.of(new RolloutGroup(new int[] {4, 2}, List.of(rollout, rollout))), RATE, 0);

      assertThat(metrics.get("frac_reward_zero_std")).isEqualTo(1);
      assertThat(trainer.steps()).isZero();
      assertThat(Floats.of(weights.parameters())).isEqualTo(before);
    }
  }

  @Test
  void aDivergenceNeedsAReference() {
    try (LlamaWeights weights = Toys.model(1);
        Trainer<Llama> trainer = Sft.policy(weights, DType.FLOAT32, 1, ADAM)) {
      Grpo.Settings settings =
          new Grpo.Settings(GroupAdvantage.CENTRED, Aggregation.DR_GRPO, 0.2, 0.2, 0.1, 1, 5, 256);
      assertThatThrownBy(() -> new Grpo(trainer, settings, Optional.empty(), 1))
          .hasMessageContaining("KL weight of 0.1");
    }
  }

  @Test
  void everyTokenOfARolloutHasALogProbability() {
    assertThatThrownBy(() -> new Rollout(new int[] {1, 2}, new float[1], 0))
        .hasMessageContaining("2 tokens has 1");
  }

  /** Roll-outs that earn the share of letters that are the first letter of all. */
  private static List<RolloutGroup> groups(
      LlamaWeights weights, int problems, int size, RandomStream random) {
    Llama llama = Toys.frozen(weights);
    List<RolloutGroup> groups = new ArrayList<>();
    for (int i = 0; i < problems; i++) {
      int[] prompt = Toys.prompt(random);
      List<Rollout> rollouts = new ArrayList<>();
      for (int j = 0; j < size; j++) {
        Rollout said = Toys.sample(llama, prompt, false, random);
        double hits = 0;
        for (int token : said.tokens()) {
          hits += token == Toys.FIRST_LETTER ? 1 : 0;
        }
        rollouts.add(new Rollout(said.tokens(), said.logProbs(), hits / (Toys.WORD + 1)));
      }
      groups.add(new RolloutGroup(prompt, rollouts));
    }
    return groups;
  }
}
