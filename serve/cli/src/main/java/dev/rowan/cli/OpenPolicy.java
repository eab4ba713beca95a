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
 * @param closer frees what it holds
 */
public record OpenPolicy(
    String name,
    Policy policy,
    Optional<ProcessRewardModel> prm,
    UnaryOperator<Problem> wording,
    Runnable closer)
    implements AutoCloseable {

  /** The same with another wording after its own. */
  OpenPolicy thenWorded(UnaryOperator<Problem> more) {
    return new OpenPolicy(name, policy, prm, problem -> more.apply(wording.apply(problem)), closer);
  }

  /** Frees the model's memory or the endpoint's connections. */
  @Override
  public void close() {
    closer.run();
  }
}
