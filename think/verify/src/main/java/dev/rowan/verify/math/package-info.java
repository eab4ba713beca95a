/**
 * Whether two final answers, written in LaTeX or plainly, are the same: equal, different or undecided.
 *
 * <p>{@link dev.rowan.verify.math.MathText} reads a text into a {@link dev.rowan.verify.math.Node} tree:
 * {@code Markup} clears away what only lays out, {@code Parser} reads lists, relations and sets, {@code Terms} reads what
 * stands in them. {@link dev.rowan.verify.math.Comparison} compares two trees: {@code Shapes} by their form, {@code Sets}
 * as sets of reals, {@code Scalars} by value. Values are compared exactly as rational numbers or rational functions
 * ({@code Exact}), else as intervals that narrow until they part or until no more digits can hide a difference
 * ({@code Numeric}). All of it is charged to a {@link dev.rowan.verify.math.Work} count; what costs more is undecided.
 */
@NullMarked
package dev.rowan.verify.math;

import org.jspecify.annotations.NullMarked;
