package dev.rowan.core;

/** Hears each token as it is drawn, on the thread that runs the completion. */
@FunctionalInterface
public interface TokenListener {

  /** Hears nothing. */
  TokenListener NONE = token -> {};

  /** A token was drawn. */
  void onToken(Token token);

  /** What was heard so far is void: the connection to the policy was lost, and the completion starts over. */
  default void onRestart() {}
}
