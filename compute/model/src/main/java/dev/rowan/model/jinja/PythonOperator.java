package dev.rowan.model.jinja;

import com.hubspot.jinjava.el.ext.AdditionOperator;
import com.hubspot.jinjava.interpret.InterpretException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import jinjava.de.odysseus.el.misc.NumberOperations;
import jinjava.de.odysseus.el.misc.TypeConverter;
import jinjava.de.odysseus.el.tree.Bindings;
import jinjava.de.odysseus.el.tree.impl.ast.AstBinary;
import jinjava.de.odysseus.el.tree.impl.ast.AstNode;
import jinjava.javax.el.ELContext;
import org.jspecify.annotations.Nullable;

/** Operators that convert nothing behind one's back: {@code 1} is not {@code '1'}. */
enum PythonOperator implements AstBinary.Operator {
  /** The left side if it is false, or else the right one. */
  AND {
    @Override
    public @Nullable Object eval(
        Bindings bindings, ELContext context, AstNode left, AstNode right) {
      Object first = left.eval(bindings, context);
      return PythonValues.truth(first) ? right.eval(bindings, context) : first;
    }
  },
  EQUAL {
    @Override
    Object of(TypeConverter numbers, @Nullable Object left, @Nullable Object right) {
      return PythonValues.equal(left, right);
    }
  },
  UNEQUAL {
    @Override
    Object of(TypeConverter numbers, @Nullable Object left, @Nullable Object right) {
      return !PythonValues.equal(left, right);
    }
  },
  IN {
    @Override
    Object of(TypeConverter numbers, @Nullable Object left, @Nullable Object right) {
      return contains(right, left);
    }
  },
  NOT_IN {
    @Override
    Object of(TypeConverter numbers, @Nullable Object left, @Nullable Object right) {
      return !contains(right, left);
    }
  },
  PLUS {
    @Override
    Object of(TypeConverter numbers, @Nullable Object left, @Nullable Object right) {
      if (left instanceof String a && right instanceof String b) {
        return a + b;
      }
      if (left instanceof Collection<?> a && right instanceof Collection<?> b) {
        List<@Nullable Object> both = new ArrayList<>(a);
        both.addAll(b);
        return both;
      }
      if (left instanceof Number && right instanceof Number) {
        return NumberOperations.add(numbers, left, right);
      }
      throw cannot("add", left, right);
    }
  },
  TIMES {
    @Override
    Object of(TypeConverter numbers, @Nullable Object left, @Nullable Object right) {
      if (left instanceof Number && right instanceof Number) {
        return NumberOperations.mul(numbers, left, right);
      }
      Object many = left instanceof Number ? right : left;
      int times =
          left instanceof Number n ? n.intValue() : right instanceof Number n ? n.intValue() : -1;
      if (many instanceof String text && (left instanceof Number || right instanceof Number)) {
        if ((long) text.length() * times > PythonJinja.MAX_OUTPUT) {
          throw new InterpretException("a text repeated " + times + " times is too long");
        }
        return text.repeat(Math.max(0, times));
      }
      throw cannot("multiply", left, right);
    }
  };

  private static final Map<AstBinary.Operator, PythonOperator> INSTEAD = Map.of(
      AstBinary.AND, AND,
      AstBinary.EQ, EQUAL,
      AstBinary.NE, UNEQUAL,
      AdditionOperator.OP, PLUS,
      AstBinary.MUL, TIMES);

  /** The one to be used where the library has this one. */
  static AstBinary.Operator insteadOf(AstBinary.Operator operator) {
    PythonOperator ours = INSTEAD.get(operator);
    return ours == null ? operator : ours;
  }

  @Override
  public @Nullable Object eval(Bindings bindings, ELContext context, AstNode left, AstNode right) {
    return of(bindings, left.eval(bindings, context), right.eval(bindings, context));
  }

  Object of(TypeConverter numbers, @Nullable Object left, @Nullable Object right) {
    throw cannot("combine", left, right);
  }

  private static boolean contains(@Nullable Object all, @Nullable Object one) {
    return switch (all) {
      case String text when one instanceof String part -> text.contains(part);
      case Map<?, ?> map -> map.keySet().stream().anyMatch(key -> PythonValues.equal(key, one));
      case Collection<?> many -> many.stream().anyMatch(item -> PythonValues.equal(item, one));
      case null -> false;
      default -> throw cannot("look in", all, one);
    };
  }

  private static InterpretException cannot(
      String what, @Nullable Object left, @Nullable Object right) {
    return new InterpretException("cannot " + what + " " + PythonValues.representation(left)
        + " and " + PythonValues.representation(right));
  }
}
