package dev.rowan.verify.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A set of real numbers: spans that do not touch, in their order. Operations are empty where the order of two ends cannot
 * be told.
 */
final class RealSet {

  private static final Node MINUS_INFINITY = Node.Product.negative(Node.Name.INFINITY);

  /** From one end to another, each in or out; a single number has both ends in. */
  private record Span(Node low, boolean lowIn, Node high, boolean highIn) {}

  /** The order of two numbers cannot be told. */
  private static final class UnorderedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnorderedException() {
      super("unordered", null, false, false);
    }
  }

  private final Scalars scalars;
  private final List<Span> spans;

  private RealSet(Scalars scalars, List<Span> spans) {
    this.scalars = scalars;
    this.spans = spans;
  }

  static RealSet empty(Scalars scalars) {
    return new RealSet(scalars, List.of());
  }

  /** The numbers between two ends; none if the ends are in the wrong order. */
  static Optional<RealSet> span(
      Scalars scalars, Node low, boolean lowIn, Node high, boolean highIn) {
    Optional<Integer> order = scalars.order(low, high);
    return order.map(sign -> {
      boolean some = sign < 0 || (sign == 0 && lowIn && highIn);
      return new RealSet(scalars, some ? List.of(new Span(low, lowIn, high, highIn)) : List.of());
    });
  }

  private int order(Node a, Node b) {
    return scalars.order(a, b).orElseThrow(UnorderedException::new);
  }

  Optional<RealSet> union(RealSet other) {
    try {
      List<Span> all = new ArrayList<>(spans);
      for (Span span : other.spans) {
        all = with(all, span);
      }
      return Optional.of(new RealSet(scalars, all));
    } catch (UnorderedException e) {
      return Optional.empty();
    }
  }

  /** The spans with one more, which swallows those that it touches. */
  private List<Span> with(List<Span> all, Span added) {
    List<Span> result = new ArrayList<>();
    Span grown = added;
    boolean placed = false;
    for (Span span : all) {
      if (isBefore(span, grown)) {
        result.add(span);
      } else if (isBefore(grown, span)) {
        if (!placed) {
          result.add(grown);
          placed = true;
        }
        result.add(span);
      } else {
        grown = join(span, grown);
      }
    }
    if (!placed) {
      result.add(grown);
    }
    return result;
  }

  /** Whether one ends before the other starts, with a number between or left out. */
  private boolean isBefore(Span first, Span second) {
    int order = order(first.high, second.low);
    return order < 0 || (order == 0 && !first.highIn && !second.lowIn);
  }

  private Span join(Span a, Span b) {
    int low = order(a.low, b.low);
    int high = order(a.high, b.high);
    return new Span(
        low <= 0 ? a.low : b.low,
        low == 0 ? a.lowIn || b.lowIn : low < 0 ? a.lowIn : b.lowIn,
        high >= 0 ? a.high : b.high,
        high == 0 ? a.highIn || b.highIn : high > 0 ? a.highIn : b.highIn);
  }

  /** All other real numbers. */
  Optional<RealSet> complement() {
    List<Span> gaps = new ArrayList<>();
    Node from = MINUS_INFINITY;
    boolean fromIn = false;
    for (Span span : spans) {
      if (Scalars.infinity(span.low) >= 0) {
        gaps.add(new Span(from, fromIn, span.low, !span.lowIn));
      }
      from = span.high;
      fromIn = !span.highIn;
    }
    if (Scalars.infinity(from) <= 0) {
      gaps.add(new Span(from, fromIn, Node.Name.INFINITY, false));
    }
    return Optional.of(new RealSet(scalars, gaps));
  }

  Optional<RealSet> intersection(RealSet other) {
    Optional<RealSet> here = complement();
    Optional<RealSet> there = other.complement();
    return here.flatMap(a -> there.flatMap(a::union)).flatMap(RealSet::complement);
  }

  /** Whether both hold the same numbers. */
  Equality compare(RealSet other) {
    if (spans.size() != other.spans.size()) {
      return Equality.DIFFERENT;
    }
    List<Equality> parts = new ArrayList<>();
    for (int i = 0; i < spans.size(); i++) {
      Span a = spans.get(i);
      Span b = other.spans.get(i);
      parts.add(Equality.of(a.lowIn == b.lowIn && a.highIn == b.highIn));
      parts.add(scalars.compare(a.low, b.low));
      parts.add(scalars.compare(a.high, b.high));
    }
    return Equality.all(parts);
  }
}
