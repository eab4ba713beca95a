package dev.rowan.model.jinja;

import com.hubspot.jinjava.el.ext.AstNamedParameter;
import com.hubspot.jinjava.el.ext.CollectionMembershipOperator;
import com.hubspot.jinjava.el.ext.CollectionNonMembershipOperator;
import com.hubspot.jinjava.el.ext.ExtendedParser;
import com.hubspot.jinjava.el.ext.NamedParameterOperator;
import java.util.ArrayList;
import java.util.List;
import jinjava.de.odysseus.el.tree.impl.Builder;
import jinjava.de.odysseus.el.tree.impl.Scanner;
import jinjava.de.odysseus.el.tree.impl.Scanner.Symbol;
import jinjava.de.odysseus.el.tree.impl.ast.AstBinary;
import jinjava.de.odysseus.el.tree.impl.ast.AstNode;
import jinjava.de.odysseus.el.tree.impl.ast.AstNull;
import jinjava.de.odysseus.el.tree.impl.ast.AstParameters;
import jinjava.de.odysseus.el.tree.impl.ast.AstProperty;
import jinjava.de.odysseus.el.tree.impl.ast.AstUnary;
import org.jspecify.annotations.Nullable;

/**
 * Jinja2's grammar where the library's is another: {@code not} is weaker than tests and comparisons, filters and tests follow
 * one another, a named argument is any expression, a slice may have a step.
 */
final class PythonParser extends ExtendedParser {

  /** Expressions by this parser; they are kept, because the same ones come again with each chat. */
  static final class Trees extends Builder {

    private static final long serialVersionUID = 1;

    Trees() {
      super(Feature.METHOD_INVOCATIONS, Feature.VARARGS);
    }

    @Override
    protected PythonParser createParser(String expression) {
      return new PythonParser(this, expression);
    }
  }

  /** The filter that slices are calls of. No template can name it. */
  static final String SLICE = "[:]";

  private PythonParser(Builder context, String expression) {
    super(context, expression);
    putExtensionHandler(CollectionMembershipOperator.TOKEN, comparison(PythonOperator.IN));
    putExtensionHandler(CollectionNonMembershipOperator.TOKEN, comparison(PythonOperator.NOT_IN));
  }

  private static ExtensionHandler comparison(PythonOperator operator) {
    return new ExtensionHandler(ExtensionPoint.CMP) {
      @Override
      public AstNode createAstNode(AstNode... sides) {
        return new AstBinary(sides[0], sides[1], operator);
      }
    };
  }

  @Override
  protected Scanner createScanner(String expression) {
    return new PythonScanner(expression);
  }

  private boolean at(String word) {
    return word.equals(getToken().getImage()) && getToken().getSymbol() != Symbol.STRING;
  }

  @Override
  protected AstNode eq(boolean required) throws Scanner.ScanException, ParseException {
    if (getToken().getSymbol() == Symbol.NOT) {
      consumeToken();
      return createAstUnary(eq(true), AstUnary.NOT);
    }
    return super.eq(required);
  }

  @Override
  protected AstBinary createAstBinary(AstNode left, AstNode right, AstBinary.Operator operator) {
    return super.createAstBinary(left, right, PythonOperator.insteadOf(operator));
  }

  @Override
  protected @Nullable AstNode filter(boolean required)
      throws Scanner.ScanException, ParseException {
    AstNode value = unary(required);
    while (value != null && (at("|") || at("is"))) {
      value = consumeToken().getImage().equals("|") ? filtered(value) : tested(value);
    }
    return value;
  }

  private AstNode filtered(AstNode value) throws Scanner.ScanException, ParseException {
    String name = consumeToken(Symbol.IDENTIFIER).getImage();
    List<AstNode> arguments = new ArrayList<>();
    if (getToken().getSymbol() == Symbol.LPAREN) {
      AstParameters given = params();
      for (int i = 0; i < given.getCardinality(); i++) {
        arguments.add(given.getChild(i));
      }
    }
    return library(FILTER_PREFIX + name, "filter", value, arguments);
  }

  private AstNode tested(AstNode value) throws Scanner.ScanException, ParseException {
    boolean negated = getToken().getSymbol() == Symbol.NOT;
    if (negated) {
      consumeToken();
    }
    String name = consumeToken().getImage();
    AstNode argument = value();
    return library(
        EXPTEST_PREFIX + name,
        negated ? "evaluateNegated" : "evaluate",
        value,
        argument == null ? List.of() : List.of(argument));
  }

  /** The call of a filter or test, as the library writes it. */
  private AstNode library(String name, String method, AstNode value, List<AstNode> arguments) {
    List<AstNode> all = new ArrayList<>(List.of(value, interpreter()));
    all.addAll(arguments);
    return createAstMethod(createAstDot(identifier(name), method, true), createAstParameters(all));
  }

  @Override
  protected AstParameters params(Symbol left, Symbol right)
      throws Scanner.ScanException, ParseException {
    consumeToken(left);
    List<AstNode> arguments = new ArrayList<>();
    while (getToken().getSymbol() != right) {
      if (!arguments.isEmpty()) {
        consumeToken(Symbol.COMMA);
        if (getToken().getSymbol() == right) {
          break;
        }
      }
      arguments.add(argument());
    }
    consumeToken(right);
    return createAstParameters(arguments);
  }

  private AstNode argument() throws Scanner.ScanException, ParseException {
    if (getToken().getSymbol() == Symbol.IDENTIFIER
        && NamedParameterOperator.TOKEN.equals(lookahead(0))) {
      String name = consumeToken().getImage();
      consumeToken();
      return new AstNamedParameter(identifier(name), expr(true));
    }
    return expr(true);
  }

  @Override
  protected @Nullable AstNode value() throws Scanner.ScanException, ParseException {
    AstNode value = nonliteral();
    boolean named = value != null;
    if (value == null) {
      value = literal();
    }
    while (value != null) {
      if (getToken().getSymbol() == Symbol.DOT) {
        consumeToken();
        value = called(createAstDot(value, consumeToken(Symbol.IDENTIFIER).getImage(), named));
      } else if (getToken().getSymbol() == Symbol.LBRACK) {
        value = item(value, named);
      } else {
        return value;
      }
    }
    return null;
  }

  private AstNode called(AstProperty property) throws Scanner.ScanException, ParseException {
    return getToken().getSymbol() == Symbol.LPAREN ? createAstMethod(property, params()) : property;
  }

  private AstNode item(AstNode value, boolean named) throws Scanner.ScanException, ParseException {
    consumeToken();
    List<AstNode> bounds = new ArrayList<>();
    AstNode bound = expr(false);
    while (getToken().getSymbol() == Symbol.COLON && bounds.size() < 2) {
      consumeToken();
      bounds.add(bound == null ? new AstNull() : bound);
      bound = expr(false);
    }
    consumeToken(Symbol.RBRACK);
    if (bounds.isEmpty()) {
      if (bound == null) {
        fail(Symbol.RBRACK);
      }
      return called(createAstBracket(value, bound, named, true));
    }
    bounds.add(bound == null ? new AstNull() : bound);
    return library(FILTER_PREFIX + SLICE, "filter", value, bounds);
  }
}
