package dev.rowan.data.nano;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Step;
import dev.rowan.core.Verdict;
import dev.rowan.verify.nano.CountdownProblem;
import dev.rowan.verify.nano.GroveProblem;
import dev.rowan.verify.nano.NanoProblem;
import dev.rowan.verify.nano.NanoVerifier;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class FamiliesTest {

  private final NanoVerifier verifier = new NanoVerifier();

  private static Stream<Family> families() {
    return Stream.concat(
        Stream.of(new Countdown()),
        IntStream.rangeClosed(0, 2)
            .boxed()
            .flatMap(n -> Stream.of(new Grove(false, n, false), new Grove(true, n, true))));
  }

  @Provide
  Arbitrary<Example> anyExample() {
    return Combinators.combine(
            Arbitraries.of(families().toList()),
            Arbitraries.longs(),
            Arbitraries.integers().between(0, 7))
        .as((family, seed, level) -> family.example(
            family.levels().get(level % family.levels().size()), new SplittableRandom(seed)));
  }

  private static List<Step> steps(String solution) {
    return Stream.of(solution.splitWithDelimiters("\n", 0))
        .gather(Gatherers.windowFixed(2))
        .map(line -> new Step(String.join("", line), List.of()))
        .toList();
  }

  @Property
  void everySolutionIsRightAndAllItsLinesAreTrue(@ForAll("anyExample") Example example) {
    assertThat(verifier.verify(example.problem(), new Answer(example.solution())))
        .isEqualTo(new Verdict.Correct());
    List<Step> steps = steps(example.solution());
    assertThat(verifier.verifySteps(example.problem(), steps))
        .hasSameSizeAs(steps)
        .allMatch(Verdict::isCorrect);
    for (int i = 0; i < steps.size(); i++) {
      assertThat(verifier.trueContinuations(example.problem(), steps.subList(0, i)))
          .contains(steps.get(i).text())
          .doesNotHaveDuplicates();
    }
  }

  @Property
  void aChangedDigitIsFound(
      @ForAll("anyExample") Example example, @ForAll int place, @ForAll int shift) {
    String solution = example.solution();
    List<Integer> digits = IntStream.range(0, solution.length())
        .filter(i -> Character.isDigit(solution.charAt(i)))
        .boxed()
        .toList();
    int at = digits.get(Math.floorMod(place, digits.size()));
    char other = (char) ('0' + (solution.charAt(at) - '0' + 1 + Math.floorMod(shift, 9)) % 10);
    String changed = solution.substring(0, at) + other + solution.substring(at + 1);
    assertThat(verifier.verifySteps(example.problem(), steps(changed)))
        .last()
        .isNotEqualTo(new Verdict.Correct());
    if (example.problem().tags().containsValue("countdown") || at > solution.lastIndexOf('\n')) {
      assertThat(verifier.verify(example.problem(), new Answer(changed)))
          .isInstanceOf(Verdict.Incorrect.class);
    }
  }

  @Property
  void aChangedNameIsFound(@ForAll long seed, @ForAll int from, @ForAll int to) {
    Example example = new Grove(true, 2, false).example(4, new SplittableRandom(seed));
    List<String> present =
        Grove.NAMES.stream().filter(example.solution()::contains).toList();
    String name = present.get(Math.floorMod(from, present.size()));
    List<String> others = Grove.NAMES.stream()
        .filter(other -> !example.problem().question().contains(other))
        .toList();
    String changed =
        example.solution().replaceFirst(name, others.get(Math.floorMod(to, others.size())));
    assertThat(verifier.verifySteps(example.problem(), steps(changed)))
        .last()
        .isNotEqualTo(new Verdict.Correct());
  }

  @Property
  void promptsAreReadBackAsTheyWere(@ForAll("anyExample") Example example) {
    NanoProblem problem = NanoProblem.parse(example.problem().question()).orElseThrow();
    assertThat(problem.text()).isEqualTo(example.problem().question());
    assertThat(example.problem().reference())
        .isEqualTo(new Reference.FinalAnswer(String.valueOf(problem.answer())));
  }

  @Property
  void levelsMeanWhatTheySay(@ForAll("anyExample") Example example) {
    int level = Integer.parseInt(example.problem().tags().getOrDefault("level", ""));
    switch (NanoProblem.parse(example.problem().question()).orElseThrow()) {
      case GroveProblem grove ->
        assertThat(grove.solution()).hasSize(level + 1).last().isEqualTo(grove.finalLine());
      case CountdownProblem countdown -> {
        assertThat(countdown.numbers()).hasSize(level).doesNotContain(countdown.target());
        assertThat(countdown.target()).isGreaterThanOrEqualTo(10);
        assertThat(countdown.solvable(countdown.numbers())).isTrue();
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameExamplesAndAnotherGivesOthers() {
    families().forEach(family -> {
      List<Example> some = family.examples(3, Split.TRAIN, 7).limit(20).toList();
      assertThat(family.examples(3, Split.TRAIN, 7).limit(20)).isEqualTo(some);
      assertThat(family.examples(3, Split.TRAIN, 8).limit(20)).isNotEqualTo(some);
      assertThat(family.example(3, Split.TRAIN, 7, 19)).isEqualTo(some.getLast());
    });
  }

  @Test
  void theHalvesAreDisjointWhateverTheOrder() {
    families().forEach(family -> {
      Set<String> heldOut = new HashSet<>();
      List<Problem> problems = family.heldOut(3, 300, 1);
      problems.forEach(problem -> heldOut.add(key(problem)));
      assertThat(problems).extracting(Problem::question).doesNotHaveDuplicates();
      assertThat(family.examples(3, Split.TRAIN, 1).limit(3000))
          .noneMatch(example -> heldOut.contains(key(example.problem())));
    });
  }

  @Test
  void aboutOneProblemOfEightIsHeldOut() {
    SplittableRandom random = new SplittableRandom(5);
    long heldOut = IntStream.range(0, 8000)
        .filter(i -> Split.of(Grove.plain().example(6, random).problem()) == Split.HELD_OUT)
        .count();
    assertThat(heldOut).isBetween(850L, 1150L);
  }

  @Test
  void distractorsAndOrderAreAsAsked() {
    List<GroveProblem> plain = groves(Grove.plain());
    assertThat(plain)
        .allSatisfy(grove -> assertThat(grove.needed()).hasSize(grove.clauses().size()));
    assertThat(groves(new Grove(false, 2, false)))
        .extracting(grove -> grove.clauses().size() - grove.needed().size())
        .contains(0, 1, 2)
        .allMatch(distractors -> distractors >= 0 && distractors <= 2);
    assertThat(plain).allMatch(FamiliesTest::inOrder);
    assertThat(groves(new Grove(true, 0, false))).anyMatch(grove -> !inOrder(grove));
  }

  @Test
  void tagsNameFamilyAndLevel() {
    assertThat(new Countdown().example(4, new SplittableRandom(1)).problem().tags())
        .isEqualTo(Map.of("family", "countdown", "level", "4"));
  }

  @Test
  void unknownLevelsAreRefused() {
    assertThatThrownBy(() -> Grove.plain().example(9, new SplittableRandom(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("9");
    assertThatThrownBy(() -> new Grove(true, 3, false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<GroveProblem> groves(Grove grove) {
    return grove
        .examples(4, Split.TRAIN, 3)
        .limit(100)
        .map(example -> GroveProblem.parse(example.problem().question()).orElseThrow())
        .toList();
  }

  private static boolean inOrder(GroveProblem grove) {
    Set<String> known = new HashSet<>();
    return grove.clauses().stream().allMatch(clause -> {
      boolean ready = known.containsAll(clause.uses());
      known.add(clause.name());
      return ready;
    });
  }

  private static String key(Problem problem) {
    return NanoProblem.parse(problem.question()).orElseThrow().key();
  }
}
