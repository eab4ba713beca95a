package dev.rowan.cli;

import dev.rowan.core.Answer;
import dev.rowan.core.Budget;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Sampling;
import dev.rowan.core.Seeds;
import dev.rowan.verify.judge.Chorus;
import dev.rowan.verify.judge.JudgeVerifier;
import dev.rowan.verify.judge.PolicyJudge;
import dev.rowan.verify.judge.Quorum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The kind {@code judge}: an answer that models judge by a rubric. */
final class JudgeKind implements VerifyKind {

  private static final int MAX_TOKENS = 1024;

  @Mixin
  private final ModelOptions model = new ModelOptions();

  @Option(
      names = "--judges",
      paramLabel = "N",
      description = "How often the model is asked for its vote on an answer. Default: 1.")
  private int judges = 1;

  @Option(
      names = "--quorum",
      paramLabel = "RULE",
      description = "majority, unanimity, or a share above 0.5 of the votes. Default: majority.")
  private String quorum = "majority";

  private final Policies policies;
  private final Budget budget = Budget.unlimited();
  private Optional<OpenPolicy> opened = Optional.empty();

  JudgeKind(Policies policies) {
    this.policies = policies;
  }

  @Override
  public String name() {
    return "judge";
  }

  @Override
  public String help() {
    return """
        rubric, problem, answer; the judge is the model of --upstream or --model:
          '{"kind": "judge", "rubric": "It is a haiku.", "problem": "Write a haiku.",
            "answer": "..."}'
        without a rubric: that of code which cannot be run""";
  }

  @Override
  public Checked check(VerifyLine line) {
    String rubric = line.find("rubric").orElse(PolicyJudge.CODE_RUBRIC);
    Problem problem =
        Problem.of(line.find("id").orElse("line"), line.text("problem"), new Reference.None());
    Chorus chorus = ModelOptions.checked(() -> chorus(rubric));
    Answer answer = new Answer(line.text("answer"));
    return new Checked(
        new JudgeVerifier(List.of(), chorus, budget).verify(problem, answer), Optional.empty());
  }

  private Chorus chorus(String rubric) {
    OpenPolicy policy = open();
    List<Chorus.Seat> seats = new ArrayList<>();
    for (int i = 0; i < judges; i++) {
      Sampling sampling =
          judges == 1 ? Sampling.greedy(MAX_TOKENS) : Sampling.of(MAX_TOKENS, Seeds.derive(1, i));
      seats.add(new Chorus.Seat(new PolicyJudge(policy.policy(), rubric, sampling), 1));
    }
    return new Chorus(seats, rule());
  }

  private Quorum rule() {
    return switch (quorum) {
      case "majority" -> Quorum.MAJORITY;
      case "unanimity" -> Quorum.UNANIMITY;
      default -> new Quorum(share(), Quorum.MAJORITY.turnout());
    };
  }

  private double share() {
    try {
      return Double.parseDouble(quorum);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "--quorum " + quorum + ": choose majority, unanimity or a share such as 0.66", e);
    }
  }

  private synchronized OpenPolicy open() {
    if (opened.isEmpty()) {
      opened = Optional.of(model.open(policies));
    }
    return opened.get();
  }

  @Override
  public synchronized void close() {
    opened.ifPresent(OpenPolicy::close);
  }
}
