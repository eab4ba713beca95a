package dev.rowan.berry.report;

import dev.rowan.core.Answer;
import dev.rowan.core.Finish;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.SearchListener.Event;
import dev.rowan.core.Seeds;
import dev.rowan.core.Step;
import dev.rowan.core.Token;
import dev.rowan.core.Trajectory;
import dev.rowan.core.Usage;
import dev.rowan.core.Verdict;
import dev.rowan.search.SearchTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A run that never was, with figures like those of one that could be. */
final class SampleRun {

  private static final int PROBLEMS = 300;
  private static final double TOKENS = 104;

  private SampleRun() {}

  static Summary summary() {
    return new Summary(
        7,
        503.4,
        9,
        new Summary.Model(747_904, "bfloat16", 74),
        new Summary.Machine("Intel Xeon Processor (SapphireRapids)", 2, "25.0.1"),
        new Summary.HeldOut("grove", 6, PROBLEMS),
        gain(.281, .472, .041),
        gain(.463, .551, .052),
        curves(),
        warmStart(),
        List.of(
            new Summary.Level("grove", 2, .98, .99),
            new Summary.Level("grove", 4, .61, .78),
            new Summary.Level("grove", 6, .281, .472),
            new Summary.Level("grove", 8, .02, .04),
            new Summary.Level("countdown", 3, .36, .512),
            new Summary.Level("countdown", 4, .2, .187)),
        new Cost(11_520, 2_905, 3_912_400, 71_200, 1_044, new Cost.Shares(.54, .02, .27, .15)),
        rounds());
  }

  /** The same run, had it measured nothing but its held-out problems. */
  static Summary bare() {
    Summary full = summary();
    Curves none = new Curves(
        List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
        List.of(), List.of());
    return new Summary(
        full.seed(),
        0,
        0,
        full.model(),
        full.machine(),
        full.heldOut(),
        full.passAt1(),
        full.greedy(),
        none,
        none,
        List.of(),
        new Cost(0, 0, 0, 0, 0, new Cost.Shares(0, 0, 0, 0)),
        List.of());
  }

  private static Curves curves() {
    return new Curves(
        bySamples(.472, .63, .77, .86, .92, .95),
        bySamples(.472, .475, .55, .62, .65, .66),
        bySamples(.472, .54, .60, .63, .65, .66),
        bySamples(.472, .56, .64, .69, .715, .73),
        bySamples(.472, .56, .65, .70, .735, .75),
        List.of(
            byCandidates(1, .472),
            byCandidates(2, .60),
            byCandidates(4, .69),
            byCandidates(8, .72)),
        List.of(
            goingBack(.5, 4, 1.58, .63), goingBack(.8, 4, 1.72, .66), goingBack(.9, 8, 2.4, .70)),
        bySamples(.187, .29, .42, .57, .71, .82),
        List.of(
            earlyStop(60, .17, .15),
            earlyStop(120, .3, .26),
            earlyStop(240, .455, .4),
            earlyStop(480, .639, .571),
            earlyStop(960, .765, .719)),
        bySamples(.187, .25, .36, .50, .63, .73));
  }

  private static Curves warmStart() {
    return new Curves(
        bySamples(.281, .42, .57, .70, .80, .86),
        bySamples(.281, .285, .37, .43, .47, .49),
        bySamples(.281, .34, .41, .45, .47, .48),
        bySamples(.281, .38, .49, .55, .59, .60),
        bySamples(.281, .38, .49, .56, .60, .62),
        List.of(byCandidates(4, .52)),
        List.of(goingBack(.8, 4, 1.9, .48)),
        bySamples(.12, .2, .31, .45, .60, .74),
        List.of(earlyStop(60, .11, .09)),
        bySamples(.12, .18, .27, .39, .52, .63));
  }

