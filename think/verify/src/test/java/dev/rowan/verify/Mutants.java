package dev.rowan.verify;

import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Wrong answers made from right ones: a digit changed, a sign flipped, a term dropped, a bracket changed, off by one. */
final class Mutants {

  private static final Pattern DIGIT = Pattern.compile("[0-9]");
  private static final Pattern NUMBER = Pattern.compile("(?<![0-9.,])[0-9]+(?![0-9.,])");
  private static final Pattern SIGN = Pattern.compile("[+-]");

  private Mutants() {}

  /** Each differs from {@code gold} as a text; a few mean the same. */
  static Set<String> of(String gold) {
    Set<String> mutants = new LinkedHashSet<>();
    digits(gold, mutants);
    offByOne(gold, mutants);
    signs(gold, mutants);
    terms(gold, mutants);
    brackets(gold, mutants);
    mutants.remove(gold);
    mutants.removeIf(String::isBlank);
    return mutants;
  }

  private static void digits(String gold, Set<String> mutants) {
    DIGIT.matcher(gold).results().forEach(digit -> {
      for (int step : new int[] {1, 2, 5, 8}) {
        int changed = (gold.charAt(digit.start()) - '0' + step) % 10;
        mutants.add(replaced(gold, digit.start(), digit.end(), Integer.toString(changed)));
      }
    });
  }

  private static void offByOne(String gold, Set<String> mutants) {
    NUMBER.matcher(gold).results().forEach(number -> {
      for (int step : new int[] {-1, 1}) {
        BigInteger next = new BigInteger(number.group()).add(BigInteger.valueOf(step));
        mutants.add(replaced(gold, number.start(), number.end(), next.abs().toString()));
      }
    });
  }

  private static void signs(String gold, Set<String> mutants) {
    SIGN.matcher(gold).results().forEach(sign -> {
      String other = sign.group().equals("-") ? "+" : "-";
      mutants.add(replaced(gold, sign.start(), sign.end(), other));
    });
    mutants.add(gold.startsWith("-") ? gold.substring(1) : "-" + gold);
  }

  /** What stands between two signs or commas outside of brackets goes. */
  private static void terms(String gold, Set<String> mutants) {
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= gold.length(); i++) {
      char c = i < gold.length() ? gold.charAt(i) : ',';
      depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      boolean ends = depth == 0 && (c == '+' || c == '-' || c == ',');
      if (ends && i > start) {
        String left = gold.substring(0, start) + gold.substring(i);
        mutants.add(left.replaceFirst("^\\s*[+,]", "").strip());
        start = i;
      }
    }
  }

  private static void brackets(String gold, Set<String> mutants) {
    swap(gold, "(", "[", mutants);
    swap(gold, ")", "]", mutants);
    swap(gold, "[", "(", mutants);
    swap(gold, "]", ")", mutants);
    if (gold.contains("(") && gold.contains(")")) {
      mutants.add(gold.replace("(", "\\{").replace(")", "\\}"));
      mutants.add(gold.replace("(", "[").replace(")", "]"));
    }
    if (gold.contains("\\{")) {
      mutants.add(gold.replace("\\{", "(").replace("\\}", ")"));
    }
  }

  private static void swap(String gold, String bracket, String other, Set<String> mutants) {
    int at = gold.lastIndexOf(bracket);
    if (at >= 0) {
      mutants.add(replaced(gold, at, at + 1, other));
    }
  }

  private static String replaced(String gold, int start, int end, String by) {
    return gold.substring(0, start) + by + gold.substring(end);
  }
}
