package dev.rowan.verify.smt;

import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import com.microsoft.z3.Global;
import com.microsoft.z3.Params;
import com.microsoft.z3.Solver;
import com.microsoft.z3.Status;
import com.microsoft.z3.Z3Exception;
import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies answers that are terms of SMT-LIB, such as {@code (* 2 n)} or {@code (and p (not q))}: correct if the term
 * always equals that of the reference, whatever the declared unknowns are; incorrect, with an example, if it can differ.
 * What Z3 does not decide within its limits is unverifiable.
 *
 * <p>The reference's value is SMT-LIB text: declarations and premises, if any, and last the term, such as
 * {@code (declare-const n Int) (assert (> n 0)) (+ n n)}. With the term {@code true}, the answer is a claim that must
 * follow from the premises.
 *
 * <p>de Moura and Bjørner, "Z3: An Efficient SMT Solver", 2008.
 */
public final class SmtVerifier implements Verifier {

  /** How long Z3 may take by default. */
  public static final Duration LIMIT = Duration.ofSeconds(5);

  private static final String MEGABYTES = "1024";
  private static final int MAX_REASON = 200;

  private final Duration limit;

  /** With the default limit. */
  public SmtVerifier() {
    this(LIMIT);
  }

  /** With this limit of time for each check; Z3 takes 1 GiB at most for all that run at once. */
  public SmtVerifier(Duration limit) {
    this.limit = limit;
  }

  @Override
  public Verdict verify(Problem problem, Answer answer) {
    if (!(problem.reference() instanceof Reference.FinalAnswer(String value))) {
      return new Verdict.Unverifiable("the problem has no reference answer");
    }
    List<String> reference = Terms.of(value).orElse(List.of());
    if (reference.isEmpty()) {
      return new Verdict.Unverifiable("the reference is no SMT-LIB term: " + brief(value));
    }
    if (Terms.of(answer.text()).orElse(List.of()).size() != 1) {
      return new Verdict.Incorrect("the answer is not one SMT-LIB term");
    }
    Global.setParameter("memory_high_watermark_mb", MEGABYTES);
    try (Context context = new Context(Map.of("model", "true"))) {
      return check(context, reference, answer.text());
    }
  }

  private Verdict check(Context context, List<String> reference, String answer) {
    try {
      differ(context, reference, reference.getLast());
    } catch (Z3Exception e) {
      return new Verdict.Unverifiable("the reference cannot be read: " + brief(e.getMessage()));
    }
    try {
      return check(context, differ(context, reference, answer));
    } catch (Z3Exception e) {
      return new Verdict.Incorrect("the answer cannot be read: " + brief(e.getMessage()));
    }
  }

  /** The declarations and premises hold, and the two terms differ. */
  private static BoolExpr[] differ(Context context, List<String> reference, String answer) {
    String premises = String.join("\n", reference.subList(0, reference.size() - 1));
    String claim = "(assert (not (= " + reference.getLast() + "\n" + answer + ")))";
    return context.parseSMTLIB2String(premises + "\n" + claim, null, null, null, null);
  }

  private Verdict check(Context context, BoolExpr[] claims) {
    Solver solver = context.mkSolver();
    Params params = context.mkParams();
    params.add("timeout", Math.toIntExact(limit.toMillis()));
    solver.setParameters(params);
    solver.add(claims);
    try {
      Status status = solver.check();
      return switch (status) {
        case UNSATISFIABLE -> new Verdict.Correct();
        case SATISFIABLE ->
          new Verdict.Incorrect("it differs for " + brief(solver.getModel().toString()));
        case UNKNOWN ->
          new Verdict.Unverifiable("Z3 does not decide: " + brief(solver.getReasonUnknown()));
      };
    } catch (Z3Exception e) {
      return new Verdict.Unverifiable("Z3 failed: " + brief(e.getMessage()));
    }
  }

  private static String brief(@Nullable String text) {
    String line =
        Optional.ofNullable(text).orElse("no reason given").strip().replaceAll("\\s+", " ");
    return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON) + "…";
  }
}
