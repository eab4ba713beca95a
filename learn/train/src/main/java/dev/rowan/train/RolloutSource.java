package dev.rowan.train;

import java.util.List;

/** Where on-policy training gets its batches: samples from the policy as it is now, and rewards them. */
@FunctionalInterface
public interface RolloutSource {

  /** The roll-outs of batch {@code batch}, counted from 0. */
  List<RolloutGroup> sample(int batch);
}
