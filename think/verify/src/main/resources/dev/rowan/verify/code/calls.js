// Calls a function of an answer: node calls.js ANSWER < {"entry", "mark", "calls"}. Each result is a line after the mark.
const fs = require("fs");
const vm = require("vm");

const { entry, mark, calls } = JSON.parse(fs.readFileSync(0, "utf8"));
const write = fs.writeSync;

const pack = (value) => {
  if (value === undefined || value === null) return null;
  if (typeof value === "bigint") return { i: (value < 0n ? "-0x" : "0x") + (value < 0n ? -value : value).toString(16) };
  if (typeof value === "number") return Number.isFinite(value) ? value : { f: String(value) };
  if (typeof value !== "object") return typeof value === "function" ? { o: 0 } : value;
  if (Array.isArray(value)) return value.map(pack);
  if (value instanceof Set) return { s: [...value].map(pack) };
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return { d: entries.map(([key, item]) => [pack(key), pack(item)]) };
};

const say = (what) => write(1, `\n${mark}${JSON.stringify(what)}\n`);

const source = fs.readFileSync(process.argv[2], "utf8");
const find = `\n;typeof ${entry} === "function" ? ${entry} : typeof module.exports === "function" ? module.exports : module.exports.${entry}`;
Object.assign(globalThis, { require, module: { exports: {} } });
let found;
try {
  found = vm.runInThisContext(source + find, "answer.js");
} catch (error) {
  say({ x: [String(error)], m: "" });
}
for (const parameters of found ? calls : []) {
  let result;
  try {
    result = { v: pack(found(...parameters)) };
  } catch (error) {
    result = { x: ["Error"], m: String(error) };
  }
  say(result);
}
