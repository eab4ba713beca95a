/**
 * Verifiers: checks that do not guess.
 *
 * <p>{@link dev.rowan.verify.FinalAnswerVerifier} compares the final answer of any text with a reference, exactly;
 * {@link dev.rowan.verify.FinalAnswers} finds that answer, for votes too. The sub-package {@code nano} holds the exact
 * outcome and step verifiers of the nano families.
 */
@NullMarked
package dev.rowan.verify;

import org.jspecify.annotations.NullMarked;
