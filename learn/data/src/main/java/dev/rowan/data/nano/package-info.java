/**
 * Endless generators of the two nano families, grove and countdown, and the vocabulary that both are written in.
 *
 * <p>A {@link dev.rowan.data.nano.Family} makes an {@link dev.rowan.data.nano.Example}, a problem with a right solution,
 * from a level and a random stream. {@link dev.rowan.data.nano.Split} divides all problems by a fixed hash, so that
 * training never sees a held-out one. {@link dev.rowan.data.nano.NanoVocabulary} lists the tokens and writes the
 * tokenizer's files.
 */
@NullMarked
package dev.rowan.data.nano;

import org.jspecify.annotations.NullMarked;
