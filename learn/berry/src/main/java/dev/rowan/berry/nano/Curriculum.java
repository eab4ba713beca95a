package dev.rowan.berry.nano;

import dev.rowan.core.Seeds;
import dev.rowan.data.nano.Countdown;
import dev.rowan.data.nano.Example;
import dev.rowan.data.nano.Family;
import dev.rowan.data.nano.Grove;
import dev.rowan.data.nano.NanoVocabulary;
import dev.rowan.data.nano.Split;
import dev.rowan.model.Tokenizer;
import dev.rowan.train.Sequence;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The examples of the warm start: both families, the hard levels thinly, because length does not extrapolate, and some short
 * problems whose lines look values up, because in the plain ones the last results are always the ones to use.
 */
final class Curriculum {

  private record Share(Family family, int level, double weight) {}

  private static final List<Share> SHARES = List.of(
      new Share(Grove.plain(), 1, 1),
      new Share(Grove.plain(), 2, 1.5),
      new Share(Grove.plain(), 3, 1.5),
      new Share(Grove.plain(), 4, 1.5),
      new Share(Grove.plain(), 5, 1),
      new Share(Grove.plain(), 6, 1),
      new Share(Grove.plain(), 7, 0.5),
      new Share(Grove.plain(), 8, 0.5),
      new Share(Grove.lookingBack(), 2, 0.5),
      new Share(Grove.lookingBack(), 3, 0.5),
      new Share(new Countdown(), 3, 9),
      new Share(new Countdown(), 4, 3));

  private final Tokenizer tokenizer;
  private final long seed;

  Curriculum(Tokenizer tokenizer, long seed) {
    this.tokenizer = tokenizer;
    this.seed = seed;
  }

  /** Examples {@code from} to {@code from + count} of an endless stream, ready to train on. */
  List<Sequence> sequences(long from, int count) {
    return IntStream.range(0, count).mapToObj(i -> sequence(from + i)).toList();
  }

  private Sequence sequence(long index) {
    Share share = share(new SplittableRandom(Seeds.derive(seed, index)).nextDouble());
    Example example = share.family.example(share.level, Split.TRAIN, seed, index);
    int[] prompt = tokenizer.encode(example.problem().question());
    int[] solution = tokenizer.encode(example.solution());
    int[] tokens = Arrays.copyOf(prompt, prompt.length + solution.length + 1);
    System.arraycopy(solution, 0, tokens, prompt.length, solution.length);
    tokens[tokens.length - 1] = NanoVocabulary.EOS;
    return new Sequence(tokens, prompt.length);
  }

  private static Share share(double uniform) {
    double left = uniform * SHARES.stream().mapToDouble(Share::weight).sum();
    for (Share share : SHARES) {
      left -= share.weight;
      if (left < 0) {
        return share;
      }
    }
    return SHARES.getLast();
  }
}
