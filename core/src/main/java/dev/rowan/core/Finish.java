package dev.rowan.core;

/** Why a policy stopped writing. */
public enum Finish {
  /** The policy ended its answer. */
  END,
  /** A stop string was written; the text includes it. */
  STOP,
  /** The limit of new tokens, or the policy's context, was reached. */
  LENGTH,
  /** The budget was spent. */
  BUDGET,
  /** A search cut the chain off because a verifier or reward model gave up on it. */
  PRUNED
}
