package dev.rowan.verify.nano;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Make a target from numbers, each used once. A move writes the larger operand first, never multiplies or divides by 1,
 * divides without remainder, and makes a number from 1 to 99; one number in the end is the target.
 *
 * @param numbers the given numbers, 2 to 4 of them, each 1 to 99
 * @param target what to make, 1 to 99
 */
public record CountdownProblem(List<Integer> numbers, int target) implements NanoProblem {

  private static final int MIN_NUMBERS = 2;
  private static final int MAX_NUMBERS = 4;

  private static final Pattern PROMPT =
      Pattern.compile("Use ([1-9][0-9]?(?:, [1-9][0-9]?){1,3}) to make ([1-9][0-9]?)\\.\\n?");

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there are too few or too many numbers or one is out of range
   */
  public CountdownProblem {
    numbers = List.copyOf(numbers);
    if (numbers.size() < MIN_NUMBERS || numbers.size() > MAX_NUMBERS) {
      throw new IllegalArgumentException(
          "countdown with " + numbers.size() + " numbers: give 2 to 4");
    }
    Stream.concat(numbers.stream(), Stream.of(target))
        .filter(number -> number < MIN_VALUE || number > MAX_VALUE)
        .findFirst()
        .ifPresent(number -> {
          throw new IllegalArgumentException(
              "countdown with the number " + number + ": give 1 to 99");
        });
  }

  /** The problem that {@code text} states, with or without its line break; empty if it is no countdown problem. */
  public static Optional<CountdownProblem> parse(String text) {
    Matcher matcher = PROMPT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    List<Integer> numbers =
        Stream.of(matcher.group(1).split(", ", -1)).map(Integer::valueOf).toList();
    return Optional.of(new CountdownProblem(numbers, Integer.parseInt(matcher.group(2))));
  }

  /** Every move from these numbers. Two that read the same are listed once. */
  public static List<Move> moves(List<Integer> numbers) {
    List<Move> moves = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      for (int j = 0; j < numbers.size(); j++) {
        int first = numbers.get(i);
        int second = numbers.get(j);
        if (i != j && (first > second || (first == second && i < j))) {
          addMoves(first, second, without(numbers, i, j), moves);
        }
      }
    }
    return moves.stream().distinct().toList();
  }

  private static void addMoves(int first, int second, List<Integer> rest, List<Move> moves) {
    add(first, '+', second, first + second, rest, moves);
    add(first, '-', second, first - second, rest, moves);
    if (second != 1) {
      add(first, '*', second, first * second, rest, moves);
      add(first, '/', second, first % second == 0 ? first / second : 0, rest, moves);
    }
  }

  private static void add(
      int first, char operator, int second, int result, List<Integer> rest, List<Move> moves) {
    if (result >= MIN_VALUE && result <= MAX_VALUE) {
      List<Integer> left = new ArrayList<>(rest);
      left.add(result);
      moves.add(new Move(first, operator, second, result, left));
    }
  }

  private static List<Integer> without(List<Integer> numbers, int i, int j) {
    List<Integer> rest = new ArrayList<>(numbers.size());
    for (int k = 0; k < numbers.size(); k++) {
      if (k != i && k != j) {
        rest.add(numbers.get(k));
      }
    }
    return rest;
  }

  /**
   * Whether the target can still be made from these numbers; if not, they are a dead end. From 4 numbers at most a few
   * thousand moves are tried.
   *
   * @throws IllegalArgumentException if there are more than 4
   */
  public boolean solvable(List<Integer> left) {
    if (left.size() > MAX_NUMBERS) {
      throw new IllegalArgumentException(
          left.size() + " numbers are too many to search: give at most 4");
    }
    if (left.size() == 1) {
      return left.getFirst() == target;
    }
    return moves(left).stream().anyMatch(move -> solvable(move.left()));
  }

  /** The numbers left after these lines; empty if one of them is false, or the solution is finished. */
  public Optional<List<Integer>> left(List<String> lines) {
    Progress progress = start();
    for (String line : lines) {
      if (!progress.trueLines().contains(line)) {
        return Optional.empty();
      }
      progress = progress.after(line);
    }
    return progress instanceof Going going ? Optional.of(going.left) : Optional.empty();
  }

  @Override
  public int answer() {
    return target;
  }

  @Override
  public String text() {
    return "Use " + Move.list(numbers) + " to make " + target + ".\n";
  }

  @Override
  public String key() {
    return "Use " + Move.list(numbers.stream().sorted().toList()) + " to make " + target + ".";
  }

  @Override
  public Progress start() {
    return new Going(numbers);
  }

  private final class Going implements Progress {

    private final List<Integer> left;
    private final List<Move> moves;

    Going(List<Integer> left) {
      this.left = left;
      this.moves = moves(left);
    }

    @Override
    public List<String> trueLines() {
      if (left.size() == 1) {
        return left.getFirst() == target ? List.of(finalLine()) : List.of();
      }
      return moves.stream().map(Move::text).toList();
    }

    @Override
    public Progress after(String trueLine) {
      if (left.size() == 1) {
        return new Finished();
      }
      return moves.stream()
          .filter(move -> move.text().equals(trueLine))
          .findFirst()
          .map(move -> new Going(move.left()))
          .orElseThrow(() ->
              new IllegalArgumentException("no move from " + Move.list(left) + ": " + trueLine));
    }
  }
}
