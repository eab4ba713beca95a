package dev.rowan.cli;

import dev.rowan.core.Answer;
import dev.rowan.core.BudgetSpentException;
import dev.rowan.core.PolicyException;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
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
        rubric, problem, answer, other: answer is better than other, asked in both orders;
        a tie, or an order that matters, is unverifiable. The same judge as for judge:
          '{"kind": "preference", "rubric": "It is short.", "problem": "Write a haiku.",
            "answer": "...", "other": "..."}'""";
  }

  @Override
  public Checked check(VerifyLine line) throws InterruptedException {
    String rubric = line.find("rubric").orElse(PolicyJudge.CODE_RUBRIC);
    Problem problem =
        Problem.of(line.find("id").orElse("line"), line.text("problem"), new Reference.None());
    Answer answer = new Answer(line.text("answer"));
    Answer other = new Answer(line.text("other"));
    Preference preference = ModelOptions.checked(() -> options.preference(policies, rubric));
    try {
      return new Checked(
          verdict(preference.compare(problem, answer, other, options.budget())), Optional.empty());
    } catch (BudgetSpentException | PolicyException e) {
      return new Checked(
          new Verdict.Unverifiable(String.valueOf(e.getMessage())), Optional.empty());
    }
  }

  private static Verdict verdict(Preference.Comparison comparison) {
    return switch (comparison.choice()) {
      case FIRST -> new Verdict.Correct();
      case SECOND -> new Verdict.Incorrect("the other is better");
      case UNREADABLE -> new Verdict.Unverifiable("a reply does not end in a verdict");
      case TIE ->
        new Verdict.Unverifiable(
            comparison.consistent() ? "a tie" : "the order makes the difference");
    };
  }
}
