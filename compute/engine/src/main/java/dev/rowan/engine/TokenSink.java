package dev.rowan.engine;

/** Hears each new token on the thread that asked for the sequence. */
@FunctionalInterface
public interface TokenSink {

  /** Hears nothing. */
  TokenSink NONE = (token, logProb) -> {};

  /** A token was drawn, with its natural log-probability. */
  void accept(int token, float logProb);
}
