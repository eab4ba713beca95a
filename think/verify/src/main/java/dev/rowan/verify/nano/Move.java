package dev.rowan.verify.nano;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One operation of a countdown solution.
 *
 * @param first the larger operand, or either of two equal ones
 * @param operator one of {@code + - * /}
 * @param second the other operand
 * @param result what it makes, 1 to 99
 * @param left the numbers that remain, in their order, the result last
 */
public record Move(int first, char operator, int second, int result, List<Integer> left) {

  /** Copies the list. */
  public Move {
    left = List.copyOf(left);
  }

  /** The line that states this move, with its line break: {@code 19-1=18, left 6, 18}. */
  public String text() {
    return first + String.valueOf(operator) + second + "=" + result + ", left " + list(left) + "\n";
  }

  static String list(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
