/**
 * Claims of arithmetic and logic, in SMT-LIB, decided by the solver Z3 within limits of time and memory.
 *
 * <p>{@link dev.rowan.verify.smt.SmtVerifier} is the entrance; {@link dev.rowan.verify.smt.Terms} makes sure that an
 * answer is one term and no more.
 */
@NullMarked
package dev.rowan.verify.smt;

import org.jspecify.annotations.NullMarked;
