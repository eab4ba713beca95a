package dev.rowan.model.jinja;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.IfTag;
import com.hubspot.jinjava.tree.TagNode;

/** {@code if} with Python's truth: the text "false" is true. */
public final class PythonIfTag extends IfTag {

  private static final long serialVersionUID = 1;

  @Override
  public boolean isPositiveIfElseNode(TagNode node, JinjavaInterpreter interpreter) {
    return PythonValues.truth(interpreter.resolveELExpression(
        node.getHelpers(), node.getLineNumber(), node.getStartPosition()));
  }
}
