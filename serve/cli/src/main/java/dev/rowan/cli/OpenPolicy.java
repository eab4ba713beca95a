package dev.rowan.cli;

import dev.rowan.core.Policy;
import dev.rowan.core.Problem;
import dev.rowan.core.ProcessRewardModel;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A policy that is ready to write.
 *
 * @param name the model, for messages and records
 * @param policy what writes
 * @param prm the process reward model that goes with it, if there is one
 * @param wording puts a problem into the words that the policy expects
 * @param system the system message it has, unless it is given another; empty for none
 * @param closer frees what it holds
 */
public record OpenPolicy(
    String name,
    Policy policy,
    Optional<ProcessRewardModel> prm,
    UnaryOperator<Problem> wording,
    String system,
    Runnable closer)
    implements AutoCloseable {

  /** A policy without a system message of its own. */
  public OpenPolicy(
      String name,
      Policy policy,
      Optional<ProcessRewardModel> prm,
      UnaryOperator<Problem> wording,
      Runnable closer) {
    this(name, policy, prm, wording, "", closer);
  }

  /** The same as one that reads chats: questions stay as they are, and there is a system message. */
  OpenPolicy chatting(String message) {
    return new OpenPolicy(name, policy, prm, problem -> problem, message, closer);
  }

  /** The same with {@code given} as the system message, or its own if none is given. */
  OpenPolicy withSystem(Optional<String> given) {
    UnaryOperator<Problem> starting = Wordings.startingWith(given.orElse(system));
    return new OpenPolicy(
        name, policy, prm, problem -> starting.apply(wording.apply(problem)), "", closer);
  }

  /** Frees the model's memory or the endpoint's connections. */
  @Override
  public void close() {
    closer.run();
  }
}
