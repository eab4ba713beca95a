package dev.rowan.verify;

import java.util.List;
import java.util.regex.Pattern;

/** Other ways to write the same answer. */
final class Rewrites {

  private static final Pattern FRACTION = Pattern.compile("\\\\frac\\{([0-9]+)\\}\\{([0-9]+)\\}");
  private static final Pattern SUM_SIGN =
      Pattern.compile("(?<=[0-9a-z}) ])\\s*\\+\\s*(?=[0-9a-z\\\\(])");
  private static final Pattern BRACKET = Pattern.compile("(?<!left|right|\\\\)([()])");

  private Rewrites() {}

  /** At least five texts whose final answer is {@code gold}. */
  static List<String> of(String gold) {
    return List.of(
        "So the answer is $\\boxed{" + gold + "}$.",
        "Thus we are done.\n\\[" + gold + "\\]",
        "The final answer is $ " + gold + " $. I hope it is correct.",
        "\\boxed{" + FRACTION.matcher(gold).replaceAll("$1/$2") + "}",
        "\\boxed{" + gold.replace("\\frac", "\\dfrac").replace("\\sqrt ", "\\sqrt") + "}",
        "\\boxed{ " + SUM_SIGN.matcher(gold).replaceAll(" + ") + " }",
        "#### $"
            + BRACKET
                .matcher(gold.replaceAll("\\\\(left|right)(?![a-z])", ""))
                .replaceAll(
                    bracket -> (bracket.group().equals("(") ? "\\\\\\\\left" : "\\\\\\\\right")
                        + bracket.group())
            + "$",
        "\\boxed{\\displaystyle " + gold + "}.\n");
  }
}
