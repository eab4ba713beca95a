/**
 * The command line, {@code rowan}; the only place that wires implementations together.
 *
 * <p>{@link dev.rowan.cli.Main} lists the commands. A command is one class; what several take is a class of options
 * ({@code ModelOptions}, {@code SamplingOptions}, {@code BudgetOptions}) that also builds what it describes. {@code
 * Policies} opens what writes: a model folder or an endpoint. Whatever the user can mend is a {@link
 * dev.rowan.cli.UserException}, which becomes one line on standard error and an exit code of {@link dev.rowan.cli.Exit};
 * {@code Failure} translates the exceptions of the other modules.
 */
@NullMarked
package dev.rowan.cli;

import org.jspecify.annotations.NullMarked;
