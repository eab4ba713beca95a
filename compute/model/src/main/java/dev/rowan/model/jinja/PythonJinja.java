package dev.rowan.model.jinja;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.InterpreterFactory;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import jinjava.de.odysseus.el.ExpressionFactoryImpl;
import jinjava.de.odysseus.el.tree.TreeStore;
import jinjava.de.odysseus.el.tree.impl.Cache;
import jinjava.javax.el.CompositeELResolver;
import jinjava.javax.el.ExpressionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Jinjava with the rules of Python's jinja2 as transformers sets it up: {@code trim_blocks}, {@code lstrip_blocks}, no
 * escaping. Safe for use by any number of threads.
 */
public final class PythonJinja extends Jinjava {

  /** What is there, but is nothing. */
  public static final Object NONE = PythonNone.NONE;

  static final long MAX_OUTPUT = 1 << 24;
  private static final int KEPT_EXPRESSIONS = 1000;

  private final ExpressionFactory expressions = new ExpressionFactoryImpl(
      new TreeStore(new PythonParser.Trees(), new Cache(KEPT_EXPRESSIONS)), new PythonConverter());

  /** The engine. */
  public PythonJinja() {
    super(config());
    PythonLibrary.register(getGlobalContext());
  }

  @Override
  public ExpressionFactory getExpressionFactory() {
    return expressions;
  }

  private static JinjavaConfig config() {
    CompositeELResolver resolver = new CompositeELResolver();
    resolver.add(new PythonMethods());
    resolver.add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
    LegacyOverrides rules = LegacyOverrides.newBuilder()
        .withUseNaturalOperatorPrecedence(true)
        .withUseTrimmingForNotesAndExpressions(true)
        .withParseWhitespaceControlStrictly(true)
        .withEvaluateMapKeys(true)
        .withIterateOverMapKeys(true)
        .withKeepNullableLoopValues(true)
        .withAllowAdjacentTextNodes(true)
        .build();
    return JinjavaConfig.newBuilder()
        .withTrimBlocks(true)
        .withLstripBlocks(true)
        .withNestedInterpretationEnabled(false)
        .withMaxOutputSize(MAX_OUTPUT)
        .withElResolver(resolver)
        .withLegacyOverrides(rules)
        .withInterperterFactory(new Interpreters())
        .build();
  }

  /** Makes interpreters that print as Python does. */
  private static final class Interpreters implements InterpreterFactory {

    @Override
    public JinjavaInterpreter newInstance(JinjavaInterpreter original) {
      return new Printing(original);
    }

    @Override
    public JinjavaInterpreter newInstance(Jinjava engine, Context context, JinjavaConfig config) {
      return new Printing(engine, context, config);
    }
  }

  private static final class Printing extends JinjavaInterpreter {

    Printing(Jinjava engine, Context context, JinjavaConfig config) {
      super(engine, context, config);
    }

    Printing(JinjavaInterpreter original) {
      super(original);
    }

    @Override
    public String getAsString(@Nullable Object value) {
      return PythonValues.text(value);
    }
  }
}
