/**
 * The language of the two nano families, and their exact verifiers, which decide from the problem's text alone.
 *
 * <p><b>grove</b>: quantities that depend on one another. Each line of a solution restates a clause and computes it.
 *
 * <pre>
 * Sam has 32 nuts. Ivy has half as many as Sam. Ben has as many as Ivy and Sam together. How many nuts does Ben have?
 * Ivy has half as many as Sam: 32/2=16
 * Ben has as many as Ivy and Sam together: 16+32=48
 * #### 48
 * </pre>
 *
 * <p><b>countdown</b>: reach a target from 3 or 4 numbers, one operation a line. Dead ends are real.
 *
 * <pre>
 * Use 6, 19, 1 to make 14.
 * 19+1=20, left 6, 20
 * 20-6=14, left 14
 * #### 14
 * </pre>
 *
 * <p>A {@link dev.rowan.verify.nano.NanoProblem} is a parsed prompt; its {@link dev.rowan.verify.nano.NanoProblem.Progress}
 * knows every true line that may come next, which is all that a step verifier needs.
 * {@link dev.rowan.verify.nano.NanoVerifier} picks the family by the prompt.
 */
@NullMarked
package dev.rowan.verify.nano;

import org.jspecify.annotations.NullMarked;
