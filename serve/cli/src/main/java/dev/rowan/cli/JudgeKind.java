package dev.rowan.cli;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.verify.judge.Chorus;
import dev.rowan.verify.judge.JudgeVerifier;
import dev.rowan.verify.judge.PolicyJudge;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** The kind {@code judge}: an answer that models judge by a rubric. */
final class JudgeKind implements VerifyKind {

  @Mixin
  private final JudgeOptions options = new JudgeOptions();

  private final Policies policies;

  JudgeKind(Policies policies) {
    this.policies = policies;
  }

  /** Who judges; the kind {@code preference} asks the same. */
  JudgeOptions options() {
    return options;
  }

  @Override
  public String name() {
    return "judge";
  }

  @Override
  public String help() {
    return """
        rubric, problem, answer; by the model of --upstream or --model, or each --judge:
        {"kind": "judge", "rubric": "It is a haiku.",
         "problem": "Write a haiku.", "answer": "..."}
        without a rubric: that of code which cannot be run""";
  }

  @Override
  public void checkOptions() {
    options.check();
  }

  @Override
  public boolean waits() {
    return true;
  }

  @Override
  public Checked check(VerifyLine line) {
    String rubric = line.find("rubric").orElse(PolicyJudge.CODE_RUBRIC);
    Problem problem =
        Problem.of(line.find("id").orElse("line"), line.text("problem"), new Reference.None());
    Answer answer = new Answer(line.text("answer"));
    Verdict verdict = options.nobody().<Verdict>map(Verdict.Unverifiable::new).orElseGet(() -> {
      Chorus chorus =
          options.chorus(policies, (policy, sampling) -> new PolicyJudge(policy, rubric, sampling));
      return new JudgeVerifier(List.of(), chorus, options.budget()).verify(problem, answer);
    });
    return new Checked(verdict, Optional.empty());
  }

  @Override
  public Optional<String> cost() {
    return options.cost();
  }

  @Override
  public void close() {
    options.close();
  }
}
