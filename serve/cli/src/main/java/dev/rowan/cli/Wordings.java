package dev.rowan.cli;

import dev.rowan.core.Message;
import dev.rowan.core.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Ways to put a problem that policies expect. */
final class Wordings {

  /** Real models are told to end like this, so that the answer can be found. */
  static final String DEFAULT_SYSTEM =
      "Think step by step. End with a last line that holds only #### and the final answer, such as: #### 42";

  private Wordings() {}

  /** The question ends with a line break, which the nano model's questions do. */
  static Problem endingItsLine(Problem problem) {
    List<Message> prompt = new ArrayList<>(problem.prompt());
    Message last = prompt.removeLast();
    prompt.add(
        last.content().endsWith("\n") ? last : new Message(last.role(), last.content() + "\n"));
    return new Problem(problem.id(), prompt, problem.reference(), problem.tags());
  }

  /** The chat starts with a system message, unless it has one. */
  static UnaryOperator<Problem> startingWith(String system) {
    return problem -> {
      if (system.isBlank() || problem.prompt().getFirst().role() == Message.Role.SYSTEM) {
        return problem;
      }
      List<Message> prompt = new ArrayList<>();
      prompt.add(new Message(Message.Role.SYSTEM, system));
      prompt.addAll(problem.prompt());
      return new Problem(problem.id(), prompt, problem.reference(), problem.tags());
    };
  }
}
