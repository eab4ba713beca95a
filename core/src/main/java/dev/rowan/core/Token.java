package dev.rowan.core;

/**
 * One sampled token.
 *
 * @param id its number in the policy's vocabulary, or {@link #UNKNOWN_ID} from a policy that does not tell
 * @param text what it adds to the text
 * @param logProb natural logarithm of its probability under the untempered policy; NaN if the policy does not tell
 */
public record Token(int id, String text, double logProb) {

  /** The id of a token whose vocabulary is not known. */
  public static final int UNKNOWN_ID = -1;
}
