package dev.rowan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.model.Llama;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.TokenHead;
import dev.rowan.model.ValueHead;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.Gradients;
import dev.rowan.tensor.RandomStream;
import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RewardTrainingTest {

  @Test
  void tokenHeadLearnsToSpotAPlantedError() {
    try (LlamaWeights weights = Toys.model(1);
        TokenHead head = TokenHead.initial(weights)) {
      try (Trainer<ProcessRewardTraining.Judge> trainer =
          ProcessRewardTraining.judge(weights, head, DType.FLOAT32, 2)) {
        new ProcessRewardTraining(trainer, new StepSize(320, 2))
            .train(labelled(1024, 3), 8, 5, Schedule.linear(4e-3, 10, 0.05), step -> {});
      }

      List<LabelledSequence> heldOut = labelled(100, 77);
      int right = 0;
      for (LabelledSequence sequence : heldOut) {
        right += firstFalse(weights, head, sequence) == firstFalse(sequence) ? 1 : 0;
      }
      assertThat(right).isGreaterThan(90);
    }
  }

  @Test
  void everyTokenHasALabel() {
    assertThatThrownBy(() -> new LabelledSequence(new int[2], 1, new float[1]))
        .hasMessageContaining("1 labels");
    assertThatThrownBy(() -> new LabelledSequence(new int[2], 1, new float[2]))
        .hasMessageContaining("behind a prompt");
  }

  @Test
  void valueHeadSeparatesWhatALineSeparates() {
    RandomStream random = new RandomStream(5);
    float[][] features = new float[400][8];
    float[] labels = new float[400];
    for (int i = 0; i < 400; i++) {
      for (int j = 0; j < 8; j++) {
        features[i][j] = (float) random.nextGaussian();
      }
      labels[i] = features[i][2] - features[i][5] > 0.3 ? 1 : 0;
    }

    try (ValueHead head = new OutcomeRewardTraining(1e-4).train(features, labels);
        Scope _ = Scope.open()) {
      int right = 0;
      for (int i = 0; i < 400; i++) {
        double logit = head.values(Tensor.of(features[i], 1, 8)).item();
        right += (logit > 0) == (labels[i] > 0) ? 1 : 0;
      }
      assertThat(right).isGreaterThan(392);
    }
  }

  @Test
  void valueHeadGivesTheBaseRateWhenNothingElseIsKnown() {
    float[][] features = new float[10][3];
    float[] labels = {1, 0, 0, 0, 1, 0, 0, 0, 0, 0};
    try (ValueHead head = new OutcomeRewardTraining(1e-6).train(features, labels);
        Scope _ = Scope.open()) {
      double rate = head.values(Tensor.of(new float[3], 1, 3)).sigmoid().item();
      assertThat(rate).isBetween(0.199, 0.201);
    }
  }

  @Test
  void outcomesNeedALabelEach() {
    OutcomeRewardTraining training = new OutcomeRewardTraining(1e-3);
    assertThatThrownBy(() -> training.train(new float[2][3], new float[1]))
        .hasMessageContaining("2 chains have 1");
    assertThatThrownBy(() -> training.train(new float[0][3], new float[0]))
        .hasMessageContaining("0 chains");
    assertThatThrownBy(() -> training.train(new float[][] {{1}, {1, 2}}, new float[2]))
        .hasMessageContaining("1 and 2");
    assertThatThrownBy(() -> new OutcomeRewardTraining(0)).hasMessageContaining("ridge 0.0");
  }

  /** Copies, half of them with one wrong letter. */
  private static List<LabelledSequence> labelled(int count, long seed) {
    RandomStream random = new RandomStream(seed);
    List<LabelledSequence> sequences = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] prompt = Toys.prompt(random);
      int[] tokens = Toys.copied(prompt);
      float[] labels = new float[tokens.length];
      Arrays.fill(labels, 1);
      Arrays.fill(labels, 0, prompt.length, Float.NaN);
      if (random.nextBoolean()) {
        int at = prompt.length + random.nextInt(Toys.WORD);
        int shift = 1 + random.nextInt(Toys.LETTERS - 1);
        tokens[at] = Toys.FIRST_LETTER + (tokens[at] - Toys.FIRST_LETTER + shift) % Toys.LETTERS;
        labels[at] = 0;
        Arrays.fill(labels, at + 1, labels.length, Float.NaN);
      }
      sequences.add(new LabelledSequence(tokens, prompt.length, labels));
    }
    return sequences;
  }

  private static int firstFalse(LabelledSequence sequence) {
    for (int position : sequence.judged()) {
      if (sequence.labels()[position] == 0) {
        return position;
      }
    }
    return -1;
  }

  private static int firstFalse(LlamaWeights weights, TokenHead head, LabelledSequence sequence) {
    Llama llama = Toys.frozen(weights);
    int[] completion = new Sequence(sequence.tokens(), sequence.promptLength()).completion();
    try (Gradients _ = Gradients.off();
        Scope _ = Scope.open()) {
      ChosenTokens chosen = ChosenTokens.of(List.of(sequence.tokens()), List.of(completion), 0);
      Tensor hidden = chosen.hidden(llama);
      float[] scores = head.scores(
              hidden.narrow(0, 0, chosen.count()),
              hidden.narrow(0, chosen.count(), chosen.count()),
              chosen.targets(),
              chosen.pick(chosen.distributions(llama)))
          .toFloats();
      for (int i = 0; i < scores.length; i++) {
        if (scores[i] < 0) {
          return sequence.promptLength() + i;
        }
      }
      return -1;
    }
  }
}
