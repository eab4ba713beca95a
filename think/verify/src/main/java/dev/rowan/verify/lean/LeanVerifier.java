package dev.rowan.verify.lean;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Verifies Lean 4 proofs: correct if the text, whole, declares the theorem of {@link Reference.Theorem} with exactly the
 * given statement and Lean's kernel accepts it from propositional extensionality, choice and quotients alone. A text that
 * Lean refuses is incorrect; one that ends Lean or keeps it busy too long is unverifiable.
 *
 * <p>de Moura and Ullrich, "The Lean 4 Theorem Prover and Programming Language", 2021.
 */
public final class LeanVerifier implements Verifier, AutoCloseable {

  /** How long each of the two steps may take by default. */
  public static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Pattern FENCE =
      Pattern.compile("```(?:lean4?)?[^\\S\n]*\n(.*?)```", Pattern.DOTALL);

  private static final int MAX_REASON = 300;

  private final LeanWorkers elaborators;
  private final LeanWorkers judges;
  private final Duration limit;

  /** Checks a proof at once for every two processors, with the default limit. */
  public LeanVerifier(Toolchain toolchain) {
    this(toolchain, lanes(), LIMIT, false);
  }

  /** How many proofs are checked at once by default: each keeps two processes. */
  public static int lanes() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }

  /**
   * With all that can be chosen.
   *
   * @param toolchain starts Lean
   * @param lanes proofs checked at once, each lane with up to two processes
   * @param limit wall clock of each step of a check; starting Lean does not count
   * @param fresh whether each proof is elaborated in a process of its own, at the cost of a start
   */
  public LeanVerifier(Toolchain toolchain, int lanes, Duration limit, boolean fresh) {
    this.elaborators = new LeanWorkers(toolchain, lanes, !fresh);
    this.judges = new LeanWorkers(toolchain, lanes, true);
    this.limit = limit;
  }

  /** The Lean text of an answer: its last fenced block, or all of it. */
  public static String proof(Answer answer) {
    Matcher fence = FENCE.matcher(answer.text());
    String text = answer.text();
    while (fence.find()) {
      text = fence.group(1);
    }
    return text;
  }

  @Override
  public Verdict verify(Problem problem, Answer answer) {
    if (!(problem.reference() instanceof Reference.Theorem theorem)) {
      return new Verdict.Unverifiable("the problem states no theorem");
    }
    try {
      return verify(theorem, proof(answer));
    } catch (IOException e) {
      return new Verdict.Unverifiable(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Verdict.Unverifiable("interrupted");
    }
  }

  private Verdict verify(Reference.Theorem theorem, String proof)
      throws IOException, InterruptedException {
    if (proof.isBlank()) {
      return new Verdict.Incorrect("no proof");
    }
    if (theorem.name().isBlank() || theorem.name().chars().anyMatch(Character::isWhitespace)) {
      return new Verdict.Unverifiable("no name of a theorem: '" + theorem.name() + "'");
    }
    Optional<String> word = CodeWords.find(proof);
    if (word.isPresent()) {
      return new Verdict.Incorrect("'" + word.get() + "' has no place in a proof");
    }
    String book = elaborate(theorem, proof);
    if (!book.endsWith(".\n")) {
      return refused(book.strip());
    }
    String check = "check " + theorem.name() + " " + escape(theorem.statement()) + "\n" + book;
    return verdict(judges.ask(check, limit).strip());
  }

  private String elaborate(Reference.Theorem theorem, String proof)
      throws IOException, InterruptedException {
    String request = "elaborate " + theorem.name() + " " + escape(proof) + "\n";
    String book = elaborators.ask(request, limit);
    // The WebAssembly build refuses a sound text with these words now and then, and accepts it when
    // asked again.
    return book.startsWith("!") && book.contains("expected token")
        ? elaborators.ask(request, limit)
        : book;
  }

  private static Verdict refused(String answer) {
    String reason = answer.lines().reduce("", (first, last) -> last);
    return reason.startsWith("! ")
        ? new Verdict.Incorrect(brief(reason.substring(2)))
        : new Verdict.Unverifiable("Lean failed: " + brief(reason.replaceFirst("^\\? ", "")));
  }

  private static Verdict verdict(String answer) {
    String text = answer.startsWith("= ")
        ? answer.substring(2)
        : "failed " + answer.replaceFirst("^\\? ", "");
    int space = text.indexOf(' ');
    String word = space < 0 ? text : text.substring(0, space);
    String reason = brief(text.substring(space + 1));
    return switch (word) {
      case "correct" -> new Verdict.Correct();
      case "incorrect" -> new Verdict.Incorrect(reason);
      case "statement" ->
        new Verdict.Unverifiable("the statement itself does not elaborate: " + reason);
      default -> new Verdict.Unverifiable("Lean failed: " + reason);
    };
  }

  private static String brief(String escaped) {
    String text = unescape(escaped).strip().replaceAll("\\s*\n\\s*", "; ");
    return text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON) + "…";
  }

  private static String escape(String text) {
    return text.replace("\\", "\\b").replace("\n", "\\n").replace("\r", "\\r");
  }

  private static String unescape(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\b", "\\");
  }

  /** Ends the Leans. */
  @Override
  public void close() {
    elaborators.close();
    judges.close();
  }
}
