/**
 * How good a policy or a strategy is, and how sure one can be.
 *
 * <p>{@link dev.rowan.eval.Evaluation} runs a strategy on problems, several times each, and returns
 * {@link dev.rowan.eval.Results}: accuracy, coverage, majority, tokens. {@link dev.rowan.eval.SampleLog} writes each
 * sample as a line of JSON.
 *
 * <p>From n samples of a problem, the estimators tell what k of them would come to: {@link dev.rowan.eval.PassAtK},
 * {@link dev.rowan.eval.MajorityAtK} and {@link dev.rowan.eval.BestOfKByScore} exactly, over all subsets of k;
 * {@link dev.rowan.eval.WeightedVoteAtK} and {@link dev.rowan.eval.SolvedWithin} by seeded resampling. A
 * {@link dev.rowan.eval.Curve} is one of them over several k, with 95 % intervals: {@link dev.rowan.eval.Wilson} for
 * counts, {@link dev.rowan.eval.Bootstrap} over problems for means and for paired differences.
 *
 * <p>Samples that nobody could verify are neither right nor wrong: they are counted apart, and no estimator sees them.
 */
@NullMarked
package dev.rowan.eval;

import org.jspecify.annotations.NullMarked;
