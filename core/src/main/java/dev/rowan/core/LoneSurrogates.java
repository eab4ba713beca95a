package dev.rowan.core;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Halves of characters without their other half, such as JSON's escape {@code "\ud800"}: no encoding has bytes for them, so
 * that a writer would put question marks there.
 */
public final class LoneSurrogates {

  private static final Pattern LONE = Pattern.compile("\\p{Cs}");

  private LoneSurrogates() {}

  /** Whether a text has any. */
  public static boolean in(CharSequence text) {
    return LONE.matcher(text).find();
  }

  /** JSON that says the same and can be encoded: they become escapes. */
  public static String escapedIn(String json) {
    return LONE.matcher(json)
        .replaceAll(
            lone -> String.format(Locale.ROOT, "\\\\u%04x", (int) lone.group().charAt(0)));
  }
}
