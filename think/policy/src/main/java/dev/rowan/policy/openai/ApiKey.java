package dev.rowan.policy.openai;

/** A secret that is sent to an endpoint and shown to nobody. */
public final class ApiKey {

  private static final int SHORTEST_RECOGNISED = 4;

  private final String secret;

  /**
   * A key; spaces and line breaks around it are dropped.
   *
   * @throws IllegalArgumentException if it is empty or cannot stand in a header; the message does not show it
   */
  public ApiKey(String secret) {
    this.secret = secret.strip();
    if (this.secret.isEmpty() || !this.secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "the API key is empty or holds characters that no key has: set it again");
    }
  }

  /** The value of the {@code Authorization} header. */
  String authorization() {
    return "Bearer " + secret;
  }

  /** The text without the key, for endpoints that repeat it in their messages. */
  String hideIn(String text) {
    return secret.length() < SHORTEST_RECOGNISED ? text : text.replace(secret, "***");
  }

  @Override
  public String toString() {
    return "ApiKey[hidden]";
  }
}