  private static List<Round> rounds() {
    List<Round> rounds = new ArrayList<>();
    for (int i = 1; i <= 9; i++) {
      double passAt1 = .281 + .191 * Math.sqrt(i / 9.0);
      double greedy = .463 + .088 * i / 9 + .01 * Math.sin(i);
      long correct = Math.round(1280 * (passAt1 + .05));
      long kept = 290 + 7L * i;
      long duplicate = 60 + 4L * i;
      long easy = 20 + 9L * i;
      rounds.add(new Round(
          i,
          1280,
          correct,
          kept,
          new Round.Funnel(
              1280,
              1280 - correct - 6,
              6,
              duplicate,
              easy,
              correct - kept - duplicate - easy,
              kept),
          passAt1,
          around(passAt1, .03),
          greedy,
          around(greedy, .055),
          passAt1 + .05,
          .24 - .01 * i,
          .31 - .015 * i,
          44 + i,
          390_000 + 1_200L * i));
    }
    return rounds;
  }

  private static Summary.Gain gain(double before, double after, double half) {
    return new Summary.Gain(
        before, after, around(after - before, half), around(before, half), around(after, half));
  }

  private static Interval around(double value, double half) {
    return new Interval(value - half, value + half);
  }

  private static List<Point.BySamples> bySamples(double... values) {
    return IntStream.range(0, values.length)
        .mapToObj(i -> new Point.BySamples(
            1 << i, TOKENS * (1 << i), values[i], values[i] - .035, values[i] + .033))
        .toList();
  }

  private static Point.ByCandidates byCandidates(int candidates, double value) {
    return new Point.ByCandidates(
        candidates, TOKENS * candidates * .98, value, value - .05, value + .05);
  }

  private static Point.GoingBack goingBack(
      double threshold, int tries, double rollouts, double value) {
    return new Point.GoingBack(
        threshold, tries, TOKENS * rollouts, value, value - .05, value + .05);
  }

  private static Point.EarlyStop earlyStop(int tokens, double with, double without) {
    return new Point.EarlyStop(
        tokens,
        with,
        with - .04,
        with + .04,
        new Point.Rate(without, without - .04, without + .04));
  }

  static Story story() {
    return new Story(List.of(apples(), nuts(), pears()), List.of(tree()));
  }

  private static Story.Pair apples() {
    return pair(
        "Mia has 11 apples. Omar has 9 more than Mia. Sam has half as many as Omar. Tom has 4 times as many as Sam. Ivy"
            + " has 7 fewer than Tom. How many apples does Ivy have?",
        "33",
        List.of(
            "Omar has 9 more than Mia: 11+9=20\n",
            "Sam has half as many as Omar: 20/2=10\n",
            "!Tom has 4 times as many as Omar: 4*20=80\n",
            "Ivy has 7 fewer than Tom: 80-7=73\n",
            "#### 73"),
        List.of(
            "Omar has 9 more than Mia: 11+9=20\n",
            "Sam has half as many as Omar: 20/2=10\n",
            "Tom has 4 times as many as Sam: 4*10=40\n",
            "Ivy has 7 fewer than Tom: 40-7=33\n",
            "#### 33"));
  }

  private static Story.Pair nuts() {
    return pair(
        "Sam has 32 nuts. Ivy has half as many as Sam. Ben has as many as Ivy and Sam together. How many nuts does Ben"
            + " have?",
        "48",
        List.of(
            "Ivy has half as many as Sam: 32/2=16\n",
            "!Ben has as many as Ivy and Sam together: 16+32=58\n",
            "#### 58"),
        List.of(
            "Ivy has half as many as Sam: 32/2=16\n",
            "Ben has as many as Ivy and Sam together: 16+32=48\n",
            "#### 48"));
  }

  private static Story.Pair pears() {
    return pair(
        "Noah has 6 pears. Amy has 5 times as many as Noah. How many pears does Amy have?",
        "30",
        List.of("Amy has 5 times as many as Noah: 5*6=30\n", "#### 30"),
        List.of("Amy has 5 times as many as Noah: 5*6=30\n", "#### 30"));
  }

  private static Story.Pair pair(
      String question, String answer, List<String> before, List<String> after) {
    Problem problem = Problem.of("grove-1", question, new Reference.None());
    return new Story.Pair(question, answer, chain(problem, before), chain(problem, after));
  }

