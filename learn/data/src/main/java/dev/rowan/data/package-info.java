/**
 * Problems, from files and from generators.
 *
 * <p>{@link dev.rowan.data.ProblemReader} reads JSONL, one problem a line, and reports the lines that it cannot use beside
 * those that it can. The sub-package {@code nano} generates the two nano families without end.
 */
@NullMarked
package dev.rowan.data;

import org.jspecify.annotations.NullMarked;
