package dev.rowan.model.jinja;

import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import com.hubspot.jinjava.util.LengthLimitingStringBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code for TARGETS in VALUES if CONDITION}, with {@code else}; each round has variables of its own. */
public final class PythonForTag implements Tag {

  private static final long serialVersionUID = 1;

  @Override
  public String getName() {
    return "for";
  }

  @Override
  public String interpret(TagNode node, JinjavaInterpreter interpreter) {
    String clause = node.getHelpers().strip();
    int in = wordIn(clause, "in", 0);
    if (in < 0) {
      throw new InterpretException("a loop has no 'in': " + clause);
    }
    int condition = wordIn(clause, "if", in + 2);
    List<String> targets =
        Arrays.asList(clause.substring(0, in).replaceAll("[()\\s]", "").split(","));
    String values = clause.substring(in + 2, condition < 0 ? clause.length() : condition);
    List<@Nullable Object> items =
        items(interpreter.resolveELExpression(values, node.getLineNumber()));
    if (condition >= 0) {
      String test = clause.substring(condition + 2);
      items.removeIf(item -> !holds(test, item, targets, node, interpreter));
    }
    return rounds(node, interpreter, targets, items);
  }

  private static boolean holds(
      String test,
      @Nullable Object item,
      List<String> targets,
      TagNode node,
      JinjavaInterpreter interpreter) {
    try (JinjavaInterpreter.InterpreterScopeClosable _ = interpreter.enterScope()) {
      bind(targets, item, interpreter);
      return PythonValues.truth(interpreter.resolveELExpression(test, node.getLineNumber()));
    }
  }

  private static String rounds(
      TagNode node,
      JinjavaInterpreter interpreter,
      List<String> targets,
      List<@Nullable Object> items) {
    int otherwise = 0;
    List<Node> children = node.getChildren();
    while (otherwise < children.size() && !children.get(otherwise).getName().equals("else")) {
      otherwise++;
    }
    LengthLimitingStringBuilder text =
        new LengthLimitingStringBuilder(interpreter.getConfig().getMaxOutputSize());
    if (items.isEmpty() && otherwise < children.size()) {
      children
          .subList(otherwise + 1, children.size())
          .forEach(child -> text.append(child.render(interpreter)));
    }
    PythonLoop loop = new PythonLoop(items);
    while (loop.hasNext()) {
      Object item = loop.next();
      try (JinjavaInterpreter.InterpreterScopeClosable _ = interpreter.enterScope()) {
        interpreter.getContext().put("loop", loop);
        bind(targets, item, interpreter);
        for (int i = 0; i < otherwise && !loop.isContinued(); i++) {
          text.append(children.get(i).render(interpreter));
        }
      }
    }
    return text.toString();
  }

  private static void bind(
      List<String> targets, @Nullable Object item, JinjavaInterpreter interpreter) {
    List<@Nullable Object> values = targets.size() == 1
        ? Arrays.asList(item)
        : item instanceof Map.Entry<?, ?> entry
            ? Arrays.asList(entry.getKey(), entry.getValue())
            : items(item);
    if (values.size() != targets.size()) {
      throw new InterpretException(
          "a loop over " + targets + " meets " + values.size() + " values");
    }
    for (int i = 0; i < targets.size(); i++) {
      interpreter.getContext().put(targets.get(i), interpreter.wrap(values.get(i)));
    }
  }

  /** What a loop over this value meets. */
  static List<@Nullable Object> items(@Nullable Object value) {
    return switch (value) {
      case null -> new ArrayList<>();
      case String text ->
        text.codePoints().mapToObj(Character::toString).collect(Collectors.toList());
      case Map<?, ?> map -> new ArrayList<>(map.keySet());
      case Collection<?> many -> new ArrayList<>(many);
      default ->
        throw new InterpretException(PythonValues.representation(value) + " cannot be looped over");
    };
  }

  /** Where a word stands outside texts and brackets; -1 if nowhere. */
  private static int wordIn(String clause, String word, int from) {
    int depth = 0;
    for (int i = from; i < clause.length(); i++) {
      char c = clause.charAt(i);
      if (c == '\'' || c == '"') {
        i = endOfText(clause, i);
      } else if ("([{".indexOf(c) >= 0) {
        depth++;
      } else if (")]}".indexOf(c) >= 0) {
        depth--;
      } else if (depth == 0
          && clause.startsWith(word, i)
          && !isName(clause, i - 1)
          && !isName(clause, i + word.length())) {
        return i;
      }
    }
    return -1;
  }

  private static int endOfText(String clause, int start) {
    int i = start + 1;
    while (i < clause.length() && clause.charAt(i) != clause.charAt(start)) {
      i += clause.charAt(i) == '\\' ? 2 : 1;
    }
    return i;
  }

  private static boolean isName(String clause, int i) {
    return i >= 0
        && i < clause.length()
        && (Character.isLetterOrDigit(clause.charAt(i)) || clause.charAt(i) == '_');
  }
}
