package dev.rowan.verify.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads groups, tuples, intervals, sets, absolute values and matrices. */
final class Brackets {

  private static final Set<String> MATRICES =
      Set.of("matrix", "pmatrix", "bmatrix", "Bmatrix", "smallmatrix", "array");

  private static final Set<String> SYSTEMS =
      Set.of("cases", "aligned", "align", "align*", "gathered", "split");

  /** What a set's elements are called, before a bar and what holds for them. */
  private static final Sign ELEMENT = Sign.of(
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
      "\\s*[a-zA-Z](?:\\s*\\\\in\\s*\\\\mathbb\\s*\\{?\\s*[A-Z]\\s*\\}?)?\\s*\\|(?=[^|]*\\\\\\})");

  private final Cursor cursor;
  private final Parser parser;
  private final Terms terms;
  private final Numerals numerals;
  private final MathText.Reading reading;
  private int bars;

  Brackets(Cursor cursor, Parser parser, Terms terms, Numerals numerals, MathText.Reading reading) {
    this.cursor = cursor;
    this.parser = parser;
    this.terms = terms;
    this.numerals = numerals;
    this.reading = reading;
  }

  /** Whether a bar that comes next closes another. */
  boolean insideBars() {
    return bars > 0;
  }

  Node read() {
    char open = cursor.peek();
    return switch (open) {
      case '(', '[', ']' -> {
        cursor.accept(String.valueOf(open));
        yield tuple(open);
      }
      case '{' -> group();
      case '|' -> {
        cursor.accept("|");
        yield bars("|");
      }
      default -> throw cursor.unreadable();
    };
  }

  /** Brackets that are commands, of which the opening one has been read. */
  Node afterCommand(String command) {
    return switch (command) {
      case "\\{" -> set();
      case "\\|" -> bars("\\|");
      default -> throw cursor.unreadable();
    };
  }

  private Node tuple(char open) {
    int outside = bars;
    bars = 0;
    List<Node> items = parser.items();
    bars = outside;
    char last = cursor.peek();
    boolean french = last == '[' && open != '(' && items.size() == 2;
    if (last != ')' && last != ']' && !french) {
      throw cursor.unreadable();
    }
    cursor.accept(String.valueOf(last));
    if (open == ']' || french) {
      // ]a, b[ is (a, b).
      return new Node.Tuple(open == ']' ? '(' : '[', items, french ? ')' : last);
    }
    char close = last;
    boolean plain = (open == '(' && close == ')') || (open == '[' && close == ']');
    return items.size() == 1 && plain
        ? numerals.inBrackets(items.getFirst())
        : new Node.Tuple(open, items, close);
  }

  private Node group() {
    cursor.expect("{");
    if (cursor.accept("}")) {
      return reading == MathText.Reading.PLAIN
          ? new Node.SetOf(List.of())
          : cursor.atEnd() ? fail() : read();
    }
    cursor.enter();
    int outside = bars;
    bars = 0;
    Node content = parser.fraction();
    bars = outside;
    cursor.leave();
    cursor.expect("}");
    boolean set = reading == MathText.Reading.PLAIN && content instanceof Node.ListOf;
    return set && content instanceof Node.ListOf(List<Node> items, boolean _)
        ? new Node.SetOf(items)
        : content;
  }

  private Node fail() {
    throw cursor.unreadable();
  }

  private Node set() {
    if (cursor.acceptCommand("\\}")) {
      return new Node.SetOf(List.of());
    }
    int outside = bars;
    bars = 0;
    if (cursor.read(ELEMENT).isPresent()) {
      Node condition = parser.list();
      bars = outside;
      cursor.expect("\\}");
      return condition;
    }
    List<Node> items = parser.items();
    if (items.size() == 1 && (cursor.acceptCommand("\\mid") || cursor.accept("|"))) {
      items = List.of(parser.list());
      bars = outside;
      cursor.expect("\\}");
      return items.getFirst();
    }
    bars = outside;
    if (!cursor.acceptCommand("\\}")) {
      throw cursor.unreadable();
    }
    return items.size() == 1 ? condition(items.getFirst()) : new Node.SetOf(items);
  }

  /** What holds for the elements, if it is said after a colon; else the set of this one. */
  private static Node condition(Node item) {
    return item instanceof Node.Relation(List<Node> sides, List<String> operators)
            && operators.size() > 1
            && operators.lastIndexOf(":") >= 0
            && operators.lastIndexOf(":") < operators.size() - 1
        ? new Node.Relation(
            sides.subList(operators.lastIndexOf(":") + 1, sides.size()),
            operators.subList(operators.lastIndexOf(":") + 1, operators.size()))
        : new Node.SetOf(List.of(item));
  }

  private Node bars(String close) {
    bars++;
    Node inside = terms.sum();
    bars--;
    cursor.expect(close);
    return Node.Call.of("abs", inside);
  }

  /** Brackets whose opening one is the command of this name, which has been read. */
  Node named(String name) {
    return switch (name) {
      case "lfloor" -> rounded("floor", "\\rfloor");
      case "lceil" -> rounded("ceil", "\\rceil");
      case "langle" -> {
        List<Node> items = parser.items();
        cursor.expect("\\rangle");
        yield new Node.Tuple('(', items, ')');
      }
      default -> bars("\\r" + name.substring(1));
    };
  }

  private Node rounded(String function, String close) {
    Node inside = terms.sum();
    cursor.expect(close);
    return Node.Call.of(function, inside);
  }

  /** A matrix, or something that is not read: sums over ranges, integrals, limits. */
  Node environment(String name) {
    if (!name.equals("begin")) {
      throw cursor.unreadable();
    }
    String kind = cursor.raw().strip();
    if (SYSTEMS.contains(kind)) {
      return system(kind);
    }
    boolean determinant = kind.equals("vmatrix");
    if (!determinant && !MATRICES.contains(kind)) {
      throw cursor.unreadable();
    }
    if (kind.equals("array")) {
      cursor.raw();
    }
    cursor.enter();
    Node.Matrix matrix = rows();
    cursor.leave();
    if (!cursor.raw().strip().equals(kind)) {
      throw cursor.unreadable();
    }
    return determinant ? Matrices.determinant(matrix).orElseThrow(cursor::unreadable) : matrix;
  }

  /** Equations one below the other. */
  private Node system(String kind) {
    List<Node> items = new ArrayList<>();
    cursor.enter();
    while (!cursor.acceptCommand("\\end")) {
      if (!cursor.accept("&") && !cursor.accept(",") && !cursor.acceptCommand("\\\\")) {
        items.add(parser.element());
      }
    }
    cursor.leave();
    if (items.isEmpty() || !cursor.raw().strip().equals(kind)) {
      throw cursor.unreadable();
    }
    return items.size() == 1 ? items.getFirst() : new Node.ListOf(items, false);
  }

  private Node.Matrix rows() {
    List<List<Node>> rows = new ArrayList<>();
    List<Node> row = new ArrayList<>();
    while (!cursor.acceptCommand("\\end")) {
      row.add(parser.element());
      if (cursor.accept("&")) {
        continue;
      }
      boolean last = cursor.command().equals("\\end");
      if (!last && !cursor.acceptCommand("\\\\")) {
        throw cursor.unreadable();
      }
      rows.add(List.copyOf(row));
      row.clear();
    }
    int width = Optional.of(rows)
        .filter(r -> !r.isEmpty())
        .map(r -> r.getFirst().size())
        .orElse(0);
    if (width == 0 || rows.stream().anyMatch(r -> r.size() != width)) {
      throw cursor.unreadable();
    }
    return new Node.Matrix(rows);
  }
}
