package dev.rowan.core;

/**
 * A response to a problem, whole: the chain of thought and what it concludes. Verifiers extract what they need.
 *
 * @param text the response
 */
public record Answer(String text) {}