  /** A chain; a line that starts with ! is false. */
  static Chain chain(Problem problem, List<String> lines) {
    List<Step> steps = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(Seeds.derive(3, problem.question()));
    for (String line : lines) {
      boolean wrong = line.startsWith("!");
      String text = wrong ? line.substring(1) : line;
      steps.add(Step.of(tokens(text, wrong, random)));
      if (verdicts.stream().allMatch(Verdict::isCorrect)) {
        verdicts.add(
            wrong ? new Verdict.Incorrect("not what the clause says") : new Verdict.Correct());
      }
    }
    boolean right = verdicts.stream().allMatch(Verdict::isCorrect);
    Trajectory trajectory = new Trajectory(problem.id(), steps, Finish.END, Usage.ZERO);
    return Chain.judged(
        problem,
        trajectory,
        (asked, answer) -> right ? new Verdict.Correct() : new Verdict.Incorrect("another number"),
        new FixedSteps(verdicts));
  }

  private static List<Token> tokens(String text, boolean wrong, SplittableRandom random) {
    List<Token> tokens = new ArrayList<>();
    for (String piece : text.split("(?<=[ :=+*/-])|(?=[:=\n])", -1)) {
      double p = wrong && piece.startsWith("Omar")
          ? .23
          : random.nextInt(7) == 0 ? random.nextDouble(.4, 1) : .998;
      tokens.add(new Token(1, piece, Math.log(p)));
    }
    return tokens;
  }

  private static Tree tree() {
    Problem problem =
        Problem.of("countdown-1", "Use 6, 19, 1, 4 to make 14.", new Reference.None());
    return Tree.of(
        "Step search: 4 candidates a line, the process reward model keeps 2",
        problem,
        "14",
        searched(problem),
        SampleRun::verify);
  }

  private static Verdict verify(Problem problem, Answer answer) {
    return answer.text().endsWith("#### 14")
        ? new Verdict.Correct()
        : new Verdict.Incorrect("not 14");
  }

  private static SearchTree searched(Problem problem) {
    SplittableRandom random = new SplittableRandom(5);
    SearchTree tree = new SearchTree();
    Map<Integer, List<Integer>> open = Map.of(0, List.of(6, 19, 1, 4));
    int node = 0;
    while (open.values().iterator().next().size() > 1) {
      Map<Integer, List<Integer>> next = new LinkedHashMap<>();
      for (Map.Entry<Integer, List<Integer>> parent : open.entrySet()) {
        for (int candidate = 0; candidate < 4; candidate++) {
          node++;
          List<Integer> left = move(tree, node, parent, random);
          if ((next.size() < 2 && random.nextBoolean()) || (candidate == 3 && next.isEmpty())) {
            next.put(node, left);
          } else {
            tree.on(new Event.Pruned(node, "not among the best 2"));
          }
        }
      }
      open = next;
    }
    for (Map.Entry<Integer, List<Integer>> end : open.entrySet()) {
      Step answer = new Step("#### " + end.getValue().getFirst(), List.of());
      node++;
      tree.on(new Event.Created(node, end.getKey(), answer));
      tree.on(new Event.Scored(node, "prm", random.nextDouble(.2, 1)));
      tree.on(new Event.Finished(
          node, new Trajectory(problem.id(), List.of(answer), Finish.END, Usage.ZERO)));
    }
    tree.on(new Event.Chosen(node));
    return tree;
  }

  /** Adds a random move below {@code parent}; what is left after it. */
  private static List<Integer> move(
      SearchTree tree,
      int node,
      Map.Entry<Integer, List<Integer>> parent,
      SplittableRandom random) {
    List<Integer> numbers = parent.getValue();
    int first = random.nextInt(numbers.size());
    int second = (first + random.nextInt(1, numbers.size())) % numbers.size();
    List<Integer> left = new ArrayList<>();
    IntStream.range(0, numbers.size())
        .filter(i -> i != first && i != second)
        .forEach(i -> left.add(numbers.get(i)));
    int one = numbers.get(first);
    int other = numbers.get(second);
    int larger = Math.max(one, other);
    int smaller = Math.min(one, other);
    boolean add = larger == smaller || random.nextBoolean();
    int result = add ? larger + smaller : larger - smaller;
    left.add(result);
    String after = left.stream().map(String::valueOf).collect(Collectors.joining(", "));
    String line = "%d%s%d=%d, left %s\n".formatted(larger, add ? "+" : "-", smaller, result, after);
    tree.on(new Event.Created(node, parent.getKey(), new Step(line, List.of())));
    tree.on(new Event.Scored(node, "prm", random.nextDouble(.2, 1)));
    return left;
  }
}
