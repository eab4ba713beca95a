package dev.rowan.verify;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks verifiers one after another: the first decisive verdict wins. */
public final class CompositeVerifier implements Verifier {

  private final Map<String, Verifier> verifiers;

  /**
   * What one verifier said.
   *
   * @param name the verifier's
   * @param verdict what it said
   */
  public record Opinion(String name, Verdict verdict) {}

  /**
   * The verdict and how it came about.
   *
   * @param verdict the first that decides; unverifiable with all causes if none does
   * @param trail what each verifier said that was asked, in order
   */
  public record Decision(Verdict verdict, List<Opinion> trail) {

    /** Copies the trail. */
    public Decision {
      trail = List.copyOf(trail);
    }
  }

  /** Verifiers by name, asked in the map's order. */
  public CompositeVerifier(Map<String, ? extends Verifier> verifiers) {
    this.verifiers = new LinkedHashMap<>(verifiers);
  }

  @Override
  public Verdict verify(Problem problem, Answer answer) {
    return decide(problem, answer).verdict();
  }

  /** The verdict with its trail. */
  public Decision decide(Problem problem, Answer answer) {
    List<Opinion> trail = new ArrayList<>();
    for (Map.Entry<String, Verifier> next : verifiers.entrySet()) {
      Verdict verdict = next.getValue().verify(problem, answer);
      trail.add(new Opinion(next.getKey(), verdict));
      if (!(verdict instanceof Verdict.Unverifiable)) {
        return new Decision(verdict, trail);
      }
    }
    return new Decision(new Verdict.Unverifiable(causes(trail)), trail);
  }

  private static String causes(List<Opinion> trail) {
    return trail.stream()
        .map(opinion -> opinion.name() + ": "
            + (opinion.verdict() instanceof Verdict.Unverifiable(String cause) ? cause : ""))
        .collect(Collectors.joining("; "));
  }
}
