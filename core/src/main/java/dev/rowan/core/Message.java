package dev.rowan.core;

/**
 * One message of a chat.
 *
 * @param role who speaks
 * @param content what is said
 */
public record Message(Role role, String content) {

  /** Who speaks. */
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT
  }

  /** A message of the user. */
  public static Message user(String content) {
    return new Message(Role.USER, content);
  }
}
