package dev.rowan.berry.nano;

import dev.rowan.berry.Progress;
import dev.rowan.core.Seeds;
import dev.rowan.data.nano.NanoVocabulary;
import dev.rowan.engine.Engine;
import dev.rowan.engine.EngineSettings;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.ModelFolder;
import dev.rowan.model.Tokenizer;
import dev.rowan.policy.LocalPolicy;
import dev.rowan.policy.PromptEncoder;
import dev.rowan.tensor.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Rebuilds the shipped models from nothing: tokenizer, policy, process reward model, model card. The same seed on the same
 * kind of machine gives the same bytes, but for the minutes in the card.
 */
public final class NanoBuild {

  /** The folder of the process reward model inside that of the policy. */
  public static final String JUDGE = "prm";

  private static final int CARD_PROBLEMS = 200;

  private final NanoRecipe recipe;
  private final int cardProblems;

  /** A build by this recipe. */
  public NanoBuild(NanoRecipe recipe) {
    this(recipe, CARD_PROBLEMS);
  }

  /** A build whose model card tells the accuracy on so many problems a level. */
  NanoBuild(NanoRecipe recipe, int cardProblems) {
    this.recipe = recipe;
    this.cardProblems = cardProblems;
  }

  /**
   * Builds into {@code out}.
   *
   * @throws IOException if the folder cannot be written
   */
  public void run(Path out, long seed, Progress progress) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Files.createDirectories(out);
    Files.writeString(out.resolve("tokenizer.json"), NanoVocabulary.tokenizerJson());
    Files.writeString(out.resolve("tokenizer_config.json"), NanoVocabulary.tokenizerConfigJson());
    ModelFolder folder = new ModelFolder(out);
    ModelFolder judgeFolder = new ModelFolder(out.resolve(JUDGE));
    try (Tokenizer tokenizer = folder.tokenizer()) {
      try (LlamaWeights trained =
          new WarmStart(recipe, tokenizer).train(Seeds.derive(seed, "warm start"), progress)) {
        folder.write(trained, Map.of(), DType.BFLOAT16);
      }
      // Go on with what was written: the reward model belongs to the policy that is shipped, not to
      // one rounded otherwise.
      try (LlamaWeights weights = folder.weights();
          Engine engine = new Engine(weights, EngineSettings.forThisMachine())) {
        PromptEncoder encoder = new PromptEncoder(tokenizer);
        LocalPolicy policy = new LocalPolicy(engine, encoder);
        NanoJudge.Judge judge = new NanoJudge(recipe)
            .train(weights, policy, encoder, Seeds.derive(seed, "judge"), progress);
        judgeFolder.write(judge.weights(), judge.head().parameters(), DType.BFLOAT16);
        folder.copyTokenizer(judgeFolder);
        judge.head().close();
        judge.weights().close();
        double minutes = (System.nanoTime() - start) / 60e9;
        Files.writeString(
            out.resolve("README.md"),
            new ModelCard(recipe, cardProblems, policy, progress)
                .text(weights.count(), seed, minutes));
      }
    }
  }
}
