/** Rowan as a library: programs short enough to read in a minute. Each takes an endpoint's address and a model's name. */
@NullMarked
package dev.rowan.examples;

import org.jspecify.annotations.NullMarked;
