package dev.rowan.verify.code;

/**
 * What came from one of two fork servers.
 *
 * @param ofAnswer whether it is about the run of an answer; else it is about that of tests
 * @param event what came
 */
record Arrival(boolean ofAnswer, ForkServer.Event event) {}
