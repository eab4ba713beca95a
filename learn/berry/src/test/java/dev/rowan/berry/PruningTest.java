package dev.rowan.berry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.berry.report.Round.Funnel;
import dev.rowan.core.Finish;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Step;
import dev.rowan.core.Trajectory;
import dev.rowan.core.Usage;
import dev.rowan.core.Verdict;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PruningTest {

  private static final Problem PROBLEM =
      Problem.of("p", "How many?", new Reference.FinalAnswer("1"));
  private static final Verdict RIGHT = new Verdict.Correct();
  private static final Verdict WRONG = new Verdict.Incorrect("no");
  private static final Verdict UNKNOWN = new Verdict.Unverifiable("who knows");

  private static Pruning.Judged rollout(String text, Verdict verdict, double rank, Finish finish) {
    Trajectory chain = new Trajectory("p", List.of(new Step(text, List.of())), finish, Usage.ZERO);
    return new Pruning.Judged(PROBLEM, chain, verdict, rank);
  }

  private static Pruning.Judged rollout(String text, Verdict verdict, double rank) {
    return rollout(text, verdict, rank, Finish.END);
  }

  private static List<String> texts(Pruning.Kept kept) {
    return kept.kept().stream().map(rollout -> rollout.chain().text()).toList();
  }

  @Test
  void theBestRankedRightChainsAreKeptOnceEach() {
    Pruning.Kept kept = new Pruning(2, 0.999)
        .prune(List.of(
            rollout("a", RIGHT, 0.1),
            rollout("b", RIGHT, 0.9),
            rollout("b", RIGHT, 0.9),
            rollout("c", RIGHT, 0.5),
            rollout("d", WRONG, 1.0),
            rollout("e", UNKNOWN, 1.0)));
    assertThat(texts(kept)).containsExactly("b", "c");
    assertThat(kept.funnel()).isEqualTo(new Funnel(6, 1, 1, 1, 0, 1, 2));
  }

  @Test
  void aProblemThatIsAlwaysSolvedIsTooEasy() {
    Pruning.Kept kept =
        new Pruning(2, 0.999).prune(List.of(rollout("a", RIGHT, 1), rollout("b", RIGHT, 1)));
    assertThat(kept.kept()).isEmpty();
    assertThat(kept.funnel()).isEqualTo(new Funnel(2, 0, 0, 0, 2, 0, 0));
  }

  @Test
  void aChainThatWasCutOffIsNotLearnedFrom() {
    Pruning.Kept kept =
        new Pruning(2, 0.999).prune(List.of(rollout("#### 1", RIGHT, 1, Finish.LENGTH)));
    assertThat(kept.kept()).isEmpty();
    assertThat(kept.funnel()).isEqualTo(new Funnel(1, 1, 0, 0, 0, 0, 0));
  }

  @Provide
  Arbitrary<List<Pruning.Judged>> rollouts() {
    Arbitrary<Pruning.Judged> one = Combinators.combine(
            Arbitraries.of("a", "b", "c", "d"),
            Arbitraries.of(RIGHT, WRONG, UNKNOWN),
            Arbitraries.doubles().between(0, 1),
            Arbitraries.of(Finish.END, Finish.LENGTH))
        .as(PruningTest::rollout);
    return one.list().ofMinSize(1).ofMaxSize(12);
  }

  @Property
  void whatIsKeptIsRightDistinctAndRankedBest(
      @ForAll("rollouts") List<Pruning.Judged> rollouts,
      @ForAll @IntRange(min = 1, max = 4) int most) {
    Pruning.Kept kept = new Pruning(most, 0.75).prune(rollouts);
    assertThat(kept.funnel().sampled()).isEqualTo(rollouts.size());
    assertThat(kept.funnel().kept()).isEqualTo(kept.kept().size()).isLessThanOrEqualTo(most);
    assertThat(texts(kept)).doesNotHaveDuplicates();
    assertThat(kept.kept()).allSatisfy(rollout -> {
      assertThat(rollout.verdict()).isEqualTo(RIGHT);
      assertThat(rollout.chain().finish()).isEqualTo(Finish.END);
    });
    double worst = kept.kept().stream().mapToDouble(Pruning.Judged::rank).min().orElse(2);
    assertThat(rollouts)
        .filteredOn(rollout -> rollout.verdict().isCorrect()
            && rollout.chain().finish() == Finish.END
            && !texts(kept).contains(rollout.chain().text()))
        .allSatisfy(left -> assertThat(left.rank()).isLessThanOrEqualTo(worst));
  }
}
