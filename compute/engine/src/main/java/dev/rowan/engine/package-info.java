/**
 * Decoding many sequences at once, by token ids only.
 *
 * <p>Any number of threads call {@link dev.rowan.engine.Engine}; each call waits for its own sequence. Underneath, one
 * {@code Lane} per core takes waiting sequences into its running batch at every token (continuous batching; Yu et al.
 * 2022, "Orca") and drops those that are done. Keys and values live in blocks of 16 positions that form a prefix tree
 * ({@code PrefixTree}), so that what sequences have in common is computed once and held once.
 *
 * <p>A token's row is computed by the same arithmetic whether it belongs to a prompt or was sampled, alone or among
 * hundreds: matrix products that do not depend on the number of rows, and an attention kernel
 * ({@link dev.rowan.engine.Attention}) that reads exactly the row's own context. A request therefore gives the same tokens
 * and the same bits of log-probability whatever shares its batch, whatever the cache holds and however many lanes there
 * are.
 */
@NullMarked
package dev.rowan.engine;

import org.jspecify.annotations.NullMarked;
