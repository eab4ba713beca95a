package dev.rowan.model.jinja;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.TagNode;

/** {@code filter}, which filters a whole block. */
public final class PythonFilterTag implements Tag {

  private static final long serialVersionUID = 1;

  @Override
  public String getName() {
    return "filter";
  }

  @Override
  public String interpret(TagNode node, JinjavaInterpreter interpreter) {
    try (JinjavaInterpreter.InterpreterScopeClosable _ = interpreter.enterScope()) {
      interpreter.getContext().put("filtered_block", GenerationTag.inside(node, interpreter));
      return PythonValues.text(interpreter.resolveELExpression(
          "filtered_block|" + node.getHelpers(), node.getLineNumber()));
    }
  }
}
