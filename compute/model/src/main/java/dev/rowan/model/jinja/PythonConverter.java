package dev.rowan.model.jinja;

import com.hubspot.jinjava.el.TruthyTypeConverter;
import org.jspecify.annotations.Nullable;

/** Truth and text of values in expressions. */
final class PythonConverter extends TruthyTypeConverter {

  private static final long serialVersionUID = 1;

  @Override
  protected Boolean coerceToBoolean(@Nullable Object value) {
    return PythonValues.truth(value);
  }

  @Override
  protected String coerceToString(@Nullable Object value) {
    return PythonValues.text(value);
  }
}
