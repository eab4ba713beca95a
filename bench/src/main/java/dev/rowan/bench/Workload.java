package dev.rowan.bench;

import dev.rowan.core.Problem;
import dev.rowan.core.Seeds;
import dev.rowan.data.nano.Countdown;
import dev.rowan.data.nano.Example;
import dev.rowan.data.nano.Family;
import dev.rowan.data.nano.Grove;
import dev.rowan.data.nano.NanoVocabulary;
import dev.rowan.data.nano.Split;
import dev.rowan.model.ModelFolder;
import dev.rowan.model.Tokenizer;
import dev.rowan.train.MicroBatches;
import dev.rowan.train.Sequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * What every side does, as token ids: nothing in it depends on who does it. Round 0 is for warming up.
 *
 * @param rollouts roll-outs of each prompt
 * @param maxTokens most new tokens of a roll-out
 * @param eos the token that ends a roll-out
 * @param pad the token that fills up a batch
 * @param rounds one after another; no prompt returns, so that nobody profits from a cache
 */
public record Workload(int rollouts, int maxTokens, int eos, int pad, List<Round> rounds) {

  /** Tokens of a training step's batch, padding included. */
  public static final int BATCH_TOKENS = 4096;

  private static final int ROUNDS = 6;
  private static final int PROMPTS = 75;
  private static final int ROLLOUTS = 4;
  private static final int MAX_TOKENS = 140;
  private static final int POOL = 1024;
  private static final int STEPS = 8;
  private static final long SEED = 1;

  /**
   * One round.
   *
   * @param prompts prompts to continue
   * @param batches batches to train on, one a step
   */
  public record Round(List<int[]> prompts, List<List<Text>> batches) {}

  /**
   * A sequence to train on.
   *
   * @param tokens prompt and completion
   * @param promptLength how many of them are the prompt
   */
  public record Text(int[] tokens, int promptLength) {}

  private record Share(Family family, int level) {}

  private static final List<Share> SHARES = List.of(
      new Share(Grove.plain(), 2),
      new Share(Grove.plain(), 3),
      new Share(Grove.plain(), 4),
      new Share(Grove.plain(), 5),
      new Share(Grove.plain(), 6),
      new Share(new Countdown(), 3),
      new Share(new Countdown(), 4));

  /** Writes the workload for a nano model: {@code MODEL-FOLDER FILE}. */
  public static void main(String[] args) {
    try (Tokenizer tokenizer = new ModelFolder(Path.of(args[0])).tokenizer()) {
      List<Round> rounds = IntStream.range(0, ROUNDS)
          .mapToObj(i -> round(tokenizer, Seeds.derive(SEED, i)))
          .toList();
      new JsonMapper()
          .writeValue(
              Path.of(args[1]).toFile(),
              new Workload(ROLLOUTS, MAX_TOKENS, NanoVocabulary.EOS, NanoVocabulary.PAD, rounds));
    }
  }

  /** Reads what {@link #main} wrote. */
  static Workload read(Path file) {
    return new JsonMapper().readValue(file.toFile(), Workload.class);
  }

  private static Round round(Tokenizer tokenizer, long seed) {
    return new Round(prompts(tokenizer, seed), batches(tokenizer, seed));
  }

  private static List<int[]> prompts(Tokenizer tokenizer, long seed) {
    List<int[]> prompts = new ArrayList<>();
    for (int i = 0; i < SHARES.size(); i++) {
      Share share = SHARES.get(i);
      int count = PROMPTS * (i + 1) / SHARES.size() - PROMPTS * i / SHARES.size();
      for (Problem problem : share.family.heldOut(share.level, count, seed)) {
        prompts.add(tokenizer.encode(problem.question()));
      }
    }
    return prompts;
  }

  private static List<List<Text>> batches(Tokenizer tokenizer, long seed) {
    List<Sequence> pool =
        IntStream.range(0, POOL).mapToObj(i -> sequence(tokenizer, seed, i)).toList();
    return MicroBatches.of(pool, text -> text.tokens().length, BATCH_TOKENS, seed).stream()
        .limit(STEPS)
        .map(batch -> batch.stream()
            .map(text -> new Text(text.tokens(), text.promptLength()))
            .toList())
        .toList();
  }

  private static Sequence sequence(Tokenizer tokenizer, long seed, int index) {
    Share share = SHARES.get(index % SHARES.size());
    Example example = share.family.example(share.level, Split.TRAIN, seed, index);
    int[] prompt = tokenizer.encode(example.problem().question());
    int[] solution = tokenizer.encode(example.solution());
    int[] tokens = Arrays.copyOf(prompt, prompt.length + solution.length + 1);
    System.arraycopy(solution, 0, tokens, prompt.length, solution.length);
    tokens[tokens.length - 1] = NanoVocabulary.EOS;
    return new Sequence(tokens, prompt.length);
  }
}
