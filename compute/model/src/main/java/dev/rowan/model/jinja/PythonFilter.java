package dev.rowan.model.jinja;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A filter.
 *
 * @param name what templates call it
 * @param parameters names of its parameters
 * @param body what it does
 */
record PythonFilter(String name, List<String> parameters, Body body) implements Filter {

  /** What becomes of a value; there is an argument for each parameter, null where none was given. */
  @FunctionalInterface
  interface Body {
    @Nullable Object of(@Nullable Object value, List<@Nullable Object> arguments);
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public @Nullable Object filter(
      @Nullable Object value, JinjavaInterpreter interpreter, String... arguments) {
    return filter(value, interpreter, arguments, Map.of());
  }

  @Override
  public @Nullable Object filter(
      @Nullable Object value,
      JinjavaInterpreter interpreter,
      @Nullable Object[] arguments,
      Map<String, Object> named) {
    List<@Nullable Object> all = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      all.add(i < arguments.length ? arguments[i] : named.get(parameters.get(i)));
    }
    return body.of(value, all);
  }
}
