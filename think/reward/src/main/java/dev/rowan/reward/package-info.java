/**
 * Reward models that run on this machine's engine: a language model reads the chain, a small head judges it.
 * {@link dev.rowan.reward.TokenHeadRewardModel} judges every step (PRM), {@link dev.rowan.reward.OutcomeRewardModel} the
 * whole chain by its end (ORM). Both read only what the engine's cache does not hold yet.
 */
@NullMarked
package dev.rowan.reward;

import org.jspecify.annotations.NullMarked;
