// Bars: the funnel, the levels, where the time went.

const LOSSES = [
  ["wrong", "Wrong", "the verifier refused the answer"],
  ["unverifiable", "Unverifiable", "nobody could tell; neither rewarded nor blamed"],
  ["duplicate", "Duplicate", "another roll-out of the problem says the same"],
  ["tooEasy", "Too easy", "nearly every roll-out solves the problem"],
  ["outranked", "Outranked", "others of the problem scored higher"],
];
const SIEVE = [...LOSSES, ["kept", "Kept", "trained on"]];

const bar = (from, to, kind) =>
  el("i", { class: `bar ${kind}`, style: `left: ${100 * from}%; width: ${100 * (to - from)}%` });

function sieve(summary) {
  const box = part("sieve");
  const total = Object.fromEntries(
    ["sampled", ...SIEVE.map(([key]) => key)].map((key) => [
      key,
      summary.rounds.reduce((sum, round) => sum + round.funnel[key], 0),
    ]),
  );
  if (!total.sampled) {
    return without("sieve");
  }
  box.append(waterfall(total), ...perRound(summary.rounds));
}

/** One row a loss: what was still there, with the part that is lost here marked. */
function waterfall(total) {
  let left = total.sampled;
  const row = (name, why, number, bars) =>
    el(
      "li",
      { title: why },
      el("span", { class: "what" }, name, el("small", {}, why)),
      el("span", { class: "track" }, bars),
      el("span", { class: "number" }, count(number), el("small", {}, percent(number / total.sampled, 1))),
    );
  const share = (number) => number / total.sampled;
  const losses = LOSSES.map(([key, name, why]) => {
    const lost = total[key];
    left -= lost;
    return row(name, why, lost, [bar(0, share(left), "rest"), bar(share(left), share(left + lost), key)]);
  });
  return el(
    "ol",
    { class: "waterfall" },
    row("Sampled", "roll-outs of all rounds", total.sampled, [bar(0, 1, "rest")]),
    losses,
    row("Kept", "trained on", total.kept, [bar(0, share(total.kept), "kept")]),
  );
}

function perRound(rounds) {
  const key = el(
    "ul",
    { class: "key" },
    SIEVE.map(([kind, name]) => el("li", {}, el("i", { class: `bar ${kind}` }), name)),
  );
  const rows = rounds.map((round) => {
    let from = 0;
    const parts = SIEVE.map(([kind, name]) => {
      const share = round.funnel[kind] / Math.max(1, round.funnel.sampled);
      const piece = bar(from, from + share, kind);
      piece.title = `${name}: ${count(round.funnel[kind])} (${percent(share, 1)})`;
      from += share;
      return piece;
    });
    return el(
      "li",
      {},
      el("span", { class: "what" }, `Round ${round.round}`),
      el("span", { class: "track" }, parts),
      el("span", { class: "number" }, count(round.funnel.sampled)),
    );
  });
  const heads = ["Round", "Sampled", ...SIEVE.map(([, name]) => name)];
  const cells = rounds.map((r) => [r.round, count(r.funnel.sampled), ...SIEVE.map(([kind]) => count(r.funnel[kind]))]);
  return [el("h3", {}, "Round by round"), key, el("ol", { class: "waterfall slim" }, rows),
    table("The sieve as a table", heads, cells)];
}

function levels(summary) {
  if (!summary.levels.length) {
    return without("levels");
  }
  const rows = summary.levels.map((level) => {
    const gain = 100 * (level.after - level.before);
    const name = `${level.family} ${level.level}`;
    return el(
      "li",
      { title: `${name}: ${percent(level.before, 1)} before, ${percent(level.after, 1)} after` },
      el("span", { class: "what" }, name),
      el(
        "span",
        { class: "track double" },
        bar(0, level.before, "before"),
        bar(0, level.after, "after"),
      ),
      el(
        "span",
        { class: "number" },
        `${percent(level.before)} → ${percent(level.after)}`,
        el("small", {}, points(gain)),
      ),
    );
  });
  const key = [["before", "before training"], ["after", "after"]].map(([kind, name]) =>
    el("li", {}, el("i", { class: `bar ${kind}` }), name),
  );
  part("levels").append(el("ul", { class: "key" }, key), el("ol", { class: "waterfall levels" }, rows));
}

function cost(summary) {
  const { shares } = summary;
  const parts = [
    ["sampling", "Sampling roll-outs"],
    ["verifying", "Verifying and ranking"],
    ["training", "Training"],
    ["evaluating", "Evaluating"],
  ].map(([kind, name]) => [kind, name, shares[kind]]);
  const other = 1 - parts.reduce((sum, [, , share]) => sum + share, 0);
  if (other > 0.004) {
    parts.push(["other", "Everything else", other]);
  }
  let from = 0;
  const bars = parts.map(([kind, , share]) => bar(from, (from += share), kind));
  const key = parts.map(([kind, name, share]) =>
    el("li", {}, el("i", { class: `bar ${kind}` }), `${name} `, el("b", {}, percent(share)),
      ` ${time(share * summary.seconds)}`),
  );
  part("cost").append(
    el("p", {}, `Where the ${time(summary.seconds)} went:`),
    el("span", { class: "track time", role: "img", "aria-label": "Shares of the time; the list below names them" }, bars),
    el("ul", { class: "key" }, key),
    el("dl", { class: "facts" }, bill(summary).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))),
  );
}

function bill(summary) {
  return [
    ["Roll-outs", count(summary.rollouts)],
    ["Trained on", count(summary.kept)],
    ["Tokens generated", count(summary.tokensGenerated)],
    ["Forward passes", count(summary.forwardPasses)],
    ["Backward passes", count(summary.backwardPasses)],
  ];
}
