// The curves of a run as charts, each with its table.

const chartBox = (name) => document.querySelector(`[data-chart="${name}"]`);
const log = (label) => ({ label, log: true, format: count });
const RATE = { label: "problems solved" };
const DOTS = [3, 4];
const DASH = [8, 4];

const KINDS = {
  coverage: { name: "Coverage (any right)", colour: "ink-soft", dash: DASH },
  weightedVote: { name: "Vote weighted by the reward model", colour: "violet", dash: [10, 3, 2, 3] },
  bestOfN: { name: "Best of n by the reward model", colour: "berry" },
  meanLogProb: { name: "Best of n by mean log-probability", colour: "ochre" },
  majority: { name: "Majority vote", colour: "blue" },
  stepSearch: { name: "Step search", colour: "leaf" },
  goBack: { name: "Going back", colour: "teal", dash: DASH },
};

const how = (point) =>
  point.samples !== undefined
    ? `${point.samples} ${point.samples === 1 ? "sample" : "samples"}`
    : point.candidates !== undefined
      ? `${point.candidates} ${point.candidates === 1 ? "candidate" : "candidates"} a line`
      : `under ${point.threshold}, ${point.tries} tries`;

function byX(points, x) {
  return points
    .map((point) => ({ ...point, x: x(point), note: `${how(point)}, ${count(point.tokens)} tokens` }))
    .sort((a, b) => a.x - b.x);
}

function lineOf(kind, points, x) {
  return { ...KINDS[kind], points: byX(points, x) };
}

const level = (name, value, colour = "ink-soft") => ({ name: `${name}, ${percent(value)}`, colour, dash: DOTS, level: value });

function pointsTable(title, named) {
  const rows = named.flatMap(([name, points]) =>
    points.map((point) => [name, how(point), count(point.tokens), percent(point.value, 1), between(point)]),
  );
  return table(title, ["Method", "Setting", "Tokens a problem", "Solved", "95 % interval"], rows);
}

const SAMPLED = ["coverage", "weightedVote", "bestOfN", "meanLogProb", "majority"];
const tokens = (point) => point.tokens;

/** The test-time curves of the trained policy and, at a press, of the policy before training. */
function scaling(summary) {
  const measured = (curves, kinds) => kinds.filter((kind) => curves[kind].length);
  const policies = [
    ["after training", summary, summary.greedy.after],
    ["before training", summary.warmStart, summary.greedy.before],
  ].filter(([, curves]) => measured(curves, Object.keys(KINDS)).length);
  if (!policies.length) {
    return without("scaling");
  }
  const spec = ([, curves, greedy], x, kinds, cost) => ({
    x,
    y: RATE,
    lines: [
      ...measured(curves, kinds).map((kind) => lineOf(kind, curves[kind], cost)),
      level("Greedy, one chain", greedy),
    ],
  });
  const specs = policies.map((policy) => [
    spec(policy, log("samples a problem (log scale)"), SAMPLED, (point) => point.samples),
    spec(policy, log("generated tokens a problem (log scale)"), Object.keys(KINDS), tokens),
  ]);
  const drawn = [];
  const show = (i) => drawn.forEach((it, j) => redraw(it, specs[i][j]));
  chartBox("bySamples").append(choice("Policy", policies.map(([name]) => name), show));
  drawn.push(chart(chartBox("bySamples"), specs[0][0]), chart(chartBox("byTokens"), specs[0][1]));
  const named = policies.flatMap(([when, curves]) =>
    measured(curves, Object.keys(KINDS)).map((kind) => [`${KINDS[kind].name}, ${when}`, curves[kind]]),
  );
  chartBox("byTokens").append(pointsTable("All points as a table", named));
}

function countdown(summary) {
  const { verifierBestOfN, earlyStop, treeSearch } = summary;
  if (!verifierBestOfN.length && !earlyStop.length && !treeSearch.length) {
    return without("countdown-section");
  }
  const at = (point) => ({ x: point.tokens, note: `${count(point.tokens)} tokens` });
  const lines = [
    { name: "Stopped at the first illegal line", colour: "leaf", points: earlyStop.map((p) => ({ ...p, ...at(p) })) },
    { name: "The same, every chain to its end", colour: "blue", dash: DASH,
      points: earlyStop.map((p) => ({ ...p.without, ...at(p) })) },
    { name: "Best of n by the verifier", colour: "berry", points: byX(verifierBestOfN, tokens) },
    { name: "Tree search by step-level roll-outs", colour: "violet", dash: [10, 3, 2, 3],
      points: byX(treeSearch, tokens) },
  ].filter((line) => line.points.length);
  const box = chartBox("countdown");
  chart(box, { x: log("generated tokens a problem (log scale)"), y: RATE, lines });
  const rows = lines.flatMap((line) =>
    line.points.map((point) => [line.name, point.note, percent(point.value, 1), between(point)]),
  );
  box.append(table("All points as a table", ["Method", "Cost", "Solved", "95 % interval"], rows));
}

/** The learning curve over rounds, roll-outs or seconds; round 0 is the policy before training. */
function learning(summary) {
  const sums = { round: 0, rollouts: 0, seconds: 0 };
  const states = [
    { ...sums, passAt1: rate(summary.passAt1.before, summary.passAt1.beforeInterval),
      greedy: rate(summary.greedy.before, summary.greedy.beforeInterval) },
    ...summary.rounds.map((round) => {
      sums.round = round.round;
      sums.rollouts += round.rollouts;
      sums.seconds += round.seconds;
      return { ...sums, passAt1: rate(round.passAt1, round.passAt1Interval),
        greedy: rate(round.greedy, round.greedyInterval) };
    }),
  ];
  const whole = (label) => ({ label, format: count, whole: true });
  const axes = [
    ["rounds", { key: "round", ...whole("rounds") }],
    ["roll-outs", { key: "rollouts", label: "roll-outs sampled for training", format: count }],
    ["seconds", { key: "seconds", label: "seconds spent in rounds", format: count }],
  ];
  const spec = ([, x]) => ({
    x,
    y: RATE,
    lines: [
      { name: "greedy", colour: "blue", dash: DASH, points: learningPoints(states, x.key, "greedy") },
      { name: "pass@1", colour: "berry", points: learningPoints(states, x.key, "passAt1") },
    ],
  });
  const box = chartBox("learning");
  const drawn = { it: null };
  box.append(choice("Horizontal axis", axes.map(([name]) => "by " + name), (i) => redraw(drawn.it, spec(axes[i]))));
  drawn.it = chart(box, spec(axes[0]));
  box.append(roundsTable(summary, states));
}

const rate = (value, [low, high]) => ({ value, low, high });

function learningPoints(states, key, measure) {
  return states.map((state) => ({
    x: state[key],
    ...state[measure],
    note: state.round ? `after round ${state.round}` : "before training",
  }));
}

function roundsTable(summary, states) {
  const first = states[0];
  const before = [0, 0, 0, 0, percent(first.passAt1.value, 1), percent(first.greedy.value, 1), "–", "–", "–", "–", "–"];
  const rows = summary.rounds.map((r) => [
    r.round, count(r.rollouts), count(r.correct), count(r.kept), percent(r.passAt1, 1), percent(r.greedy, 1),
    r.reward.toFixed(3), r.loss.toFixed(3), r.entropy.toFixed(3), count(r.tokens), r.seconds.toFixed(1),
  ]);
  const heads = ["Round", "Roll-outs", "Correct", "Kept", "pass@1", "Greedy", "Mean reward", "Loss", "Entropy (nats)",
    "Tokens", "Seconds"];
  return table("Every round as a table", heads, [before, ...rows]);
}
