/**
 * Trajectories in, a better policy or reward model out: one algorithm, one file.
 *
 * <p>{@link dev.rowan.train.Sft} learns from solutions (expert iteration is the same on verified roll-outs),
 * {@link dev.rowan.train.Grpo} from rewards, {@link dev.rowan.train.ProcessRewardTraining} from labels on tokens and
 * {@link dev.rowan.train.OutcomeRewardTraining} from labels on whole chains. On-policy batches come through a
 * {@link dev.rowan.train.RolloutSource}; this package never samples or searches by itself.
 *
 * <p>All of them hand micro-batches and a {@link dev.rowan.train.Loss} to a {@link dev.rowan.train.Trainer}. Its
 * {@link dev.rowan.train.Lanes} run micro-batch i on lane i modulo their number, each lane on a thread of its own with
 * leaves of its own over shared weights, and sum the gradients in a fixed order: the same number of lanes gives the same
 * bits. {@link dev.rowan.train.Checkpoint} saves all that the next step depends on, so that a resumed run takes the same
 * step as one that was never stopped.
 *
 * <p>The formulas stand alone, as functions of tensors or numbers: {@link dev.rowan.train.GroupAdvantage},
 * {@link dev.rowan.train.PolicyLoss}, {@link dev.rowan.train.Kl}, {@link dev.rowan.train.Aggregation}.
 */
@NullMarked
package dev.rowan.train;

import org.jspecify.annotations.NullMarked;
