package dev.rowan.model.jinja;

import com.hubspot.jinjava.interpret.InterpretException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code value[start:stop:step]}; characters of a text are code points. */
final class PythonSlice {

  private PythonSlice() {}

  static Object of(
      @Nullable Object value,
      @Nullable Object start,
      @Nullable Object stop,
      @Nullable Object step) {
    if (value instanceof String text) {
      int[] points = text.codePoints().toArray();
      StringBuilder part = new StringBuilder();
      places(points.length, start, stop, step).forEach(i -> part.appendCodePoint(points[i]));
      return part.toString();
    }
    if (value instanceof List<?> list) {
      return places(list.size(), start, stop, step)
          .mapToObj(list::get)
          .collect(Collectors.toList());
    }
    throw new InterpretException("cannot slice " + PythonValues.representation(value));
  }

  private static IntStream places(
      int length, @Nullable Object start, @Nullable Object stop, @Nullable Object step) {
    int by = bound(step, 1);
    if (by == 0) {
      throw new InterpretException("a slice cannot have a step of 0");
    }
    int lowest = by > 0 ? 0 : -1;
    int highest = by > 0 ? length : length - 1;
    int from = within(bound(start, by > 0 ? 0 : Integer.MAX_VALUE), length, lowest, highest);
    int to = stop instanceof Number
        ? within(bound(stop, 0), length, lowest, highest)
        : by > 0 ? length : -1;
    int count = Math.max(0, Math.ceilDiv(to - from, by));
    return IntStream.range(0, count).map(i -> from + i * by);
  }

  private static int bound(@Nullable Object given, int usual) {
    return given instanceof Number number ? number.intValue() : usual;
  }

  private static int within(int place, int length, int lowest, int highest) {
    return Math.clamp(place < 0 ? place + length : place, lowest, highest);
  }
}
