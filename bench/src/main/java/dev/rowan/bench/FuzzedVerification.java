package dev.rowan.bench;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.testkit.AnswerFuzz;
import dev.rowan.verify.MathVerifier;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Compares random texts, and says how long the slowest took, in CPU time of its thread. */
final class FuzzedVerification {

  private static final int WARM_UP = 20_000;

  private FuzzedVerification() {}

  /** {@code args}: how many texts, a seed. */
  public static void main(String[] args) {
    AnswerFuzz texts = new AnswerFuzz(Long.parseLong(args[1]));
    int count = Integer.parseInt(args[0]);
    MathVerifier verifier = new MathVerifier();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Map<String, Integer> verdicts = new TreeMap<>();
    double slowest = 0;
    String what = "";
    for (int i = -WARM_UP; i < count; i++) {
      String gold = texts.next();
      String text = i % 3 == 0 ? gold + " " : texts.next();
      long start = threads.getCurrentThreadCpuTime();
      Verdict verdict = verifier.verify(
          Problem.of("text", "?", new Reference.FinalAnswer(gold)), new Answer(text));
      double millis = (threads.getCurrentThreadCpuTime() - start) / 1e6;
      if (i >= 0) {
        verdicts.merge(verdict.getClass().getSimpleName(), 1, Integer::sum);
        if (millis > slowest) {
          slowest = millis;
          what = gold + " | " + text;
        }
      }
    }
    System.out.printf(
        Locale.ROOT, "%d texts, no exception, slowest %.1f ms, %s%n", count, slowest, verdicts);
    System.out.println("slowest: " + what);
  }
}
