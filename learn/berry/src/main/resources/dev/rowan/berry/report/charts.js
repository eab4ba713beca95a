// One kind of chart: lines with bands over a linear or log2 axis, with a legend that hides lines and a tooltip.

const charts = [];

/** The colour that a style variable names now. */
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/**
 * Draws a chart into a box.
 * spec: { x: {label, log, format}, y: {label}, lines: [{name, colour, dash, points: [{x, value, low, high, note}],
 * level}] }; a line with a level is horizontal.
 */
function chart(box, spec) {
  const drawn = { box, spec, hidden: new Set(), legend: null, stage: stage(spec), plot: null };
  drawn.legend = legend(drawn);
  box.append(drawn.legend, drawn.stage);
  charts.push(drawn);
  draw(drawn);
  new ResizeObserver(() => resize(drawn)).observe(drawn.stage);
  return drawn;
}

function stage(spec) {
  const what = spec.lines.map((line) => line.name).join(", ");
  return el("div", { class: "stage", role: "img", "aria-label": `${what}: ${spec.y.label}, by ${spec.x.label}` });
}

function redraw(drawn, spec) {
  drawn.spec = spec;
  const names = legend(drawn);
  drawn.legend.replaceWith(names);
  drawn.legend = names;
  draw(drawn);
}

function legend(drawn) {
  return el(
    "ul",
    { class: "legend", "aria-label": "Lines; press one to hide it" },
    drawn.spec.lines.map((line, i) => {
      const toggle = () => {
        const hide = !drawn.hidden.has(i);
        hide ? drawn.hidden.add(i) : drawn.hidden.delete(i);
        button.setAttribute("aria-pressed", String(!hide));
        draw(drawn);
      };
      const button = el(
        "button",
        { type: "button", "aria-pressed": String(!drawn.hidden.has(i)), onclick: toggle },
        swatch(line),
        line.name,
      );
      return el("li", {}, button);
    }),
  );
}

function swatch(line) {
  const stroke = {
    x1: 1, x2: 25, y1: 6, y2: 6, "stroke-width": line.level === undefined ? 2.5 : 1.5,
    "stroke-dasharray": (line.dash ?? []).join(" ") || null, style: `stroke: var(--${line.colour})`,
  };
  const dot = line.level === undefined && svg("circle", { cx: 13, cy: 6, r: 3, style: `fill: var(--${line.colour})` });
  return svg("svg", { class: "swatch", viewBox: "0 0 26 12", "aria-hidden": "true" }, svg("line", stroke), dot);
}

function size(drawn) {
  const width = Math.max(260, Math.floor(drawn.stage.clientWidth));
  return { width, height: Math.round(Math.min(380, Math.max(270, width * 0.48))) };
}

function resize(drawn) {
  const wanted = size(drawn);
  if (drawn.plot && drawn.plot.width !== wanted.width) {
    drawn.plot.setSize(wanted);
  }
}

/** All lines over one common row of x values: what uPlot wants. */
function columns(lines) {
  const xs = [...new Set(lines.flatMap((line) => (line.points ?? []).map((point) => point.x)))].sort((a, b) => a - b);
  const place = new Map(xs.map((x, i) => [x, i]));
  const rows = lines.map((line) => {
    const row = new Array(xs.length).fill(line.level ?? null);
    (line.points ?? []).forEach((point) => (row[place.get(point.x)] = point.value));
    return row;
  });
  return [xs, ...rows];
}

function draw(drawn) {
  drawn.plot?.destroy();
  const { spec } = drawn;
  const axis = { stroke: colour("ink-soft"), grid: { stroke: colour("grid"), width: 1 }, ticks: { show: false } };
  axis.font = "12px " + colour("sans");
  axis.labelFont = "12px " + colour("sans");
  const options = {
    ...size(drawn),
    padding: [12, 14, 0, 0],
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { show: false }, y: false },
    scales: { x: scale(spec), y: { range: () => heights(spec) } },
    axes: [
      { ...axis, label: spec.x.label, labelSize: 22, size: 34, space: 34, ...ticks(spec) },
      { ...axis, label: spec.y.label, labelSize: 20, size: 46, values: (u, all) => all.map((v) => percent(v)) },
    ],
    series: [{}, ...spec.lines.map((line, i) => series(line, drawn.hidden.has(i)))],
    hooks: { drawClear: [(u) => bands(u, drawn)] },
    plugins: [tooltip(drawn)],
  };
  drawn.plot = new uPlot(options, columns(spec.lines), drawn.stage);
}

