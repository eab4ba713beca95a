package dev.rowan.model.jinja;

import java.beans.FeatureDescriptor;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;
import org.jspecify.annotations.Nullable;

/** Python's methods of strings and dictionaries, as templates call them. */
final class PythonMethods extends ELResolver {

  @Override
  public @Nullable Object invoke(
      ELContext context, Object base, Object method, Class<?>[] types, Object[] arguments) {
    Optional<Object> result = Optional.empty();
    if (base instanceof String text) {
      result = PythonStrings.call(text, String.valueOf(method), arguments);
    } else if (base instanceof Map<?, ?> map && method.equals("get") && arguments.length > 0) {
      Object otherwise = arguments.length > 1 ? arguments[1] : PythonNone.NONE;
      result = Optional.ofNullable(map.get(arguments[0])).or(() -> Optional.ofNullable(otherwise));
    }
    if (result.isPresent()) {
      context.setPropertyResolved(true);
    }
    return result.orElse(null);
  }

  /** A character by its place; a text has nothing else. */
  @Override
  public @Nullable Object getValue(ELContext context, Object base, Object property) {
    if (!(base instanceof String text)) {
      return null;
    }
    context.setPropertyResolved(true);
    List<@Nullable Object> characters = PythonForTag.items(text);
    return Optional.of(String.valueOf(property))
        .filter(place -> place.matches("-?\\d{1,9}"))
        .map(place -> Integer.parseInt(place))
        .map(place -> place < 0 ? place + characters.size() : place)
        .filter(place -> place >= 0 && place < characters.size())
        .map(characters::get)
        .orElse(null);
  }

  @Override
  public @Nullable Class<?> getType(ELContext context, Object base, Object property) {
    return null;
  }

  @Override
  public void setValue(ELContext context, Object base, Object property, Object value) {}

  @Override
  public boolean isReadOnly(ELContext context, Object base, Object property) {
    return true;
  }

  @Override
  public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
    return Collections.emptyIterator();
  }

  @Override
  public Class<?> getCommonPropertyType(ELContext context, Object base) {
    return String.class;
  }
}
