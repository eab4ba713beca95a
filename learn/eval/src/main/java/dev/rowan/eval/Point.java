package dev.rowan.eval;

/**
 * A point of a curve.
 *
 * @param samples samples a problem
 * @param tokens tokens generated a problem, on average
 * @param value share of the problems solved, in [0, 1]
 * @param low lower end of the value's 95 % interval
 * @param high upper end of the value's 95 % interval
 */
public record Point(int samples, double tokens, double value, double low, double high) {}
