// The page: reads the data that stands beside it, and fills every section.

const { summary, findings, story } = JSON.parse(document.getElementById("data").textContent);

function facts() {
  const { model, machine, heldOut } = summary;
  const entries = [
    ["Policy", `${count(model.parameters)} parameters, ${model.dtype}, ${count(model.vocabulary)} tokens in its vocabulary`],
    ["Held-out problems", `${count(heldOut.problems)}, ${heldOut.family} level ${heldOut.level}`],
    ["Machine", `${machine.cpu}, ${machine.cores} ${machine.cores === 1 ? "core" : "cores"}, JDK ${machine.jdk}`],
    ["Budget", `${summary.minutes} minutes`],
    ["Seed", String(summary.seed)],
  ];
  const box = document.getElementById("facts");
  box.append(...entries.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

function contents() {
  const links = [...document.querySelectorAll("section[id]")].map((section) =>
    el("a", { href: `#${section.id}` }, section.querySelector("h2").textContent.split(":")[0]),
  );
  document.getElementById("contents").append(...links);
}

function notices() {
  for (const list of document.querySelectorAll("[data-findings]")) {
    const sentences = findings[list.dataset.findings];
    sentences.length ? list.append(...sentences.map((sentence) => el("li", {}, sentence))) : list.remove();
  }
}

document.getElementById("lead").textContent =
  "A small language model sampled its own chains of thought, a verifier kept the right ones, and the model was trained" +
  " on them. This page shows what it learned, what more compute at test time buys on top, and what all of it cost.";
facts();
notices();
learning(summary);
levels(summary);
chains(story.chains);
scaling(summary);
countdown(summary);
trees(story.trees);
sieve(summary);
cost(summary);
contents();
document.documentElement.dataset.ready = "";
