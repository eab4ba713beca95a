// Building blocks of the page. Text always enters the document as text: nothing here, or anywhere, parses HTML.

const SVG = "http://www.w3.org/2000/svg";

/** A new element: attributes, then children; strings become text nodes, null and false are left out. */
function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** A new SVG element. */
function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) {
      node.addEventListener(key.slice(2), value);
    } else if (value !== null && value !== false) {
      node.setAttribute(key, value === true ? "" : value);
    }
  }
  node.append(...children.flat().filter((child) => child !== null && child !== false));
  return node;
}

const part = (name) => document.querySelector(`[data-part="${name}"]`);

/** Takes a section out of the page when there is nothing to show in it. */
function without(id) {
  document.getElementById(id)?.remove();
}

const NO_BREAK = "\u00a0";
const percent = (rate, digits = 0) => (100 * rate).toFixed(digits) + NO_BREAK + "%";
const count = (number) => Math.round(number).toLocaleString("en-US");
const signed = (number, digits = 0) => {
  const text = Math.abs(number).toFixed(digits);
  return Number(text) === 0 ? text : (number > 0 ? "+" : "\u2212") + text;
};
const points = (number) => signed(number) + NO_BREAK + (Math.abs(Math.round(number)) === 1 ? "point" : "points");
const between = (point) => `${percent(point.low)}–${percent(point.high)}`;

/** Seconds as a reader wants them. */
function time(seconds) {
  return seconds < 90 ? seconds.toFixed(0) + NO_BREAK + "s" : (seconds / 60).toFixed(1) + NO_BREAK + "min";
}

/** A table behind a details element. Cells are text; the first column names the row. */
function table(title, heads, rows) {
  const cell = (text, i) => (i ? el("td", {}, String(text)) : el("th", { scope: "row" }, String(text)));
  return el(
    "details",
    { class: "table" },
    el("summary", {}, title),
    el(
      "div",
      { class: "wide" },
      el(
        "table",
        {},
        el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
        el("tbody", {}, rows.map((row) => el("tr", {}, row.map(cell)))),
      ),
    ),
  );
}

/** Buttons of which one is pressed. */
function choice(label, options, chosen) {
  const buttons = options.map((option, i) =>
    el("button", { type: "button", "aria-pressed": String(i === 0), onclick: () => press(i) }, option),
  );
  function press(index) {
    buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(i === index)));
    chosen(index);
  }
  return el("div", { class: "choice", role: "group", "aria-label": label }, buttons);
}
