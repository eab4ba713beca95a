package dev.rowan.search;

import dev.rowan.core.Finish;
import dev.rowan.core.Step;
import dev.rowan.core.Token;
import dev.rowan.core.Trajectory;
import dev.rowan.core.Usage;
import java.util.List;

/** Hand-made chains. */
final class Chains {

  private Chains() {}

  static Trajectory of(String text) {
    return of(text, Finish.END, -1);
  }

  static Trajectory of(String text, Finish finish, double logProb) {
    return new Trajectory(
        "p", List.of(Step.of(List.of(new Token(0, text, logProb)))), finish, Usage.ZERO);
  }
}
