// Chains before and after, side by side.

const SHOWN = 2;
const MARKS = {
  TRUE: ["true", "✓", "true"],
  FALSE: ["false", "✗", "false"],
  UNJUDGED: ["none", "·", "not judged"],
};

function chains(pairs) {
  if (!pairs.length) {
    return without("chains");
  }
  const box = part("chains");
  box.append(...pairs.slice(0, SHOWN).map(pairOf));
  if (pairs.length > SHOWN) {
    const rest = pairs.slice(SHOWN);
    const name = `${rest.length} more ${rest.length === 1 ? "problem" : "problems"}`;
    box.append(el("details", {}, el("summary", {}, name), rest.map(pairOf)));
  }
}

function question({ problem, answer }) {
  const truth = el("span", { class: "truth" }, "true answer ", el("b", {}, answer));
  return el("p", { class: "problem" }, problem.trim(), truth);
}

function pairOf(pair) {
  return el(
    "article",
    { class: "pair" },
    question(pair),
    el("div", { class: "sides" }, chainOf("Before", pair.before), chainOf("After", pair.after)),
  );
}

function chainOf(name, chain) {
  const [kind, sign] = MARKS[chain.answer];
  const verdict = { TRUE: "right answer", FALSE: "wrong answer", UNJUDGED: "cannot be judged" }[chain.answer];
  return el(
    "div",
    { class: "chain" },
    el("h4", {}, name, el("span", { class: `verdict ${kind}` }, `${sign} ${verdict}`)),
    el("ol", {}, chain.lines.map(lineOfChain)),
  );
}

function lineOfChain(line) {
  const [kind, sign, words] = MARKS[line.mark];
  const text = line.tokens.length ? line.tokens.map(token) : [line.text.trimEnd()];
  return el(
    "li",
    { class: kind },
    el("span", { class: `tick ${kind}`, role: "img", "aria-label": words, title: words }, sign),
    el("code", {}, text),
  );
}

/** A token, the redder the less likely; likely ones stay plain text. */
function token(piece) {
  const text = piece.text.replace(/\n+$/, "");
  const p = Math.exp(piece.logProb);
  if (p > 0.9 || !text) {
    return text;
  }
  const heat = Math.min(1, 0.15 + 0.85 * (1 - p)).toFixed(2);
  return el("mark", { style: `--heat: ${heat}`, title: `probability ${percent(p)}` }, text);
}
