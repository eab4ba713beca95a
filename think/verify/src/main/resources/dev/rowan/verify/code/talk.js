// What both processes of a check share: lines of JSON over the descriptors 3 and 4, and values as they cross. Only plain
// data crosses, rebuilt from built-in classes on the other side; values.py says the same for Python.
const fs = require("fs");

const REQUESTS = 3;
const REPLIES = 4;
let rest = Buffer.alloc(0);

const receive = () => {
  for (;;) {
    const end = rest.indexOf(10);
    if (end >= 0) {
      const line = rest.subarray(0, end).toString("utf8");
      rest = rest.subarray(end + 1);
      return JSON.parse(line);
    }
    const chunk = Buffer.alloc(1 << 16);
    const count = fs.readSync(REQUESTS, chunk);
    if (count === 0) process.exit(0);
    rest = Buffer.concat([rest, chunk.subarray(0, count)]);
  }
};

const send = (what) => {
  let data = Buffer.from(JSON.stringify(what) + "\n");
  while (data.length > 0) data = data.subarray(fs.writeSync(REPLIES, data));
};

const hex = (value) => (value < 0n ? "-0x" : "0x") + (value < 0n ? -value : value).toString(16);
const unhex = (text) => (text[0] === "-" ? -BigInt(text.slice(1)) : BigInt(text));

const isPlain = (value) => {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
};

// A value as JSON data; `other` packs what is no plain data.
const pack = (value, other) => {
  const entries = (pairs) => [...pairs].map(([key, item]) => [pack(key, other), pack(item, other)]);
  if (value === undefined) return { u: [] };
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0) ? value : { f: Object.is(value, -0) ? "-0" : String(value) };
  if (typeof value === "bigint") return { g: hex(value) };
  if (typeof value === "function") return other(value);
  if (Array.isArray(value)) return Array.from(value, (item) => pack(item, other));
  if (value instanceof Set) return { s: [...value].map((item) => pack(item, other)) };
  if (value instanceof Map) return { m: entries(value) };
  if (value instanceof Date) return { w: value.getTime() };
  if (typeof value === "object" && isPlain(value)) return { d: entries(Object.entries(value)) };
  return other(value);
};

// The value of JSON data; `other` unpacks what is no plain data.
const unpack = (data, other) => {
  if (Array.isArray(data)) return data.map((item) => unpack(item, other));
  if (data === null || typeof data !== "object") return data;
  const [[tag, inner]] = Object.entries(data);
  const entries = () => inner.map(([key, item]) => [unpack(key, other), unpack(item, (...of) => other(...of, key))]);
  switch (tag) {
    case "u": return undefined;
    case "f": return Number(inner);
    case "g": return unhex(inner);
    case "i": return Number(unhex(inner));
    case "s": return new Set(inner.map((item) => unpack(item, other)));
    case "m": return new Map(entries());
    case "w": return new Date(inner);
    case "d": return Object.fromEntries(entries());
    default: return other(tag, inner);
  }
};

const changes = (value) => typeof value === "object" && value !== null;

module.exports = { receive, send, pack, unpack, changes };
