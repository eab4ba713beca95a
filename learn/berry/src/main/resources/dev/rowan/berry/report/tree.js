// A search tree, twice: as a map that shows its shape, and as an outline that shows its lines.

const ROW = 15;
const ENDS = { TRUE: "right answer", FALSE: "wrong answer", UNJUDGED: "answer not judged" };

function trees(all) {
  if (!all.length) {
    return without("search");
  }
  part("trees").append(...all.map(treeOf));
}

function treeOf(tree) {
  const root = grow(tree);
  const found = [...walk(root)];
  const view = { items: new Map(), dots: new Map(), heat: heats(found) };
  const outline = el("ul", { class: "outline" }, item(root, view, true));
  const pruned = found.filter((node) => node.pruned).length;
  return el(
    "article",
    { class: "tree" },
    question(tree),
    el("p", { class: "note" }, `${tree.search}. ${count(found.length - 1)} lines written, ${count(pruned)} given up.`),
    treeKey(),
    el("div", { class: "map" }, map(root, view)),
    el("details", { open: found.length < 90 }, el("summary", {}, "The lines of this tree"), outline),
  );
}

/** Nodes under their parents; the root is the problem. */
function grow(tree) {
  const root = { id: 0, text: "the problem", scores: [], children: [], chosen: true, depth: 0 };
  const known = new Map([[0, root]]);
  for (const node of tree.nodes) {
    const parent = known.get(node.parent);
    const grown = { ...node, children: [], depth: parent.depth + 1 };
    parent.children.push(grown);
    known.set(node.id, grown);
  }
  return root;
}

function* walk(node) {
  yield node;
  for (const child of node.children) {
    yield* walk(child);
  }
}

/** What is known of the chains that end at a node: one has a verdict, of several the right ones are counted. */
function ended({ endings = [] }) {
  if (endings.length < 2) {
    return endings.length ? { mark: endings[0], words: ENDS[endings[0]] } : null;
  }
  const right = endings.filter((mark) => mark === "TRUE").length;
  return { mark: right ? "TRUE" : "FALSE", words: `${right} of ${endings.length} chains from here right` };
}

const scoreOf = (node) => node.scores.at(-1);

/** Scores as shades from 0 to 1; scores that are no probabilities are spread over what this tree holds. */
function heats(nodes) {
  const values = nodes.flatMap((node) => (node.scores.length ? [scoreOf(node).value] : []));
  const low = Math.min(0, ...values);
  const high = Math.max(...values, low + 1e-9);
  return low < 0 || high > 1 ? (value) => (value - low) / (high - low) : (value) => value;
}

function describe(node) {
  const scores = node.scores.map((score) => `${score.by} ${score.value.toFixed(2)}`);
  const pruned = node.pruned ? [`given up: ${node.pruned}`] : [];
  return [node.text.trim(), ...scores, ...(ended(node) ? [ended(node).words] : []), ...pruned].join(" · ");
}

/** Rows: every leaf has its own, a parent stands in the middle of its children. */
function place(root) {
  let row = 0;
  let depth = 0;
  const visit = (node) => {
    depth = Math.max(depth, node.depth);
    node.children.forEach(visit);
    node.row = node.children.length ? (node.children[0].row + node.children.at(-1).row) / 2 : row++;
  };
  visit(root);
  return { rows: row, depth };
}

function map(root, view) {
  const { rows, depth } = place(root);
  const step = Math.max(70, Math.min(190, 720 / Math.max(1, depth)));
  const x = (node) => 14 + node.depth * step;
  const y = (node) => 12 + node.row * ROW;
  const width = 28 + depth * step;
  const height = 24 + (rows - 1) * ROW;
  const nodes = [...walk(root)];
  const edges = nodes.flatMap((node) =>
    node.children.map((child) => {
      const middle = (x(node) + x(child)) / 2;
      const d = `M${x(node)} ${y(node)} C${middle} ${y(node)} ${middle} ${y(child)} ${x(child)} ${y(child)}`;
      return svg("path", { d, class: child.chosen ? "edge chosen" : child.pruned ? "edge pruned" : "edge" });
    }),
  );
  const dots = nodes.map((node) => dot(node, x(node), y(node), view));
  const chosenLast = edges.sort((a, b) => a.classList.contains("chosen") - b.classList.contains("chosen"));
  return svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, style: `max-width: ${width}px; min-width: ${28 + depth * 56}px`, role: "img",
      "aria-label": "The search tree; the list below holds every line" },
    chosenLast,
    dots,
  );
}

function dot(node, x, y, view) {
  const score = scoreOf(node);
  const heat = score ? view.heat(score.value) : 0.5;
  const kinds = ["dot", node.pruned && "pruned", node.chosen && "chosen"];
  const circle = svg(
    "circle",
    { cx: x, cy: y, r: node.chosen ? 6 : 5, class: kinds.filter(Boolean).join(" "), style: `--heat: ${heat.toFixed(2)}`,
      onclick: () => reveal(node, view) },
    svg("title", {}, describe(node)),
  );
  view.dots.set(node.id, circle);
  return circle;
}

/** Opens the outline down to a node and shows it. */
function reveal(node, view) {
  const target = view.items.get(node.id);
  for (let up = target.parentElement; up; up = up.parentElement) {
    if (up.tagName === "DETAILS") {
      up.open = true;
    }
  }
  document.querySelectorAll(".outline .here, .map .here").forEach((old) => old.classList.remove("here"));
  target.classList.add("here");
  view.dots.get(node.id).classList.add("here");
  target.scrollIntoView({ block: "center", behavior: "smooth" });
}

/** A node of the outline; children fold away, the chosen path stands open. */
function item(node, view, first = false) {
  const score = scoreOf(node);
  const end = ended(node);
  const line = el(
    "span",
    { class: ["line", node.chosen && "chosen", node.pruned && "pruned"].filter(Boolean).join(" ") },
    score ? el("b", { class: "score", title: `by ${score.by}` }, score.value.toFixed(2)) : null,
    first ? el("em", {}, node.text) : el("code", {}, node.text.trim()),
    end && el("span", { class: `verdict ${MARKS[end.mark][0]}` }, end.words),
    node.pruned ? el("small", {}, node.pruned) : null,
  );
  view.items.set(node.id, line);
  if (!node.children.length) {
    return el("li", {}, line);
  }
  const children = el("ul", {}, node.children.map((child) => item(child, view)));
  return el("li", {}, el("details", { open: node.chosen }, el("summary", {}, line), children));
}

function treeKey() {
  const sign = (kinds, heat) =>
    svg("svg", { class: "sign", viewBox: "0 0 14 14", "aria-hidden": "true" },
      svg("circle", { cx: 7, cy: 7, r: 5, class: `dot ${kinds}`, style: `--heat: ${heat}` }));
  const entries = [
    ["", 0.05, "low score"],
    ["", 1, "high score"],
    ["pruned", 0.5, "given up"],
    ["chosen", 1, "part of the answer"],
  ];
  return el("ul", { class: "key" }, entries.map(([kinds, heat, name]) => el("li", {}, sign(kinds, heat), name)));
}
