package dev.rowan.verify.nano;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A word problem on a dependency graph of quantities. Every quantity that its clauses speak of is given by exactly one of
 * them and lies in 1 to 99. Immutable.
 */
public final class GroveProblem implements NanoProblem {

  private static final int MAX_CLAUSES = 64;

  private final List<Clause> clauses;
  private final String question;
  private final String thing;
  private final Map<String, Integer> values;

  private GroveProblem(
      List<Clause> clauses, String question, String thing, Map<String, Integer> values) {
    this.clauses = clauses;
    this.question = question;
    this.thing = thing;
    this.values = values;
  }

  /**
   * The problem that these clauses make; empty if they contradict themselves, leave something open, or a quantity is not
   * a whole number from 1 to 99.
   *
   * @param clauses in the order of the text
   * @param question whose quantity is asked for
   * @param thing what is counted, in the plural
   */
  public static Optional<GroveProblem> of(List<Clause> clauses, String question, String thing) {
    if (clauses.size() > MAX_CLAUSES) {
      return Optional.empty();
    }
    return solve(clauses)
        .filter(values -> values.containsKey(question))
        .map(values -> new GroveProblem(List.copyOf(clauses), question, thing, values));
  }

  /** The problem that {@code text} states, with or without its line break; empty if it is no grove problem. */
  public static Optional<GroveProblem> parse(String text) {
    return GroveParser.parse(text);
  }

  /** The values by name in dependency order, the clause that stands earlier first; empty if there is a contradiction. */
  private static Optional<Map<String, Integer>> solve(List<Clause> clauses) {
    Map<String, Integer> values = new LinkedHashMap<>();
    List<Clause> open = new ArrayList<>(clauses);
    while (!open.isEmpty()) {
      Optional<Clause> ready = open.stream()
          .filter(clause -> values.keySet().containsAll(clause.uses()))
          .findFirst();
      if (ready.isEmpty() || values.containsKey(ready.get().name())) {
        return Optional.empty();
      }
      int value = evaluate(ready.get(), values);
      if (value < MIN_VALUE || value > MAX_VALUE) {
        return Optional.empty();
      }
      values.put(ready.get().name(), value);
      open.remove(ready.get());
    }
    return Optional.of(values);
  }

  /** The value of a clause whose operands are known; 0 if it is not whole. */
  private static int evaluate(Clause clause, Map<String, Integer> values) {
    return switch (clause) {
      case Clause.Root root -> root.value();
      case Clause.More more -> of(values, more.other()) + more.amount();
      case Clause.Fewer fewer -> of(values, fewer.other()) - fewer.amount();
      case Clause.Times times -> of(values, times.other()) * times.factor();
      case Clause.Half half -> of(values, half.other()) % 2 == 0 ? of(values, half.other()) / 2 : 0;
      case Clause.Together sum -> of(values, sum.first()) + of(values, sum.second());
    };
  }

  private static int of(Map<String, Integer> values, String name) {
    Integer value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the problem does not speak of " + name);
    }
    return value;
  }

  /** The clauses, in the order of the text. */
  public List<Clause> clauses() {
    return clauses;
  }

  /** Whose quantity is asked for. */
  public String question() {
    return question;
  }

  /** What is counted, in the plural. */
  public String thing() {
    return thing;
  }

  /**
   * The quantity of {@code name}.
   *
   * @throws IllegalArgumentException if the problem does not speak of it
   */
  public int value(String name) {
    return of(values, name);
  }

  @Override
  public int answer() {
    return value(question);
  }

  @Override
  public String text() {
    return clauses.stream().map(clause -> clause.text(thing) + ". ").collect(Collectors.joining())
        + asked() + "\n";
  }

  @Override
  public String key() {
    return clauses.stream()
            .map(clause -> clause.text(thing) + ". ")
            .sorted()
            .collect(Collectors.joining())
        + asked();
  }

  private String asked() {
    return "How many " + thing + " does " + question + " have?";
  }

  /** The names whose quantities the answer depends on, the asked one included. */
  public Set<String> needed() {
    Map<String, Clause> byName = new HashMap<>();
    clauses.forEach(clause -> byName.put(clause.name(), clause));
    Set<String> needed = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(question));
    while (!open.isEmpty()) {
      String name = open.pop();
      Clause clause = byName.get(name);
      if (clause != null && needed.add(name)) {
        open.addAll(clause.uses());
      }
    }
    return needed;
  }

  /** The lines of a shortest solution, each with its line break but the last: what is needed, in dependency order. */
  public List<String> solution() {
    Set<String> needed = needed();
    Map<String, String> lineOf = new HashMap<>();
    for (Clause clause : clauses) {
      if (!(clause instanceof Clause.Root)) {
        lineOf.put(clause.name(), trueLine(clause));
      }
    }
    List<String> lines = new ArrayList<>();
    for (String name : values.keySet()) {
      String line = lineOf.get(name);
      if (line != null && needed.contains(name)) {
        lines.add(line);
      }
    }
    lines.add(finalLine());
    return List.copyOf(lines);
  }

  /** Every true line stays true wherever it stands; a solution ends with the last line. */
  @Override
  public Progress start() {
    List<String> lines = new ArrayList<>();
    for (Clause clause : clauses) {
      if (!(clause instanceof Clause.Root)) {
        lines.add(trueLine(clause));
      }
    }
    lines.add(finalLine());
    return new Going(List.copyOf(lines), finalLine());
  }

  private String trueLine(Clause clause) {
    return clause.text(thing) + ": " + expression(clause) + "=" + value(clause.name()) + "\n";
  }

  private String expression(Clause clause) {
    return switch (clause) {
      case Clause.Root root -> String.valueOf(root.value());
      case Clause.More more -> value(more.other()) + "+" + more.amount();
      case Clause.Fewer fewer -> value(fewer.other()) + "-" + fewer.amount();
      case Clause.Times times -> times.factor() + "*" + value(times.other());
      case Clause.Half half -> value(half.other()) + "/2";
      case Clause.Together sum -> value(sum.first()) + "+" + value(sum.second());
    };
  }

  private record Going(List<String> trueLines, String finalLine) implements Progress {

    @Override
    public Progress after(String trueLine) {
      return trueLine.equals(finalLine) ? new Finished() : this;
    }
  }
}
