package dev.rowan.model.jinja;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.TagNode;
import java.util.stream.Collectors;

/** {@code generation}, with which templates mark what the assistant said. */
public final class GenerationTag implements Tag {

  private static final long serialVersionUID = 1;

  @Override
  public String getName() {
    return "generation";
  }

  @Override
  public String interpret(TagNode node, JinjavaInterpreter interpreter) {
    return inside(node, interpreter);
  }

  /** The text of what stands between a tag and its end. */
  static String inside(TagNode node, JinjavaInterpreter interpreter) {
    return node.getChildren().stream()
        .map(child -> child.render(interpreter).getValue())
        .collect(Collectors.joining());
  }
}
