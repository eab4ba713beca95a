package dev.rowan.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class MicroBatchesTest {

  @Property
  void everyItemIsInOneBatchAndBatchesFit(
      @ForAll @Size(max = 200) List<@IntRange(min = 1, max = 90) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 600) int limit,
      @ForAll long seed) {
    List<List<Integer>> batches = MicroBatches.of(lengths, Integer::intValue, limit, seed);

    assertThat(batches.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(lengths);
    for (List<Integer> batch : batches) {
      int padded = Collections.max(batch) * batch.size();
      assertThat(batch.size() == 1 || padded <= limit).isTrue();
    }
  }

  @Property
  void aSeedDecidesTheOrder(
      @ForAll @Size(max = 100) List<@IntRange(min = 1, max = 90) Integer> lengths) {
    assertThat(MicroBatches.of(lengths, Integer::intValue, 200, 5))
        .isEqualTo(MicroBatches.of(lengths, Integer::intValue, 200, 5));
  }

  @Property
  void stepsHoldAllBatchesInOrder(
      @ForAll @Size(max = 100) List<@IntRange(min = 1, max = 90) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 5) int perStep) {
    var steps = MicroBatches.steps(lengths, Integer::intValue, new StepSize(200, perStep), 5);

    assertThat(steps.stream().flatMap(List::stream).toList())
        .isEqualTo(MicroBatches.of(lengths, Integer::intValue, 200, 5));
    assertThat(steps).allSatisfy(step -> assertThat(step).hasSizeBetween(1, perStep));
  }
}
