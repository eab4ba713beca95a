package dev.rowan.verify.nano;

import java.util.List;

/** What a grove problem says about one person's quantity. */
public sealed interface Clause {

  /** Whose quantity this gives. */
  String name();

  /** Whose quantities it is computed from. */
  List<String> uses();

  /**
   * A quantity given outright: {@code Sam has 32 nuts}.
   *
   * @param name who has it
   * @param value how many
   */
  record Root(String name, int value) implements Clause {

    @Override
    public List<String> uses() {
      return List.of();
    }
  }

  /**
   * {@code Noah has 9 more than Mia}.
   *
   * @param name who has more
   * @param amount how many more
   * @param other than whom
   */
  record More(String name, int amount, String other) implements Clause {

    @Override
    public List<String> uses() {
      return List.of(other);
    }
  }

  /**
   * {@code Ben has 3 fewer than Omar}.
   *
   * @param name who has fewer
   * @param amount how many fewer
   * @param other than whom
   */
  record Fewer(String name, int amount, String other) implements Clause {

    @Override
    public List<String> uses() {
      return List.of(other);
    }
  }

  /**
   * {@code Noah has 5 times as many as Ben}.
   *
   * @param name who has a multiple
   * @param factor how many times as many
   * @param other of whose quantity
   */
  record Times(String name, int factor, String other) implements Clause {

    @Override
    public List<String> uses() {
      return List.of(other);
    }
  }

  /**
   * {@code Ivy has half as many as Sam}.
   *
   * @param name who has half
   * @param other of whose quantity
   */
  record Half(String name, String other) implements Clause {

    @Override
    public List<String> uses() {
      return List.of(other);
    }
  }

  /**
   * {@code Ben has as many as Ivy and Sam together}.
   *
   * @param name who has the sum
   * @param first of whose quantity
   * @param second and whose
   */
  record Together(String name, String first, String second) implements Clause {

    @Override
    public List<String> uses() {
      return List.of(first, second);
    }
  }

  /** The clause in words, without its full stop; {@code thing} is what is counted. */
  default String text(String thing) {
    return switch (this) {
      case Root(var name, var value) -> name + " has " + value + " " + thing;
      case More(var name, var amount, var other) -> name + " has " + amount + " more than " + other;
      case Fewer(var name, var amount, var other) ->
        name + " has " + amount + " fewer than " + other;
      case Times(var name, var factor, var other) ->
        name + " has " + factor + " times as many as " + other;
      case Half(var name, var other) -> name + " has half as many as " + other;
      case Together(var name, var first, var second) ->
        name + " has as many as " + first + " and " + second + " together";
    };
  }
}
