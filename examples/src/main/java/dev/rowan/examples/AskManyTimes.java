package dev.rowan.examples;

import dev.rowan.core.Budget;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Sampling;
import dev.rowan.core.SearchListener;
import dev.rowan.core.Solution;
import dev.rowan.core.Strategy;
import dev.rowan.core.Trajectory;
import dev.rowan.policy.openai.Endpoint;
import dev.rowan.policy.openai.RemotePolicy;
import dev.rowan.search.MajorityVote;
import dev.rowan.verify.ExtractedAnswer;
import dev.rowan.verify.FinalAnswers;

/** Asks the same question 16 times and lets the answers vote; spends no more than 40,000 tokens. */
public final class AskManyTimes {

  private AskManyTimes() {}

  /** {@code args}: an endpoint such as {@code http://localhost:11434/v1}, a model. */
  public static void main(String[] args) throws InterruptedException {
    String question = "How many primes are below 50? End with a last line that reads: #### ANSWER";
    Problem problem = Problem.of("primes", question, new Reference.None());
    try (RemotePolicy policy = new RemotePolicy(Endpoint.of(args[0], args[1]))) {
      Strategy vote = MajorityVote.plain(
          policy, Sampling.of(2_048, 0), 16, answer -> FinalAnswers.extract(answer.text())
              .map(ExtractedAnswer::canonical));
      Solution solution = vote.solve(problem, 7, Budget.ofTokens(40_000), SearchListener.NONE);
      System.out.println(solution.best().map(Trajectory::text).orElse("The budget was too small."));
      System.out.println(solution.votes() + ", " + solution.usage());
    }
  }
}
