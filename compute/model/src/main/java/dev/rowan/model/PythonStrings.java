package dev.rowan.model;

import java.beans.FeatureDescriptor;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;
import org.jspecify.annotations.Nullable;

/** Python's methods of strings, which chat templates call. */
final class PythonStrings extends ELResolver {

  private static final String WHITESPACE = " \t\n\r\f\u000b";

  @Override
  public @Nullable Object invoke(
      ELContext context, Object base, Object method, Class<?>[] types, Object[] arguments) {
    if (!(base instanceof String text)) {
      return null;
    }
    Optional<Object> result = call(text, String.valueOf(method), List.of(arguments));
    if (result.isPresent()) {
      context.setPropertyResolved(true);
    }
    return result.orElse(null);
  }

  private static Optional<Object> call(String text, String method, List<Object> arguments) {
    String argument = arguments.isEmpty() ? WHITESPACE : String.valueOf(arguments.getFirst());
    return switch (method) {
      case "startswith" -> Optional.of(text.startsWith(argument));
      case "endswith" -> Optional.of(text.endsWith(argument));
      case "strip" -> Optional.of(stripStart(stripEnd(text, argument), argument));
      case "lstrip" -> Optional.of(stripStart(text, argument));
      case "rstrip" -> Optional.of(stripEnd(text, argument));
      case "split" -> Optional.of(split(text, arguments));
      case "upper" -> Optional.of(text.toUpperCase(Locale.ROOT));
      case "lower" -> Optional.of(text.toLowerCase(Locale.ROOT));
      default -> Optional.empty();
    };
  }

  private static String stripStart(String text, String characters) {
    int start = 0;
    while (start < text.length() && characters.indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    return text.substring(start);
  }

  private static String stripEnd(String text, String characters) {
    int end = text.length();
    while (end > 0 && characters.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(0, end);
  }

  /** The parts between separators; with a second argument, after so many splits the rest stays whole. */
  private static List<String> split(String text, List<Object> arguments) {
    if (arguments.isEmpty()) {
      return text.isBlank() ? List.of() : Arrays.asList(text.strip().split("\\s+", -1));
    }
    int limit =
        arguments.size() > 1 && arguments.get(1) instanceof Number most ? most.intValue() + 1 : -1;
    return Arrays.asList(text.split(Pattern.quote(String.valueOf(arguments.getFirst())), limit));
  }

  @Override
  public @Nullable Object getValue(ELContext context, Object base, Object property) {
    return null;
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
