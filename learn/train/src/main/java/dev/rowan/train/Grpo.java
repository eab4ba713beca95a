package dev.rowan.train;

import dev.rowan.core.Seeds;
import dev.rowan.model.Llama;
import dev.rowan.tensor.Gradients;
import dev.rowan.tensor.RandomStream;
import dev.rowan.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Group relative policy optimisation (Shao et al. 2024): every roll-out's tokens are made likelier or less likely by how
 * its reward compares with the others on the same prompt, within PPO's clipped ratio. {@link GroupAdvantage} and
 * {@link Aggregation} make it Dr. GRPO, DAPO or RLOO; roll-outs with advantages of their own ({@link StepAdvantage}) make
 * it process supervision.
 */
public final class Grpo {

  /**
   * What does not change during a run.
   *
   * @param advantage baseline and scale of rewards
   * @param aggregation weight of a token
   * @param clipLow how far below 1 a ratio may fall
   * @param clipHigh how far above 1 it may rise
   * @param klWeight weight of the k3 divergence from the reference, 0 for none
   * @param updates steps that a batch of roll-outs is split into
   * @param maxCompletion most tokens of a completion
   * @param microBatchTokens most tokens of a micro-batch, padding included
   */
  public record Settings(
      GroupAdvantage advantage,
      Aggregation aggregation,
      double clipLow,
      double clipHigh,
      double klWeight,
      int updates,
      int maxCompletion,
      int microBatchTokens) {

    /** Standardised advantages, mean over all tokens, clip 0.2, no divergence, two steps a batch. */
    public static Settings usual(int maxCompletion) {
      return new Settings(
          GroupAdvantage.STANDARDISED, Aggregation.DAPO, 0.2, 0.2, 0, 2, maxCompletion, 4096);
    }
  }

  private record Sample(int[] tokens, int promptLength, float[] logProbs, float[] advantages) {

    boolean teaches() {
      for (float advantage : advantages) {
        if (advantage != 0) {
          return true;
        }
      }
      return false;
    }

    int completionLength() {
      return logProbs.length;
    }
  }

  private final Trainer<Llama> trainer;
  private final Settings settings;
  private final Optional<Llama> reference;
  private final long seed;

  /**
   * Trains the policy under {@code trainer}; see {@link Sft#policy}.
   *
   * @param reference the policy to stay close to; needed if the divergence has a weight
   * @param seed decides which roll-outs share an update
   */
  public Grpo(Trainer<Llama> trainer, Settings settings, Optional<Llama> reference, long seed) {
    if (settings.klWeight() > 0 && reference.isEmpty()) {
      throw new IllegalArgumentException("a KL weight of " + settings.klWeight()
          + " needs a reference policy: give one, or weight 0");
    }
    this.trainer = trainer;
    this.settings = settings;
    this.reference = settings.klWeight() > 0 ? reference : Optional.empty();
    this.seed = seed;
  }

  /** Samples and learns {@code batches} times; the listener gets each batch's metrics. */
  public void train(
      RolloutSource source,
      int batches,
      Schedule schedule,
      Consumer<Map<String, Double>> listener) {
    for (int batch = 0; batch < batches; batch++) {
      listener.accept(learn(source.sample(batch), schedule, (double) batch / batches));
    }
  }

  /**
   * Learns from one batch of roll-outs. Roll-outs without an advantage cost nothing if there is no divergence to keep.
   *
   * @param progress share of the run that is done, for the schedule
   * @return metrics by TRL's names, means over the batch
   */
  public Map<String, Double> learn(List<RolloutGroup> groups, Schedule schedule, double progress) {
    List<Sample> all = samples(groups);
    List<Sample> active = new ArrayList<>(all);
    active.removeIf(sample -> !sample.teaches() && reference.isEmpty());
    Collections.shuffle(active, new RandomStream(Seeds.derive(seed, trainer.steps())));
    Tally tally = new Tally();
    for (int update = 0; update < settings.updates(); update++) {
      List<Sample> share = active.subList(
          active.size() * update / settings.updates(),
          active.size() * (update + 1) / settings.updates());
      if (!share.isEmpty()) {
        Trainer.Step step =
            update(share, totals(all, share), schedule.rate(trainer.steps(), progress));
        tally.addAll(step.tally());
        tally.add("updates", 1);
        tally.add("loss", step.loss());
        tally.add("grad_norm", step.gradientNorm());
        tally.add("learning_rate", step.learningRate());
      }
    }
    return metrics(groups, tally);
  }

  private List<Sample> samples(List<RolloutGroup> groups) {
    List<Sample> samples = new ArrayList<>();
    for (RolloutGroup group : groups) {
      double[] advantages = settings.advantage().of(group.rewards());
      for (int i = 0; i < advantages.length; i++) {
        Rollout rollout = group.rollouts().get(i);
        if (rollout.tokens().length > 0) {
          int[] tokens = IntStream.concat(
                  IntStream.of(group.prompt()), IntStream.of(rollout.tokens()))
              .toArray();
          samples.add(new Sample(
              tokens,
              group.prompt().length,
              rollout.logProbs(),
              tokenAdvantages(rollout, advantages[i])));
        }
      }
    }
    return samples;
  }

