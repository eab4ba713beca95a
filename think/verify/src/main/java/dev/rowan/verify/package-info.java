/**
 * Verifiers: checks that do not guess.
 *
 * <p>{@link dev.rowan.verify.MathVerifier} compares final answers of any kind by what they mean,
 * {@link dev.rowan.verify.NumericVerifier} numbers within a tolerance, {@link dev.rowan.verify.ExactVerifier} words,
 * {@link dev.rowan.verify.ChoiceVerifier} letters; {@link dev.rowan.verify.SchemaVerifier} checks JSON.
 * {@link dev.rowan.verify.CompositeVerifier} asks several. {@link dev.rowan.verify.FinalAnswers} finds the answer in a
 * text, for votes too. The sub-package {@code math} reads and compares mathematics, {@code nano} holds the exact outcome
 * and step verifiers of the nano families, {@code code} verifies answers that are programs, in a
 * {@code sandbox}.
 */
@NullMarked
package dev.rowan.verify;

import org.jspecify.annotations.NullMarked;
