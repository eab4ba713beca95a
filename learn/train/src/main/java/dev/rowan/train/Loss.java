package dev.rowan.train;

import dev.rowan.tensor.Tensor;

/**
 * What a step makes smaller. Losses add up over the micro-batches of a step, so each is normalised by totals of the whole
 * step.
 *
 * @param <M> the model, as one lane sees it
 * @param <B> a micro-batch
 */
@FunctionalInterface
public interface Loss<M, B> {

  /** One value with a recorded history. Runs on a lane's thread, inside a scope; {@code tally} is the lane's own. */
  Tensor of(M model, B microBatch, Tally tally);
}
