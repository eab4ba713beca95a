package dev.rowan.berry;

import dev.rowan.berry.report.Round;

/**
 * What a finished round leaves for the summary.
 *
 * @param round its figures
 * @param sampling seconds of generating
 * @param verifying seconds of verifying and ranking
 * @param training seconds of post-training
 * @param evaluating seconds on the held-out problems
 * @param forwardPasses of the engine
 * @param backwardPasses of the trainer, since the start of the run
 */
record RoundRecord(
    Round round,
    double sampling,
    double verifying,
    double training,
    double evaluating,
    long forwardPasses,
    long backwardPasses) {}
