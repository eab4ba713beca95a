package dev.rowan.verify.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rowan.core.Answer;
import dev.rowan.core.Budget;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Sampling;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CalibrationTest {

  private static final Problem PROBLEM = Problem.of("p", "Which is better?", new Reference.None());

  private static List<Calibration.Labelled> labelled(int yesYes, int yesNo, int noYes, int noNo) {
    List<Calibration.Labelled> all = new ArrayList<>();
    add(all, yesYes, "good", true);
    add(all, yesNo, "bad", true);
    add(all, noYes, "good", false);
    add(all, noNo, "bad", false);
    return all;
  }

  private static void add(List<Calibration.Labelled> to, int count, String text, boolean correct) {
    for (int i = 0; i < count; i++) {
      to.add(new Calibration.Labelled(PROBLEM, new Answer(text), correct));
    }
  }

  private static final Verifier READER = (problem, answer) -> switch (answer.text()) {
    case "good" -> new Verdict.Correct();
    case "hm" -> new Verdict.Unverifiable("hm");
    default -> new Verdict.Incorrect("bad");
  };

  @Test
  void kappaIsWhatChanceDoesNotExplain() throws InterruptedException {
    // Cohen's own kind of table: 45 and 15 against 25 and 15.
    Calibration report = Calibration.of(READER, labelled(45, 15, 25, 15));
    assertThat(report.agreement()).isEqualTo(0.6);
    assertThat(report.kappa()).isCloseTo(0.1304, within(1e-4));
    assertThat(Calibration.of(READER, labelled(5, 0, 0, 5)).kappa()).isEqualTo(1);
    assertThat(Calibration.of(READER, labelled(5, 0, 0, 0)).kappa()).isNaN();
  }

  @Test
  void undecidedAnswersAreCountedApart() throws InterruptedException {
    List<Calibration.Labelled> all = labelled(1, 0, 0, 1);
    add(all, 3, "hm", true);
    Calibration report = Calibration.of(READER, all);
    assertThat(report.judged()).isEqualTo(2);
    assertThat(report.undecided()).isEqualTo(3);
    assertThat(report.agreement()).isEqualTo(1);
  }

  @Test
  void emptyAnswersThatPassAreCounted() throws InterruptedException {
    Verifier kind = (problem, answer) -> new Verdict.Correct();
    assertThat(Calibration.of(kind, labelled(1, 0, 0, 1)).falsePasses()).isEqualTo(1);
    assertThat(Calibration.of(READER, labelled(1, 0, 0, 1)).falsePasses()).isZero();
    assertThat(Calibration.of(kind, List.of()).falsePasses()).isNaN();
  }

  private static Preference preference(Talker talker) {
    return new Preference(talker, "The longer one.", Sampling.greedy(100));
  }

  private static Preference.Comparison compare(Talker talker, String a, String b)
      throws InterruptedException {
    return preference(talker).compare(PROBLEM, new Answer(a), new Answer(b), Budget.unlimited());
  }

  @Test
  void aPreferenceSurvivesTheSwapOrIsATie() throws InterruptedException {
    Talker fair = new Talker(question ->
        question.indexOf("loong") < question.indexOf("short") ? "VERDICT: A" : "VERDICT: B");
    assertThat(compare(fair, "loong", "short").choice()).isEqualTo(Preference.Choice.FIRST);
    assertThat(compare(fair, "short", "loong").choice()).isEqualTo(Preference.Choice.SECOND);
    Talker first = Talker.saying("VERDICT: A");
    assertThat(compare(first, "x", "y").choice()).isEqualTo(Preference.Choice.TIE);
    assertThat(compare(first, "x", "y").consistent()).isFalse();
    Preference.Comparison unreadable = compare(Talker.saying("hm"), "x", "y");
    assertThat(unreadable.choice()).isEqualTo(Preference.Choice.UNREADABLE);
    assertThat(unreadable.consistent()).isFalse();
  }

  @Test
  void anAnswerThatSaysNothingLosesWithoutACall() throws InterruptedException {
    Talker talker = Talker.saying("VERDICT: B");
    assertThat(compare(talker, "x", ":").choice()).isEqualTo(Preference.Choice.FIRST);
    assertThat(compare(talker, ":", "x").choice()).isEqualTo(Preference.Choice.SECOND);
    assertThat(compare(talker, ":", ".").choice()).isEqualTo(Preference.Choice.TIE);
    assertThat(talker.asked()).isEmpty();
  }

  @Test
  void swapConsistencyIsReported() throws InterruptedException {
    List<Calibration.Labelled> pairs = labelled(1, 1, 0, 0);
    Calibration report = Calibration.of(READER, pairs);
    assertThat(report
            .withSwaps(List.of(preference(Talker.saying("VERDICT: A"))), pairs, Budget.unlimited())
            .swapConsistency())
        .isZero();
    Calibration tie = report.withSwaps(
        List.of(preference(Talker.saying("VERDICT: TIE"))), pairs, Budget.unlimited());
    assertThat(tie.swapConsistency()).isEqualTo(1);
    assertThat(tie.text()).contains("kappa").contains("swap consistency  1.000");
    assertThat(report.text()).contains("swap consistency  not known");
  }

  @Test
  void allAreAskedAtOnce() throws InterruptedException {
    List<Calibration.Labelled> all = labelled(2, 2, 0, 0);
    CountDownLatch everybody = new CountDownLatch(all.size() + Calibration.EMPTY_ANSWERS.size());
    Verifier patient = (problem, answer) -> {
      everybody.countDown();
      try {
        return everybody.await(30, TimeUnit.SECONDS)
            ? new Verdict.Correct()
            : new Verdict.Unverifiable("alone");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Verdict.Unverifiable("interrupted");
      }
    };
    assertThat(Calibration.of(patient, all).undecided()).isZero();
  }
}
