package dev.rowan.cli;

import dev.rowan.core.Answer;
import dev.rowan.core.BudgetSpentException;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.verify.judge.Chorus;
import dev.rowan.verify.judge.Opinion;
import dev.rowan.verify.judge.PolicyJudge;
import dev.rowan.verify.judge.Preference;
import java.util.Optional;

/** The kind {@code preference}: whether a model prefers an answer to another, in whichever order it sees them. */
final class PreferenceKind implements VerifyKind {

  private final Policies policies;
  private final JudgeOptions options;

  PreferenceKind(Policies policies, JudgeOptions options) {
    this.policies = policies;
    this.options = options;
  }

  @Override
  public String name() {
    return "preference";
  }

  @Override
  public String help() {
    return """
        rubric, problem, answer, other: answer is better than other, asked in both
        orders; one that makes a difference is no vote. The same judges as for judge:
        {"kind": "preference", "rubric": "It is short.",
         "problem": "Write a haiku.", "answer": "...", "other": "..."}""";
  }

  @Override
  public boolean waits() {
    return true;
  }

  @Override
  public Checked check(VerifyLine line) throws InterruptedException {
    String rubric = line.find("rubric").orElse(PolicyJudge.CODE_RUBRIC);
    Problem problem =
        Problem.of(line.find("id").orElse("line"), line.text("problem"), new Reference.None());
    Answer answer = new Answer(line.text("answer"));
    Answer other = new Answer(line.text("other"));
    return new Checked(verdict(problem, answer, other, rubric), Optional.empty());
  }

  private Verdict verdict(Problem problem, Answer answer, Answer other, String rubric)
      throws InterruptedException {
    if (options.nobody().isPresent()) {
      return new Verdict.Unverifiable(options.nobody().get());
    }
    Chorus chorus = options.chorus(policies, (policy, sampling) -> {
      Preference preference = new Preference(policy, rubric, sampling);
      return (about, first, budget) -> opinion(preference.compare(about, first, other, budget));
    });
    try {
      return chorus.vote(problem, answer, options.budget());
    } catch (BudgetSpentException e) {
      return new Verdict.Unverifiable(String.valueOf(e.getMessage()));
    }
  }

  private static Opinion opinion(Preference.Comparison comparison) {
    return switch (comparison.choice()) {
      case FIRST -> new Opinion.Pass("the answer is better");
      case SECOND -> new Opinion.Fail("the other is better");
      case UNREADABLE -> new Opinion.Abstention("a reply does not end in a verdict");
      case TIE ->
        new Opinion.Abstention(
            comparison.consistent() ? "a tie" : "the order makes the difference");
    };
  }
}
