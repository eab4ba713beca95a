package dev.rowan.verify.math;

import java.util.Map;
import java.util.Set;

/** Names of functions and constants, as commands and as plain words. */
final class Functions {

  private static final Map<String, String> BY_NAME = Map.ofEntries(
      Map.entry("sin", "sin"),
      Map.entry("cos", "cos"),
      Map.entry("tan", "tan"),
      Map.entry("tg", "tan"),
      Map.entry("cot", "cot"),
      Map.entry("sec", "sec"),
      Map.entry("csc", "csc"),
      Map.entry("arcsin", "asin"),
      Map.entry("arccos", "acos"),
      Map.entry("arctan", "atan"),
      Map.entry("asin", "asin"),
      Map.entry("acos", "acos"),
      Map.entry("atan", "atan"),
      Map.entry("sinh", "sinh"),
      Map.entry("cosh", "cosh"),
      Map.entry("tanh", "tanh"),
      Map.entry("ln", "ln"),
      Map.entry("log", "log"),
      Map.entry("lg", "log"),
      Map.entry("exp", "exp"),
      Map.entry("cis", "cis"),
      Map.entry("gcd", "gcd"),
      Map.entry("lcm", "lcm"),
      Map.entry("max", "max"),
      Map.entry("min", "min"));

  private static final Map<String, Node> CONSTANTS = Map.of(
      "pi", Node.Name.PI,
      "infinity", Node.Name.INFINITY,
      "Infinity", Node.Name.INFINITY,
      "inf", Node.Name.INFINITY,
      "oo", Node.Name.INFINITY);

  /** Functions that only plain text names like this; LaTeX has commands of another form. */
  private static final Set<String> PLAIN = Set.of(
      "sqrt", "cbrt", "abs", "floor", "ceil", "binom", "comb", "nCr", "perm", "nPr", "factorial");

  private static final Map<String, String> INVERSE =
      Map.of("sin", "asin", "cos", "acos", "tan", "atan");

  private Functions() {}

  /** Whether these letters in a row name a function or a constant. */
  static boolean isName(String letters) {
    return isFunction(letters) || CONSTANTS.containsKey(letters) || PLAIN.contains(letters);
  }

  /** Whether these letters, or a command of that name, name a function whose argument may lack brackets. */
  static boolean isFunction(String name) {
    return BY_NAME.containsKey(name) && !name.equals("min");
  }

  static boolean isConstant(String letters) {
    return CONSTANTS.containsKey(letters);
  }

  static Node constant(String letters) {
    return CONSTANTS.getOrDefault(letters, new Node.Name(letters));
  }

  static boolean isPlain(String letters) {
    return PLAIN.contains(letters);
  }

  /** The function's one name. */
  static String of(String name) {
    if (name.equals("comb") || name.equals("nCr")) {
      return "binom";
    }
    return name.equals("nPr") ? "perm" : BY_NAME.getOrDefault(name, name);
  }

  /** What {@code \sin^{-1}} means. */
  static String inverse(String function) {
    return INVERSE.getOrDefault(function, function);
  }

  static boolean hasInverse(String function) {
    return INVERSE.containsKey(function);
  }
}
