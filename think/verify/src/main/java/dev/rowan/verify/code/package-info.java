/**
 * Verifies answers that are programs, by running them.
 *
 * <p>{@link dev.rowan.verify.code.CodeVerifier} finds the program in the answer ({@link dev.rowan.verify.code.Snippet}) and
 * runs it in a sandbox. What a program should print or return never enters that sandbox: outputs are compared here, and
 * tests that are code run in a second sandbox, where the program is known only by the plain values that it replies with. A
 * program can lie about its values, which is to say be wrong; it cannot say that it passed.
 *
 * <p>Python runs in warm {@link dev.rowan.verify.code.ForkServer}s, two of which make a {@link dev.rowan.verify.code.Lane};
 * the files {@code *.py} beside this package are what runs inside. Other languages are {@link dev.rowan.verify.code.Language}s:
 * each program gets a sandbox of its own.
 */
@NullMarked
package dev.rowan.verify.code;

import org.jspecify.annotations.NullMarked;
