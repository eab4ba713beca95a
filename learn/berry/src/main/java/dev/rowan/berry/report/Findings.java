package dev.rowan.berry.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a reader should notice, in sentences made from the figures; they say so as well where a method loses.
 *
 * @param headline the result
 * @param learning beside the learning curve
 * @param bySamples beside the test-time curves by samples
 * @param byTokens beside the test-time curves by tokens
 * @param countdown beside the countdown curves
 * @param cost beside the costs
 */
record Findings(
    String headline,
    List<String> learning,
    List<String> bySamples,
    List<String> byTokens,
    List<String> countdown,
    List<String> cost) {

  /** What a summary shows. */
  static Findings of(Summary summary) {
    return new Findings(
        headline(summary),
        learning(summary),
        bySamples(summary),
        byTokens(summary),
        countdown(summary.curves()),
        cost(summary));
  }

  private static String headline(Summary summary) {
    int rounds = summary.rounds().size();
    return "pass@1 %s %s on %s held\u2011out problems in %d %s, %s."
        .formatted(
            Words.verb(summary.passAt1()),
            Words.gain(summary.passAt1()),
            Words.count(summary.heldOut().problems()),
            rounds,
            rounds == 1 ? "round" : "rounds",
            Words.minutes(summary.seconds()));
  }

  private static List<String> learning(Summary summary) {
    String greedy = "Greedy decoding, which always writes the likeliest token, %s %s."
        .formatted(Words.verb(summary.greedy()), Words.gain(summary.greedy()));
    String meaning = summary.greedy().interval().low() > 0
        ? "Both rose: the likeliest chain now solves problems that it missed before, and sampling slips less often."
        : "A rise of pass@1 alone means that the policy slips less often when it samples; only a rise of greedy"
            + " decoding shows that it solves what it could not solve before.";
    return List.of(greedy, meaning);
  }

  private static List<String> bySamples(Summary summary) {
    Curves curves = summary.curves();
    List<String> found = new ArrayList<>();
    last(curves.coverage())
        .ifPresent(
            most -> found.add(
                "Of %d samples, at least one is right on %s of the problems; a single one is on %s. Coverage needs a"
                        .formatted(
                            most.samples(),
                            Words.percent(most.value()),
                            Words.percent(summary.passAt1().after()))
                    + " verifier that knows the answer: it is the ceiling of every method that has to choose."));
    last(curves.majority())
        .ifPresent(vote -> found.add("The vote of %d reaches %s, %s one greedy chain."
            .formatted(
                vote.samples(),
                Words.percent(vote.value()),
                Words.against(vote.value(), summary.greedy().after()))));
    last(curves.majority()).flatMap(vote -> trade(summary, vote)).ifPresent(found::add);
    atSame(curves.bestOfN(), curves.majority(), 16)
        .ifPresent(
            pair -> found.add("Best of %d by the process reward model: %s, %s the vote of as many."
                .formatted(
                    pair.one().samples(),
                    Words.percent(pair.one().value()),
                    Words.against(pair.one().value(), pair.other().value()))));
    atSame(curves.bestOfN(), curves.meanLogProb(), 16)
        .ifPresent(pair -> found.add(
            "The policy's own mean log-probability, which needs no training, picks %s: the reward model stands %s it."
                .formatted(
                    Words.percent(pair.other().value()),
                    Words.against(pair.one().value(), pair.other().value()))));
    return found;
  }

  /** That training took over what votes did, where it did. */
  private static Optional<String> trade(Summary summary, Point.BySamples vote) {
    double now = vote.value() - summary.passAt1().after();
    return last(summary.warmStart().majority())
        .filter(old -> old.value() - summary.passAt1().before() > now)
        .map(old ->
            "Before training the vote of %d was worth %s over a single sample, now %s: training puts into every"
                    .formatted(
                        old.samples(),
                        Words.points(old.value() - summary.passAt1().before()),
                        Words.points(now))
                + " sample what only many of them found.");
  }

  private static List<String> byTokens(Summary summary) {
    Curves curves = summary.curves();
    List<String> found = new ArrayList<>();
    for (Point.ByCandidates point : curves.stepSearch()) {
      if (point.candidates() > 1) {
        compare(
                "Step search with %d candidates a line".formatted(point.candidates()),
                point,
                curves)
            .ifPresent(found::add);
      }
    }
    best(curves.goBack())
        .flatMap(point -> compare(
            "Going back from lines under %s, at most %d times a line,"
                .formatted(point.threshold(), point.tries()),
            point,
            curves))
        .ifPresent(found::add);
    found.add(
        "One greedy chain costs as much as one sample and solves %s: it is the figure to beat at the left edge."
            .formatted(Words.percent(summary.greedy().after())));
    return found;
  }

  private static Optional<String> compare(String what, Point point, Curves curves) {
    OptionalDouble vote = at(curves.majority(), point.tokens());
    if (vote.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of("%s solves %s for %s tokens a problem, %s the vote at equal tokens."
        .formatted(
            what,
            Words.percent(point.value()),
            Words.count(Math.round(point.tokens())),
            Words.against(point.value(), vote.getAsDouble())));
  }

  private static List<String> countdown(Curves curves) {
    List<String> found = new ArrayList<>();
    if (curves.verifierBestOfN().size() > 1) {
      Point.BySamples first = curves.verifierBestOfN().getFirst();
      Point.BySamples most = curves.verifierBestOfN().getLast();
      found.add("With a verifier to choose, %d samples solve %s where %d solve %s."
          .formatted(
              most.samples(),
              Words.percent(most.value()),
              first.samples(),
              Words.percent(first.value())));
    }
    last(curves.earlyStop())
        .ifPresent(stop -> found.add(
            "Stopping at the first illegal line: %s at %s tokens, %s letting every chain end."
                .formatted(
                    Words.percent(stop.value()),
                    Words.count(Math.round(stop.tokens())),
                    Words.against(stop.value(), stop.without().value()))));
    last(curves.treeSearch()).ifPresent(tree -> at(curves.verifierBestOfN(), tree.tokens())
        .ifPresent(plain -> found.add(
            "Tree search by step-level roll-outs: %s at %s tokens, %s plain sampling at equal tokens."
                .formatted(
                    Words.percent(tree.value()),
                    Words.count(Math.round(tree.tokens())),
                    Words.against(tree.value(), plain)))));
    return found;
  }

  private static List<String> cost(Summary summary) {
    Cost cost = summary.cost();
    List<String> found = new ArrayList<>();
    if (cost.rollouts() > 0) {
      found.add("Of %s roll-outs, %s were worth training on (%s)."
          .formatted(
              Words.count(cost.rollouts()),
              Words.count(cost.kept()),
              Words.percent((double) cost.kept() / cost.rollouts())));
    }
    if (summary.seconds() > 0) {
      found.add("%s tokens were generated in %s on %d cores, %s a second over the whole run."
          .formatted(
              Words.count(cost.tokensGenerated()),
              Words.minutes(summary.seconds()),
              summary.machine().cores(),
              Words.count(Math.round(cost.tokensGenerated() / summary.seconds()))));
    }
    return found;
  }

  private static <P> Optional<P> last(List<P> points) {
    return points.isEmpty() ? Optional.empty() : Optional.of(points.getLast());
  }

  private static <P extends Point> Optional<P> best(List<P> points) {
    return points.stream().reduce((one, other) -> other.value() > one.value() ? other : one);
  }

  private record Both(Point.BySamples one, Point.BySamples other) {}

  /** Both curves' points at {@code samples}, or at the most samples below that both have. */
  private static Optional<Both> atSame(
      List<Point.BySamples> one, List<Point.BySamples> other, int samples) {
    return one.stream()
        .filter(point -> point.samples() <= samples)
        .flatMap(point -> other.stream()
            .filter(match -> match.samples() == point.samples())
            .map(match -> new Both(point, match)))
        .reduce((earlier, later) -> later);
  }

  /** A curve's value at a cost, along straight lines over the logarithm of tokens; empty outside the curve. */
  static OptionalDouble at(List<? extends Point> curve, double tokens) {
    for (int i = 1; i < curve.size(); i++) {
      Point left = curve.get(i - 1);
      Point right = curve.get(i);
      if (left.tokens() <= tokens && tokens <= right.tokens() && left.tokens() > 0) {
        double span = Math.log(right.tokens() / left.tokens());
        double part = span == 0 ? 1 : Math.log(tokens / left.tokens()) / span;
        return OptionalDouble.of(left.value() + part * (right.value() - left.value()));
      }
    }
    return OptionalDouble.empty();
  }
}
