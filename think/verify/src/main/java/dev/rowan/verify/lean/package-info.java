/**
 * Formal proofs: whether a Lean 4 text proves exactly the given statement.
 *
 * <p>{@link dev.rowan.verify.lean.LeanVerifier} asks two processes that share nothing but text. In the first, the text is
 * elaborated and every declaration that the theorem rests on is written down; whatever the text makes Lean do, it does
 * there. In the second, which never sees the text, the statement is elaborated alone and the declarations go through
 * Lean's kernel again; axioms, {@code sorry} and the compiler's word are refused, and what was proved must be what was
 * stated. Both run {@code Judge.lean} (a resource of this package), warm, in {@link dev.rowan.verify.lean.LeanWorkers}.
 *
 * <p>{@link dev.rowan.verify.lean.Toolchain} says how Lean starts: {@link dev.rowan.verify.lean.NativeLean} is the user's
 * own, {@link dev.rowan.verify.lean.WasmLean} the one that {@link dev.rowan.verify.lean.LeanInstall} fetches.
 */
@NullMarked
package dev.rowan.verify.lean;

import org.jspecify.annotations.NullMarked;
