/**
 * Strategies: ways to spend a budget on a policy, a verifier and a reward model to get a better answer. Each is one file.
 *
 * <p>Whole chains: {@link dev.rowan.search.SingleChain}, {@link dev.rowan.search.MajorityVote} (plain and weighted),
 * {@link dev.rowan.search.BestOfN} (by a reward model), {@link dev.rowan.search.FirstCorrect} (by a verifier). Line by
 * line: {@link dev.rowan.search.StepSearch} and {@link dev.rowan.search.GoBack} (by a process reward model),
 * {@link dev.rowan.search.StepRollouts} (by roll-outs to the end). {@link dev.rowan.search.StopAtFirstFalse} is a policy
 * around a policy, and works under every strategy. {@link dev.rowan.search.Strategies} builds them by name.
 *
 * <p>What they share. A strategy runs on its caller's thread and starts a virtual thread per roll-out through
 * {@link dev.rowan.search.RollOuts}, which waits for all of them, so an interrupted search leaves nothing behind. Events
 * are sent from the caller's thread, in the order of the seeds; {@link dev.rowan.search.SearchTree} collects them. The
 * same seed gives the same solution and the same events whatever the timing: roll-outs have seeds of their own, and no
 * more of them run at once than the budget surely pays for, so that none takes another's last tokens. (A limit of
 * wall-clock time or money depends on timing by its nature.) A search whose budget runs out returns the best it has.
 */
@NullMarked
package dev.rowan.search;

import org.jspecify.annotations.NullMarked;
