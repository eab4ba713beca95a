package dev.rowan.eval;

import java.util.Optional;

/**
 * What the estimators need to know of a sample that was verified.
 *
 * @param correct whether it is right
 * @param answer what it concludes, in canonical form; empty if nothing
 * @param score how good it looked to whoever ranks or weighs it; 0 if nobody does
 * @param tokens tokens generated for it
 */
public record Graded(boolean correct, Optional<String> answer, double score, long tokens) {}