function series(line, hidden) {
  const stroke = colour(line.colour);
  const level = line.level !== undefined;
  return {
    show: !hidden,
    label: line.name,
    stroke,
    width: level ? 1.5 : 2.25,
    dash: line.dash,
    spanGaps: true,
    points: { show: !level, size: 7, fill: stroke, stroke },
  };
}

function scale(spec) {
  const xs = columns(spec.lines)[0];
  const low = xs[0] ?? 1;
  const high = xs[xs.length - 1] ?? 2;
  if (!spec.x.log) {
    return { time: false, range: () => [low, high === low ? low + 1 : high] };
  }
  return { time: false, distr: 3, log: 2, range: () => [low / 1.12, Math.max(high, low * 2) * 1.12] };
}

function ticks(spec) {
  const values = (u, all) => all.map((v) => (v === null ? null : spec.x.format(v)));
  if (!spec.x.log) {
    return { values, ...(spec.x.whole ? { incrs: [1, 2, 5, 10, 20, 50, 100] } : {}) };
  }
  const powers = (u, i, low, high) => {
    const all = [];
    for (let power = Math.ceil(Math.log2(low)); power <= Math.log2(high); power++) {
      all.push(2 ** power);
    }
    return all;
  };
  return { values, splits: powers, filter: (u, all) => all };
}

/** From 0 to the next tenth above everything drawn. */
function heights(spec) {
  const tops = spec.lines.flatMap((line) => (line.points ?? []).map((point) => point.high ?? point.value));
  const levels = spec.lines.map((line) => line.level ?? 0);
  return [0, Math.min(1, Math.ceil(10 * Math.max(0.1, ...tops, ...levels) + 0.3) / 10)];
}

/** The intervals, behind the lines. */
function bands(u, drawn) {
  const { ctx } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
  ctx.clip();
  drawn.spec.lines.forEach((line, i) => {
    const points = (line.points ?? []).filter((point) => point.low !== undefined);
    if (drawn.hidden.has(i) || points.length < 2) {
      return;
    }
    const at = (point, end) => [u.valToPos(point.x, "x", true), u.valToPos(point[end], "y", true)];
    ctx.beginPath();
    points.forEach((point) => ctx.lineTo(...at(point, "high")));
    [...points].reverse().forEach((point) => ctx.lineTo(...at(point, "low")));
    ctx.closePath();
    ctx.globalAlpha = Number(colour("band"));
    ctx.fillStyle = colour(line.colour);
    ctx.fill();
  });
  ctx.restore();
}

/** What stands near the pointer: of every line the closest point, if it is close. */
function tooltip(drawn) {
  const tip = el("div", { class: "tip", hidden: true });
  const near = (u) =>
    drawn.spec.lines.flatMap((line, i) => {
      if (drawn.hidden.has(i) || !line.points?.length) {
        return [];
      }
      const away = (point) => Math.abs(u.valToPos(point.x, "x") - u.cursor.left);
      const point = line.points.reduce((best, next) => (away(next) < away(best) ? next : best));
      return away(point) <= 16 ? [{ line, point }] : [];
    });
  const show = (u) => {
    const found = u.cursor.left < 0 ? [] : near(u).sort((a, b) => b.point.value - a.point.value);
    tip.hidden = found.length === 0;
    if (tip.hidden) {
      return;
    }
    tip.replaceChildren(...found.map(({ line, point }) => tipRow(line, point, drawn.spec.x)));
    const left = u.cursor.left + 16;
    const flip = left + tip.offsetWidth > u.over.clientWidth;
    tip.style.left = (flip ? Math.max(0, u.cursor.left - tip.offsetWidth - 12) : left) + "px";
    tip.style.top = Math.max(0, Math.min(u.cursor.top, u.over.clientHeight - tip.offsetHeight)) + "px";
  };
  return { hooks: { init: (u) => u.over.append(tip), setCursor: show } };
}

function tipRow(line, point, x) {
  const interval = point.low === undefined ? "" : ` (${between(point)})`;
  return el(
    "div",
    {},
    swatch(line),
    el("span", {}, line.name),
    el("b", {}, percent(point.value, 1)),
    el("small", {}, `${interval} ${point.note ?? x.format(point.x)}`),
  );
}

/** Draws every chart again, with the colours and the width that hold now. */
function redrawAll() {
  charts.forEach(draw);
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawAll);
addEventListener("beforeprint", () => {
  document.documentElement.dataset.printing = "";
  redrawAll();
});
addEventListener("afterprint", () => {
  delete document.documentElement.dataset.printing;
  redrawAll();
});
