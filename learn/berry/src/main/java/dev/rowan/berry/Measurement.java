package dev.rowan.berry;

import dev.rowan.berry.report.Curves;

/**
 * All that is measured of a policy, before the rounds and after them in the same way.
 *
 * @param scores on the held-out problems and on every level
 * @param curves what compute at test time buys on them
 * @param forwardPasses passes of the policy that it took
 * @param tokens tokens that it generated
 */
record Measurement(HeldOutScores scores, Curves curves, long forwardPasses, long tokens) {}
