package dev.rowan.search;

import dev.rowan.core.Answer;
import dev.rowan.core.Budget;
import dev.rowan.core.Completion;
import dev.rowan.core.Finish;
import dev.rowan.core.Policy;
import dev.rowan.core.Prefix;
import dev.rowan.core.Problem;
import dev.rowan.core.ProcessRewardModel;
import dev.rowan.core.Reference;
import dev.rowan.core.Sampling;
import dev.rowan.core.Seeds;
import dev.rowan.core.Solution;
import dev.rowan.core.Step;
import dev.rowan.core.StepVerifier;
import dev.rowan.core.Token;
import dev.rowan.core.TokenListener;
import dev.rowan.core.Usage;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The toy task: "Add 3 5 7" is answered by {@code 0+3=3}, {@code 3+5=8}, {@code 8+7=15}, {@code #### 15}. Each character is a
 * token.
 */
final class Adding {

  static final Problem PROBLEM = problem(3, 5, 7);
  static final Sampling SAMPLING = Sampling.of(60, 0);
  static final AnswerExtractor EXTRACTOR = answer -> {
    int at = answer.text().indexOf("#### ");
    return at < 0
        ? Optional.empty()
        : Optional.of(answer.text().substring(at + 5).strip());
  };
  static final Verifier VERIFIER =
      (problem, answer) -> EXTRACTOR.extract(answer).equals(Optional.of(truth(problem)))
          ? new Verdict.Correct()
          : new Verdict.Incorrect("not " + truth(problem));

  private Adding() {}

  static Problem problem(int... numbers) {
    StringBuilder question = new StringBuilder("Add");
    int sum = 0;
    for (int number : numbers) {
      question.append(' ').append(number);
      sum += number;
    }
    return Problem.of("add", question.toString(), new Reference.FinalAnswer(Integer.toString(sum)));
  }

  static String truth(Problem problem) {
    return ((Reference.FinalAnswer) problem.reference()).value();
  }

  /** Judges a line by itself: {@code a+b=c} is true if it is. */
  static boolean isTrue(String line) {
    String[] parts = line.strip().split("[+=]", -1);
    return parts.length != 3
        || Integer.parseInt(parts[0]) + Integer.parseInt(parts[1]) == Integer.parseInt(parts[2]);
  }

  static final StepVerifier STEPS = new StepVerifier() {
    @Override
    public List<Verdict> verifySteps(Problem problem, List<Step> steps) {
      List<Verdict> verdicts = new ArrayList<>();
      for (Step step : steps) {
        verdicts.add(
            isTrue(step.text()) ? new Verdict.Correct() : new Verdict.Incorrect("does not add up"));
        if (!verdicts.getLast().isCorrect()) {
          break;
        }
      }
      return verdicts;
    }

    @Override
    public List<String> trueContinuations(Problem problem, List<Step> steps) {
      throw new UnsupportedOperationException();
    }
  };

  /** Sure of every line, and right about it. */
  static final ProcessRewardModel PRM =
      (problem, steps, from) -> steps.subList(from, steps.size()).stream()
          .map(step -> isTrue(step.text()) ? 0.95 : 0.05)
          .toList();

  /** Writes solutions; a line is wrong by 1 or 2 with the given probability. A function of prefix, seed and settings. */
  static final class Adder implements Policy {

    private final double slips;
    private final int delayMicros;
    final AtomicInteger calls = new AtomicInteger();
    final AtomicInteger live = new AtomicInteger();
    final AtomicInteger liveAtMost = new AtomicInteger();

    Adder(double slips) {
      this(slips, 0);
    }

    /** Delays each call by a random time, to shuffle the order in which calls end. */
    Adder(double slips, int delayMicros) {
      this.slips = slips;
      this.delayMicros = delayMicros;
    }

    @Override
    public Completion complete(
        Prefix prefix, Sampling sampling, Budget budget, TokenListener listener)
        throws InterruptedException {
      try (Budget.Charge charge = budget.charge(sampling.maxTokens(), 0)) {
        calls.incrementAndGet();
        liveAtMost.accumulateAndGet(live.incrementAndGet(), Math::max);
        try {
          if (delayMicros > 0) {
            LockSupport.parkNanos(1000L * ThreadLocalRandom.current().nextInt(delayMicros));
          }
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          Completion completion = write(prefix, sampling, (int) charge.tokens());
          charge.settle(completion.usage());
          return completion;
        } finally {
          live.decrementAndGet();
        }
      }
    }

    private Completion write(Prefix prefix, Sampling sampling, int granted) {
      String[] numbers = prefix.problem().question().substring(4).split(" ", -1);
      SplittableRandom random =
          new SplittableRandom(Seeds.derive(sampling.seed(), prefix.steps().toString()));
      int sum =
          prefix.steps().isEmpty() ? 0 : lastNumber(prefix.steps().getLast().text());
      StringBuilder text = new StringBuilder();
      for (int i = prefix.steps().size(); i < numbers.length; i++) {
        int right = sum + Integer.parseInt(numbers[i]);
        boolean slip = random.nextDouble() < slips && sampling.temperature() > 0;
        int result = slip ? right + 1 + random.nextInt(2) : right;
        text.append(sum)
            .append('+')
            .append(numbers[i])
            .append('=')
            .append(result)
            .append('\n');
        sum = result;
      }
      text.append("#### ").append(sum);
      return cut(text.toString(), sampling, granted);
    }

    private static Completion cut(String text, Sampling sampling, int granted) {
      Finish finish = Finish.END;
      int end = text.length();
      if (sampling.stop().contains("\n") && text.indexOf('\n') >= 0) {
        end = text.indexOf('\n') + 1;
        finish = Finish.STOP;
      }
      if (end > granted) {
        end = granted;
        finish = granted < sampling.maxTokens() ? Finish.BUDGET : Finish.LENGTH;
      }
      List<Token> tokens = new ArrayList<>();
      for (int i = 0; i < end; i++) {
        tokens.add(
            new Token(text.charAt(i), text.substring(i, i + 1), -0.1 * (text.charAt(i) % 3)));
      }
      return new Completion(tokens, finish, new Usage(1, 0, tokens.size(), 0));
    }
  }

  private static int lastNumber(String line) {
    return Integer.parseInt(line.strip().substring(line.indexOf('=') + 1));
  }

  static String text(Solution solution) {
    return solution.best().orElseThrow().text();
  }

  static Optional<String> answer(Solution solution) {
    return solution.best().flatMap(best -> EXTRACTOR.extract(new Answer(best.text())));
  }
}
