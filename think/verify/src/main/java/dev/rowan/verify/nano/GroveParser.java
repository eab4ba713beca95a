package dev.rowan.verify.nano;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads grove prompts. */
final class GroveParser {

  private static final String NAME = "([A-Z][a-z]{0,19})";
  private static final String NUMBER = "([1-9][0-9]?)";

  private static final int NAME_GROUP = 1;
  private static final int NUMBER_GROUP = 2;
  private static final int RELATION_GROUP = 3;
  private static final int OTHER_GROUP = 4;
  private static final int THING_GROUP = 5;
  private static final int HALF_GROUP = 6;
  private static final int FIRST_GROUP = 7;
  private static final int SECOND_GROUP = 8;

  private static final Pattern CLAUSE = Pattern.compile(NAME + " has (?:" + NUMBER
      + " (?:(more than|fewer than|times as many as) " + NAME + "|([a-z]{1,20}))"
      + "|half as many as " + NAME
      + "|as many as " + NAME + " and " + NAME + " together)\\. ");

  private static final Pattern QUESTION =
      Pattern.compile("How many ([a-z]{1,20}) does " + NAME + " have\\?\\n?");

  private GroveParser() {}

  static Optional<GroveProblem> parse(String text) {
    List<Clause> clauses = new ArrayList<>();
    List<String> things = new ArrayList<>();
    Matcher matcher = CLAUSE.matcher(text);
    int end = 0;
    while (matcher.lookingAt()) {
      clauses.add(clause(matcher));
      if (matcher.start(THING_GROUP) >= 0) {
        things.add(matcher.group(THING_GROUP));
      }
      end = matcher.end();
      matcher.region(end, text.length());
    }
    Matcher asked = QUESTION.matcher(text).region(end, text.length());
    if (!asked.matches() || !things.stream().allMatch(asked.group(1)::equals)) {
      return Optional.empty();
    }
    return GroveProblem.of(clauses, asked.group(2), asked.group(1));
  }

  private static Clause clause(Matcher matcher) {
    String name = matcher.group(NAME_GROUP);
    if (matcher.start(HALF_GROUP) >= 0) {
      return new Clause.Half(name, matcher.group(HALF_GROUP));
    }
    if (matcher.start(FIRST_GROUP) >= 0) {
      return new Clause.Together(name, matcher.group(FIRST_GROUP), matcher.group(SECOND_GROUP));
    }
    int number = Integer.parseInt(matcher.group(NUMBER_GROUP));
    if (matcher.start(THING_GROUP) >= 0) {
      return new Clause.Root(name, number);
    }
    String other = matcher.group(OTHER_GROUP);
    return switch (matcher.group(RELATION_GROUP)) {
      case "more than" -> new Clause.More(name, number, other);
      case "fewer than" -> new Clause.Fewer(name, number, other);
      default -> new Clause.Times(name, number, other);
    };
  }
}