  private static float[] tokenAdvantages(Rollout rollout, double ofTheWhole) {
    return rollout.advantages().orElseGet(() -> {
      float[] same = new float[rollout.tokens().length];
      Arrays.fill(same, (float) ofTheWhole);
      return same;
    });
  }

  private Aggregation.Totals totals(List<Sample> all, List<Sample> update) {
    return new Aggregation.Totals(
        (double) all.size() / settings.updates(),
        completionTokens(update),
        (double) completionTokens(all) / settings.updates(),
        settings.maxCompletion());
  }

  private static long completionTokens(List<Sample> samples) {
    return samples.stream().mapToLong(Sample::completionLength).sum();
  }

  private Trainer.Step update(
      List<Sample> samples, Aggregation.Totals totals, double learningRate) {
    List<List<Sample>> microBatches = MicroBatches.of(
        samples,
        sample -> sample.tokens().length,
        settings.microBatchTokens(),
        Seeds.derive(seed, trainer.steps()));
    return trainer.step(
        microBatches, (llama, batch, tally) -> loss(llama, batch, totals, tally), learningRate);
  }

  private Tensor loss(Llama llama, List<Sample> batch, Aggregation.Totals totals, Tally tally) {
    ChosenTokens chosen = ChosenTokens.of(
        batch.stream().map(Sample::tokens).toList(),
        batch.stream()
            .map(sample ->
                IntStream.range(sample.promptLength(), sample.tokens().length).toArray())
            .toList(),
        llama.weights().config().padId());
    TokenColumns columns = columns(batch, totals, (int) chosen.count());
    Tensor distributions = chosen.distributions(llama);
    Tensor logProbs = chosen.pick(distributions);
    Tensor ratio = PolicyLoss.ratio(logProbs, Tensor.of(columns.oldLogProbs()));
    Tensor losses = PolicyLoss.clipped(
        ratio, Tensor.of(columns.advantages()), settings.clipLow(), settings.clipHigh());
    if (reference.isPresent()) {
      Tensor divergence = Kl.k3(logProbs, referenceLogProbs(reference.get(), chosen));
      tally.add("kl", divergence.detach().sum().item());
      losses = losses.add(divergence.mul(settings.klWeight()));
    }
    tally(tally, distributions.detach(), ratio.detach().toFloats(), columns.advantages());
    return losses.mul(Tensor.of(columns.weights())).sum();
  }

  private static Tensor referenceLogProbs(Llama reference, ChosenTokens chosen) {
    try (Gradients _ = Gradients.off()) {
      return chosen.pick(chosen.distributions(reference));
    }
  }

  /** What each completion token of a micro-batch brings along, one after another. */
  private record TokenColumns(float[] oldLogProbs, float[] advantages, float[] weights) {}

  private TokenColumns columns(List<Sample> batch, Aggregation.Totals totals, int count) {
    TokenColumns columns = new TokenColumns(new float[count], new float[count], new float[count]);
    int n = 0;
    for (Sample sample : batch) {
      double weight = settings.aggregation().tokenWeight(totals, sample.completionLength());
      for (int i = 0; i < sample.completionLength(); i++) {
        columns.oldLogProbs()[n] = sample.logProbs()[i];
        columns.advantages()[n] = sample.advantages()[i];
        columns.weights()[n++] = (float) weight;
      }
    }
    return columns;
  }

  private void tally(Tally tally, Tensor distributions, float[] ratio, float[] advantages) {
    tally.add("tokens", ratio.length);
    tally.add("entropy", -distributions.exp().mul(distributions).sum().item());
    for (int i = 0; i < ratio.length; i++) {
      if (advantages[i] < 0 && ratio[i] < 1 - settings.clipLow()) {
        tally.add("clip_ratio/low_mean", 1);
      } else if (advantages[i] > 0 && ratio[i] > 1 + settings.clipHigh()) {
        tally.add("clip_ratio/high_mean", 1);
      }
    }
  }

  private Map<String, Double> metrics(List<RolloutGroup> groups, Tally tally) {
    double updates = Math.max(1, tally.get("updates"));
    double tokens = Math.max(1, tally.get("tokens"));
    Map<String, Double> metrics = new LinkedHashMap<>(RolloutStatistics.of(groups));
    for (String name : List.of("loss", "grad_norm", "learning_rate")) {
      metrics.put(name, tally.get(name) / updates);
    }
    if (reference.isPresent()) {
      metrics.put("kl", tally.get("kl") / tokens);
    }
    for (String name : List.of("entropy", "clip_ratio/low_mean", "clip_ratio/high_mean")) {
      metrics.put(name, tally.get(name) / tokens);
    }
    metrics.put("num_tokens", tally.get("tokens"));
    metrics.put("step", (double) trainer.steps());
    return Collections.unmodifiableMap(metrics);
  }
}
