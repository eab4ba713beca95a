package dev.rowan.train;

import dev.rowan.core.Seeds;
import dev.rowan.model.Llama;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.TokenHead;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.Tensor;
import dev.rowan.tensor.Torch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A process reward model from labels on tokens (Lightman et al. 2023, with exact positions): a copy of the policy under a
 * {@link TokenHead}. It learns to tell true tokens from the first false one by cross-entropy, and goes on imitating the
 * true ones, because what the model expects is half of the head's evidence.
 */
public final class ProcessRewardTraining {

  /**
   * The model that judges.
   *
   * @param llama a copy of the policy
   * @param head the head on it
   */
  public record Judge(Llama llama, TokenHead head) {

    Map<String, Tensor> parameters() {
      Map<String, Tensor> parameters = new LinkedHashMap<>(llama.weights().parameters());
      parameters.putAll(head.parameters());
      return parameters;
    }
  }

  /** The rate that {@link #schedule} starts from. */
  private static final double LEARNING_RATE = 1.5e-3;

  private static final double JUDGEMENT_WEIGHT = 8;
  private static final double LANGUAGE_WEIGHT = 0.3;

  private final Trainer<Judge> trainer;
  private final StepSize size;

  /** Trains the judge under {@code trainer}; see {@link #judge}. */
  public ProcessRewardTraining(Trainer<Judge> trainer, StepSize size) {
    this.trainer = trainer;
    this.size = size;
  }

  /** A trainer of a judge, whose weights and head change in place: AdamW for all of it. */
  public static Trainer<Judge> judge(
      LlamaWeights weights, TokenHead head, DType matmulType, int lanes) {
    return new Trainer<>(
        lanes,
        () -> {
          LlamaWeights leaves = weights.leaves();
          return new Judge(new Llama(leaves, matmulType), head.leaves(leaves));
        },
        Judge::parameters,
        new Optimizers.AdamWAlone(0.01));
  }

  /** Trains {@code head} and its {@code weights} in place by the usual schedule, with a lane for each micro-batch of a step. */
  public static void fit(
      LlamaWeights weights,
      TokenHead head,
      StepSize size,
      List<LabelledSequence> sequences,
      int passes,
      long seed,
      Consumer<Trainer.Step> listener) {
    try (Trainer<Judge> trainer =
        judge(weights, head, Torch.fastestMatmulType(), size.microBatches())) {
      new ProcessRewardTraining(trainer, size).train(sequences, passes, seed, schedule(), listener);
    }
  }

  /** The usual schedule: up to 1.5e-3 in 20 steps, then down in a straight line. */
  public static Schedule schedule() {
    return Schedule.linear(LEARNING_RATE, 20, 0.05);
  }

  /** Goes {@code passes} times over {@code sequences}, in an order that {@code seed} decides. */
  public void train(
      List<LabelledSequence> sequences,
      int passes,
      long seed,
      Schedule schedule,
      Consumer<Trainer.Step> listener) {
    for (int pass = 0; pass < passes; pass++) {
      var steps = MicroBatches.steps(
          sequences, sequence -> sequence.tokens().length, size, Seeds.derive(seed, pass));
      for (int i = 0; i < steps.size(); i++) {
        double progress = (pass + (double) i / steps.size()) / passes;
        listener.accept(step(steps.get(i), schedule.rate(trainer.steps(), progress)));
      }
    }
  }

  /**
   * Takes one step. The tally {@code judgement} is the mean cross-entropy of a label in nats, {@code language} that of a
   * true token; {@code tokens} counts the tokens of all sequences.
   */
  public Trainer.Step step(List<List<LabelledSequence>> microBatches, double learningRate) {
    List<LabelledSequence> all = microBatches.stream().flatMap(List::stream).toList();
    double judged = all.stream().mapToLong(sequence -> sequence.judged().length).sum();
    double truths = all.stream().mapToLong(LabelledSequence::trueTokens).sum();
    return trainer.step(
        microBatches,
        (judge, batch, tally) ->
            loss(judge, batch, Math.max(1, judged), Math.max(1, truths), tally),
        learningRate);
  }

  private static Tensor loss(
      Judge judge, List<LabelledSequence> batch, double judged, double truths, Tally tally) {
    ChosenTokens chosen = ChosenTokens.of(
        batch.stream().map(LabelledSequence::tokens).toList(),
        batch.stream().map(LabelledSequence::judged).toList(),
        judge.llama().weights().config().padId());
    Tensor labels = labels(batch, (int) chosen.count());
    Llama llama = judge.llama();
    Tensor hidden = chosen.hidden(llama);
    Tensor before = hidden.narrow(0, 0, chosen.count());
    Tensor at = hidden.narrow(0, chosen.count(), chosen.count());
    Tensor logProbs = chosen.pick(llama.logits(before).logSoftmax());
    Tensor scores = judge.head().scores(before, at, chosen.targets(), logProbs);
    Tensor judgement = crossEntropy(scores, labels).sum().mul(1 / judged);
    Tensor language = logProbs.mul(labels).sum().mul(-1 / truths);
    tally.add("judgement", judgement.item());
    tally.add("language", language.item());
    batch.forEach(sequence -> tally.add("tokens", sequence.tokens().length));
    return judgement.mul(JUDGEMENT_WEIGHT).add(language.mul(LANGUAGE_WEIGHT));
  }

  /** Binary cross-entropy [n] of logits and labels: {@code -log sigmoid(z) + (1 - y) z}. */
  static Tensor crossEntropy(Tensor logits, Tensor labels) {
    return logits.mul(labels.neg().add(1)).sub(logits.logSigmoid());
  }

  private static Tensor labels(List<LabelledSequence> batch, int count) {
    float[] labels = new float[count];
    int n = 0;
    for (LabelledSequence sequence : batch) {
      for (int position : sequence.judged()) {
        labels[n++] = sequence.labels()[position];
      }
    }
    return Tensor.of(labels);
  }
}
