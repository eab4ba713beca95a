package dev.rowan.berry.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class FindingsTest {

  private final Findings findings = Findings.of(SampleRun.summary());

  @Test
  void methodsAreComparedAtEqualTokens() {
    assertThat(findings.byTokens()).anySatisfy(sentence -> assertThat(plain(sentence))
        .isEqualTo(
            "Step search with 4 candidates a line solves 69 % for 408 tokens a problem, 14 points above the"
                + " vote at equal tokens."));
  }

  @Test
  void whatTrainingTookOverFromTheVoteIsSaid() {
    assertThat(findings.bySamples())
        .anySatisfy(
            sentence -> assertThat(plain(sentence))
                .startsWith(
                    "Before training the vote of 32 was worth +21 points over a single sample, now +19 points"));
    assertThat(Findings.of(SampleRun.bare()).bySamples()).isEmpty();
  }

  @Test
  void aMethodThatLosesIsSaidToLose() {
    assertThat(findings.countdown())
        .anySatisfy(sentence ->
            assertThat(plain(sentence)).startsWith("Tree search").contains("below plain sampling"));
  }

  @Test
  void aGainWithinChanceIsNoRise() {
    Summary.Gain gain = new Summary.Gain(
        .40, .42, new Interval(-.01, .05), new Interval(.3, .5), new Interval(.3, .5));

    assertThat(Words.verb(gain)).isEqualTo("moved within chance");
  }

  @Test
  void costsBetweenPointsAreReadAlongTheLogarithm() {
    List<Point.BySamples> curve =
        List.of(new Point.BySamples(1, 100, .2, .1, .3), new Point.BySamples(4, 400, .4, .3, .5));

    assertThat(Findings.at(curve, 200)).hasValueCloseTo(.3, Offset.offset(1e-12));
    assertThat(Findings.at(curve, 99)).isEmpty();
    assertThat(Findings.at(curve, 401)).isEmpty();
  }

  private static String plain(String sentence) {
    return sentence.replace('\u00a0', ' ');
  }
}
