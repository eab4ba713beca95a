package dev.rowan.model.jinja;

import com.hubspot.jinjava.el.ext.NamedParameter;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Filters, tests, tags and functions of Jinja2 and transformers where the library has none, or others. */
public final class PythonLibrary {

  private record PythonTest(String name, Predicate<@Nullable Object> predicate) implements ExpTest {

    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean evaluate(
        @Nullable Object value, JinjavaInterpreter interpreter, @Nullable Object... arguments) {
      return predicate.test(value);
    }
  }

  private PythonLibrary() {}

  static void register(Context context) {
    context.put("none", PythonNone.NONE);
    context.put("None", PythonNone.NONE);
    functions(context);
    tests(context);
    filters(context);
    context.registerTag(new PythonIfTag());
    context.registerTag(new PythonForTag());
    context.registerTag(new PythonFilterTag());
    context.registerTag(new GenerationTag());
  }

  private static void functions(Context context) {
    context.registerFunction(new ELFunctionDefinition(
        "", "raise_exception", PythonLibrary.class, "raiseException", Object.class));
    context.registerFunction(
        new ELFunctionDefinition("", "strftime_now", PythonLibrary.class, "today", Object.class));
    context.registerFunction(
        new ELFunctionDefinition("", "dict", PythonLibrary.class, "dict", Object[].class));
  }

  private static void tests(Context context) {
    Predicate<@Nullable Object> sequence =
        value -> value instanceof String || value instanceof Collection || value instanceof Map;
    context.registerExpTest(new PythonTest("none", value -> value == PythonNone.NONE));
    context.registerExpTest(new PythonTest("iterable", sequence));
    context.registerExpTest(new PythonTest("sequence", sequence));
    context.registerExpTest(new PythonTest("boolean", value -> value instanceof Boolean));
    context.registerExpTest(new PythonTest("true", Boolean.TRUE::equals));
    context.registerExpTest(new PythonTest("false", Boolean.FALSE::equals));
  }

  private static void filters(Context context) {
    filter(
        context,
        PythonParser.SLICE,
        List.of("start", "stop", "step"),
        (value, bounds) -> PythonSlice.of(value, bounds.get(0), bounds.get(1), bounds.get(2)));
    PythonFilter.Body otherwise = (value, given) ->
        value == null || (PythonValues.truth(given.get(1)) && !PythonValues.truth(value))
            ? given.getFirst() == null ? "" : given.getFirst()
            : value;
    filter(context, "default", List.of("default_value", "boolean"), otherwise);
    filter(context, "d", List.of("default_value", "boolean"), otherwise);
    filter(
        context,
        "tojson",
        List.of("indent"),
        (value, given) ->
            PythonJson.of(value, given.getFirst() instanceof Number n ? n.intValue() : -1));
    texts(context);
    sequences(context);
  }

  private static void texts(Context context) {
    filter(context, "string", List.of(), (value, _) -> PythonValues.text(value));
    filter(
        context,
        "trim",
        List.of("chars"),
        (value, given) ->
            PythonStrings.strip(PythonValues.text(value), given.getFirst(), true, true));
    for (String name : List.of("upper", "lower", "title", "capitalize")) {
      filter(
          context,
          name,
          List.of(),
          (value, _) -> PythonStrings.cased(PythonValues.text(value), name));
    }
    filter(
        context,
        "replace",
        List.of("old", "new", "count"),
        (value, given) -> PythonStrings.replace(
            PythonValues.text(value),
            PythonValues.text(given.get(0)),
            PythonValues.text(given.get(1)),
            given.get(2)));
  }

  private static void sequences(Context context) {
    filter(context, "length", List.of(), (value, _) -> length(value));
    filter(context, "count", List.of(), (value, _) -> length(value));
    filter(context, "list", List.of(), (value, _) -> PythonForTag.items(value));
    filter(
        context,
        "items",
        List.of(),
        (value, _) -> value instanceof Map<?, ?> map ? List.copyOf(map.entrySet()) : List.of());
    filter(context, "join", List.of("d"), (value, given) -> PythonForTag.items(value).stream()
        .map(PythonValues::text)
        .collect(Collectors.joining(PythonValues.text(given.getFirst()))));
    filter(context, "first", List.of(), (value, _) -> {
      List<@Nullable Object> items = PythonForTag.items(value);
      return items.isEmpty() ? null : items.getFirst();
    });
    filter(context, "last", List.of(), (value, _) -> {
      List<@Nullable Object> items = PythonForTag.items(value);
      return items.isEmpty() ? null : items.getLast();
    });
  }

  private static void filter(
      Context context, String name, List<String> parameters, PythonFilter.Body body) {
    context.registerFilter(new PythonFilter(name, parameters, body));
  }

  private static int length(@Nullable Object value) {
    return switch (value) {
      case null -> 0;
      case String text -> text.codePointCount(0, text.length());
      case Collection<?> many -> many.size();
      case Map<?, ?> map -> map.size();
      default ->
        throw new InterpretException(PythonValues.representation(value) + " has no length");
    };
  }

  /** What templates call to refuse a chat. */
  public static String raiseException(Object why) {
    throw new InterpretException(PythonValues.text(why));
  }

  /** What templates call for the date where they have none of their own. */
  public static String today(Object format) {
    return raiseException("it asks for today's date (" + PythonValues.text(format)
        + "), with which the same chat would give other tokens tomorrow");
  }

  /** {@code dict(a=1, b=2)}. */
  public static Map<String, Object> dict(Object... arguments) {
    Map<String, Object> dict = new LinkedHashMap<>();
    for (Object argument : arguments) {
      switch (argument) {
        case NamedParameter named -> dict.put(named.getName(), named.getValue());
        case Map<?, ?> map -> map.forEach((key, value) -> dict.put(String.valueOf(key), value));
        default -> throw new InterpretException("dict() takes named values");
      }
    }
    return dict;
  }
}
