package dev.rowan.data.nano;

import dev.rowan.verify.nano.CountdownProblem;
import dev.rowan.verify.nano.Move;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Make a target from numbers. The level is how many numbers are given: 3 of up to 20, or 4 of up to 12. The target is
 * what a random path of moves ends in, 10 or more and not among the numbers, and the solution is that path.
 */
public record Countdown() implements Family {

  private static final int MIN_TARGET = 10;
  private static final int LARGEST_OF_THREE = 20;
  private static final int LARGEST_OF_FOUR = 12;

  @Override
  public String name() {
    return "countdown";
  }

  @Override
  public List<Integer> levels() {
    return List.of(3, 4);
  }

  @Override
  public Example example(int level, SplittableRandom random) {
    requireLevel(level);
    Optional<Example> example = attempt(level, random);
    while (example.isEmpty()) {
      example = attempt(level, random);
    }
    return example.get();
  }

  private Optional<Example> attempt(int level, SplittableRandom random) {
    int largest = level == 3 ? LARGEST_OF_THREE : LARGEST_OF_FOUR;
    List<Integer> numbers = random.ints(level, 1, largest + 1).boxed().toList();
    List<Integer> left = numbers;
    List<String> lines = new ArrayList<>();
    while (left.size() > 1) {
      List<Move> moves = CountdownProblem.moves(left);
      if (moves.isEmpty()) {
        return Optional.empty();
      }
      Move move = Draws.one(moves, random);
      lines.add(move.text());
      left = move.left();
    }
    int target = left.getFirst();
    if (target < MIN_TARGET || numbers.contains(target)) {
      return Optional.empty();
    }
    CountdownProblem problem = new CountdownProblem(numbers, target);
    lines.add(problem.finalLine());
    return Optional.of(Example.of(name(), level, problem, String.join("", lines)));
  }
}
