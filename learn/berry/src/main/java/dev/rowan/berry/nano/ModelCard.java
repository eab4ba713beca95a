package dev.rowan.berry.nano;

import dev.rowan.berry.Progress;
import dev.rowan.berry.RolloutSampler;
import dev.rowan.core.Policy;
import dev.rowan.core.Problem;
import dev.rowan.core.Sampling;
import dev.rowan.core.Trajectory;
import dev.rowan.data.nano.Countdown;
import dev.rowan.data.nano.Family;
import dev.rowan.data.nano.Grove;
import dev.rowan.tensor.Torch;
import dev.rowan.verify.nano.NanoVerifier;
import java.util.List;
import java.util.Locale;

/** Writes what a person should know about the shipped models, with the policy's accuracy measured on held-out problems. */
final class ModelCard {

  private static final int SAMPLES = 8;
  private static final long SEED = 20_261_102;

  private final NanoRecipe recipe;
  private final int problemsPerLevel;
  private final Policy policy;
  private final Progress progress;

  ModelCard(NanoRecipe recipe, int problemsPerLevel, Policy policy, Progress progress) {
    this.recipe = recipe;
    this.problemsPerLevel = problemsPerLevel;
    this.policy = policy;
    this.progress = progress;
  }

  String text(long parameters, long seed, double minutes) throws InterruptedException {
    return """
        ---
        license: apache-2.0
        library_name: transformers
        pipeline_tag: text-generation
        ---
        # rowan-nano

        A reasoning model of %,d parameters that writes step-by-step solutions of two families of problems: *grove* (word
        problems on a chain of quantities) and *countdown* (make a target from numbers). It is a warm start: it knows the
        form of a solution and gets the hard levels right only sometimes, so that reinforcement has something to improve.

        `prm/` is its process reward model: the same model with `score_head.*` tensors beside the Llama's, trained on
        %,d of the policy's own chains with exact labels on every token up to the first false one. A line's score is the
        product over its tokens of sigmoid(a log p + 4/sqrt(d) <U h(t-1), e(x_t)> + w h(t) + b).

        | | |
        |---|---|
        | made by | `./rowan nano --seed %d` in %.1f minutes on %d cores (%s) |
        | warm start | %,d tokens of generated examples, hard levels thinly; no problem of the held-out eighth |
        | types | bf16 weights; arithmetic in %s products and fp32 elsewhere |
        | vocabulary | phrases, names, things, single digits |

        Accuracy on %d held-out problems a level, %d samples each at temperature 1, and of the most likely chain:

        | family | level | pass@1 | greedy |
        |---|---|---|---|
        %s
        It reads nothing but these two families: any other text is refused.
        """.formatted(
            parameters,
            recipe.judgeProblems() * recipe.judgeRollouts(),
            seed,
            minutes,
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.arch", ""),
            recipe.warmStartTokens(),
            Torch.fastestMatmulType(),
            problemsPerLevel,
            SAMPLES,
            rows());
  }

  private String rows() throws InterruptedException {
    progress.stage(
        "accuracy per level",
        Grove.plain().levels().size() + new Countdown().levels().size());
    StringBuilder rows = new StringBuilder();
    for (Family family : List.of(Grove.plain(), new Countdown())) {
      for (int level : family.levels()) {
        List<Problem> problems = family.heldOut(level, problemsPerLevel, SEED);
        double sampled = accuracy(problems, Sampling.of(recipe.maxTokens(), 0), SAMPLES);
        double greedy = accuracy(problems, Sampling.greedy(recipe.maxTokens()), 1);
        rows.append(String.format(
            Locale.ROOT, "| %s | %d | %.3f | %.3f |\n", family.name(), level, sampled, greedy));
        progress.advance(
            1, String.format(Locale.ROOT, "%s %d: pass@1 %.3f", family.name(), level, sampled));
      }
    }
    return rows.toString();
  }

  private double accuracy(List<Problem> problems, Sampling sampling, int samples)
      throws InterruptedException {
    List<Trajectory> chains = new RolloutSampler(policy, sampling, RolloutSampler.USUAL_AT_ONCE)
        .sample(problems, samples, SEED);
    NanoVerifier verifier = new NanoVerifier();
    long right = 0;
    for (int i = 0; i < chains.size(); i++) {
      right +=
          verifier.verify(problems.get(i / samples), chains.get(i).answer()).isCorrect() ? 1 : 0;
    }
    return (double) right / chains.size();
  }
}
