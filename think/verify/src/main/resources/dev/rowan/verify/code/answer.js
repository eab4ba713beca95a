// The process of an answer: loads its program and does what is asked of it. Nothing it says is more than its answer.
const vm = require("vm");
const { receive, send, pack, unpack, changes } = require("./talk.js");

const { sources, entry } = receive();
const objects = [];
const places = new Map();

const leave = (value) => {
  if (!places.has(value)) {
    places.set(value, objects.length);
    objects.push(value);
  }
  return { o: places.get(value) };
};

const named = (name) => {
  const global = vm.runInThisContext(`typeof ${name} === "undefined" ? undefined : ${name}`);
  if (global !== undefined) return global;
  if (typeof module.exports === "function" && (name === entry || module.exports.name === name)) return module.exports;
  if (module.exports[name] !== undefined) return module.exports[name];
  const Solution = vm.runInThisContext('typeof Solution === "function" ? Solution : undefined');
  const method = Solution && (Solution.prototype?.[name] ?? Solution[name]);
  return method && method.bind(Solution.prototype?.[name] ? new Solution() : Solution);
};

const isOwn = (name) => named(name) !== undefined && !before.has(name);

const callBack = (inner) => (...parameters) => {
  send({ k: inner, args: pack(parameters, leave) });
  for (;;) {
    const message = receive();
    if (message.op) send(attempt(message));
    else if (message.x) throw new Error(message.m);
    else return unpack(message.v, find);
  }
};

const find = (tag, inner) => (tag === "o" ? objects[inner] : tag === "e" ? named(inner) : callBack(inner));

const does = {
  has: ({ of }) => isOwn(of),
  name: ({ of }) => named(of),
  get: ([on, key]) => (typeof on[key] === "function" ? on[key].bind(on) : on[key]),
  set: ([on, key, value]) => void (on[key] = value),
  is: ([on, type]) => on instanceof type,
  new: ([on, ...parameters]) => new on(...parameters),
};

const call = (request) => {
  const parameters = unpack(request.args, find);
  const value = unpack(request.on, find)(...parameters);
  const answered = (settled) => {
    const after = parameters.map((one, i) => (changes(one) ? pack(one, leave) : request.args[i]));
    const changed = JSON.stringify(after) !== JSON.stringify(request.args);
    return { v: pack(settled, leave), ...(changed && { after }) };
  };
  return value instanceof Promise ? value.then((settled) => ({ ...answered(settled), later: true })) : answered(value);
};

const fault = (error) => {
  const names = [];
  for (let at = error; at instanceof Error; at = Object.getPrototypeOf(at)) names.push(String(at.name));
  return { x: names, m: error instanceof Error ? String(error.message) : String(error) };
};

const attempt = (request) => {
  try {
    if (request.op === "call") return call(request);
    const on = request.on ? unpack(request.on, find) : request;
    return { v: pack(does[request.op](on), leave) };
  } catch (error) {
    return fault(error);
  }
};

const load = () => {
  const scripts = [];
  let wrong;
  for (const source of sources) {
    try {
      scripts.push([source, new vm.Script(source, { filename: "answer.js" })]);
    } catch (error) {
      wrong ??= error;
    }
  }
  if (scripts.length === 0) throw wrong;
  (scripts.find(([source]) => source.includes(entry)) ?? scripts[0])[1].runInThisContext();
};

process.on("uncaughtException", (error) => {
  send({ wrong: String(error) });
  process.exit(0);
});

Object.assign(globalThis, { require, module, exports: module.exports });
const before = new Set(Object.getOwnPropertyNames(globalThis));

(async () => {
  try {
    load();
  } catch (error) {
    send({ wrong: String(error) });
    process.exit(0);
  }
  if (entry && typeof named(entry) !== "function") send({ wrong: `it does not define ${entry}` });
  for (;;) {
    const reply = attempt(receive());
    send(reply instanceof Promise ? await reply.catch((error) => ({ ...fault(error), later: true })) : reply);
  }
})();
