package dev.rowan.train;

import dev.rowan.core.Seeds;
import dev.rowan.model.Llama;
import dev.rowan.model.LlamaWeights;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/**
 * Supervised fine-tuning: mean negative log-probability of the completions' tokens, given their prompts. On roll-outs that
 * a verifier accepted it is expert iteration (Anthony et al. 2017; STaR, Zelikman et al. 2022).
 */
public final class Sft {

  private final Trainer<Llama> trainer;
  private final StepSize size;

  /** Trains the policy under {@code trainer}; see {@link #policy}. */
  public Sft(Trainer<Llama> trainer, StepSize size) {
    this.trainer = trainer;
    this.size = size;
  }

  /** A trainer of a policy's weights, which change in place. */
  public static Trainer<Llama> policy(
      LlamaWeights weights, DType matmulType, int lanes, Optimizers recipe) {
    return new Trainer<>(
        lanes,
        () -> new Llama(weights.leaves(), matmulType),
        llama -> llama.weights().parameters(),
        recipe);
  }

  /**
   * Goes once over {@code sequences}, in an order that {@code seed} decides.
   *
   * @param from progress of the run when this pass starts, as {@code schedule} counts it
   * @param to progress of the run when it ends
   */
  public void pass(
      List<Sequence> sequences,
      long seed,
      Schedule schedule,
      double from,
      double to,
      Consumer<Trainer.Step> listener) {
    var steps = MicroBatches.steps(sequences, sequence -> sequence.tokens().length, size, seed);
    for (int i = 0; i < steps.size(); i++) {
      double progress = from + (to - from) * i / steps.size();
      listener.accept(step(steps.get(i), schedule.rate(trainer.steps(), progress)));
    }
  }

  /** Goes {@code passes} times over {@code sequences}. */
  public void train(
      List<Sequence> sequences,
      int passes,
      long seed,
      Schedule schedule,
      Consumer<Trainer.Step> listener) {
    for (int i = 0; i < passes; i++) {
      pass(
          sequences,
          Seeds.derive(seed, i),
          schedule,
          (double) i / passes,
          (i + 1.0) / passes,
          listener);
    }
  }

  /**
   * Takes one step. Its loss is the mean over the completions' tokens, in nats, each counted by its sequence's weight;
   * the tally {@code tokens} counts the tokens of all sequences.
   */
  public Trainer.Step step(List<List<Sequence>> microBatches, double learningRate) {
    double weight = microBatches.stream()
        .flatMap(List::stream)
        .mapToDouble(sequence -> sequence.weight() * sequence.completionLength())
        .sum();
    return trainer.step(
        microBatches, (llama, batch, tally) -> loss(llama, batch, weight, tally), learningRate);
  }

  private static Tensor loss(Llama llama, List<Sequence> batch, double totalWeight, Tally tally) {
    ChosenTokens chosen = ChosenTokens.of(
        batch.stream().map(Sequence::tokens).toList(),
        batch.stream().map(Sequence::completion).toList(),
        llama.weights().config().padId());
    batch.forEach(sequence -> tally.add("tokens", sequence.tokens().length));
    Tensor logProbs = chosen.pick(chosen.distributions(llama));
    return logProbs.mul(weights(batch, chosen.count(), totalWeight)).sum().neg();
  }

  private static Tensor weights(List<Sequence> batch, long count, double totalWeight) {
    float[] weights = new float[Math.toIntExact(count)];
    int n = 0;
    for (Sequence sequence : batch) {
      for (int i = 0; i < sequence.completionLength(); i++) {
        weights[n++] = (float) (sequence.weight() / totalWeight);
      }
    }
    return Tensor.of(weights);
  }
}
