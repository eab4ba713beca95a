package dev.rowan.examples;

import dev.rowan.core.Budget;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Sampling;
import dev.rowan.core.SearchListener;
import dev.rowan.core.Solution;
import dev.rowan.core.Strategy;
import dev.rowan.core.Trajectory;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import dev.rowan.policy.openai.Endpoint;
import dev.rowan.policy.openai.Price;
import dev.rowan.policy.openai.RemotePolicy;
import dev.rowan.search.FirstCorrect;
import java.util.Locale;

/** Asks until a verifier of your own is content: at most 12 times, 4 at once, for at most five cents. */
public final class StopWhenRight {

  private StopWhenRight() {}

  /** {@code args}: an endpoint such as {@code http://localhost:11434/v1}, a model. */
  public static void main(String[] args) throws InterruptedException {
    Problem problem =
        Problem.of("palindrome", "Write a palindrome of two or more words.", new Reference.None());
    Verifier palindrome = (asked, answer) -> {
      String letters = answer.text().toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
      return new StringBuilder(letters).reverse().toString().equals(letters)
          ? new Verdict.Correct()
          : new Verdict.Incorrect("it reads differently backwards");
    };
    Budget budget = new Budget(Budget.Limits.NONE.withMicroDollars(50_000));
    Endpoint endpoint = Endpoint.of(args[0], args[1]).withPrice(Price.ofDollars(0.15, 0.60));
    try (RemotePolicy policy = new RemotePolicy(endpoint)) {
      Strategy search = new FirstCorrect(policy, Sampling.of(200, 0), 12, 4, palindrome);
      Solution solution = search.solve(problem, 7, budget, SearchListener.NONE);
      System.out.println(solution.best().map(Trajectory::text).orElse("The budget was too small."));
      System.out.println(budget.spent());
    }
  }
}
