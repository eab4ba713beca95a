// The process of the tests. The answer's program runs elsewhere: here it is only known by what it replies.
const vm = require("vm");
const { receive, send, pack, unpack, changes } = require("./talk.js");

const { tests, entry, prompt, asChanged } = receive();
const functions = [];
const remotes = new Map();
const seen = new Map();
// Methods that the language calls by itself, where an answer could become whatever it is compared with.
const IMPLICIT = ["valueOf", "toString", "toJSON", "then"];
let calls = 0;
let changed = false;
let undecided = "";

// What the tests catch as an error of the answer's is one of theirs: it is not forgotten.
const decline = (why) => {
  undecided ||= why;
  throw new Error(why);
};

const lend = (value) => {
  const known = remotes.get(value);
  if (known) return known;
  if (typeof value === "function") return { k: functions.push(value) - 1 };
  return decline("the tests pass an object that only they know");
};

const calledBack = ({ k, args }) => {
  try {
    return { v: pack(functions[k](...unpack(args, remote)), lend) };
  } catch (error) {
    return { x: true, m: String(error.message) };
  }
};

const fault = ({ x, m }) => {
  const kind = [].concat(x).map((name) => globalThis[name]).find((one) => typeof one === "function" && one.prototype instanceof Error);
  const error = new (kind ?? Error)(m);
  if (!kind && typeof x[0] === "string") error.name = x[0];
  return error;
};

const ask = (request) => {
  send(request);
  for (;;) {
    const reply = receive();
    if (!("k" in reply)) return reply;
    send(calledBack(reply));
  }
};

const renew = (parameter, after) => {
  if (!changes(after) || Object.getPrototypeOf(parameter) !== Object.getPrototypeOf(after)) return;
  if (Array.isArray(parameter)) parameter.splice(0, parameter.length, ...after);
  else if (parameter instanceof Set || parameter instanceof Map) {
    parameter.clear();
    for (const item of after) parameter instanceof Map ? parameter.set(...item) : parameter.add(item);
  } else if (!(parameter instanceof Date)) {
    for (const key of Object.keys(parameter)) delete parameter[key];
    Object.assign(parameter, after);
  }
};

const result = (reply, parameters = []) => {
  if (reply.x) throw fault(reply);
  const value = unpack(reply.v, remote);
  if (reply.after) {
    changed ||= value !== undefined;
    if (value === undefined || asChanged) {
      parameters.forEach((one, i) => changes(one) && renew(one, unpack(reply.after[i], remote)));
    }
  }
  return value;
};

const call = (on, parameters) => {
  calls++;
  const reply = ask({ op: "call", on, args: pack(parameters, lend), named: { d: [] } });
  if (!reply.later) return result(reply, parameters);
  return new Promise((resolve) => resolve(result(reply, parameters)));
};

// Something of the answer's: a function, a class, an object that is no plain data. Equal to nothing but itself.
const remote = (tag, inner, key) => {
  if (IMPLICIT.includes(key)) decline("the tests compare an object that says itself what it is worth");
  const data = { [tag]: inner };
  const known = seen.get(JSON.stringify(data));
  if (known) return known;
  const look = (op, ...more) => result(ask({ op, on: pack([...more], lend) }));
  const closed = () => decline("the tests look into an object of the answer's own class");
  const self = new Proxy(function () {}, {
    apply: (target, on, parameters) => call(data, parameters),
    construct: (target, parameters) => {
      calls++;
      return look("new", self, ...parameters);
    },
    get: (target, key) => {
      if (key === Symbol.hasInstance) return (value) => remotes.has(value) && look("is", value, self) === true;
      return typeof key === "symbol" || IMPLICIT.includes(key) ? closed() : look("get", self, key);
    },
    set: (target, key, value) => look("set", self, key, value) === undefined,
    ownKeys: closed,
    getPrototypeOf: closed,
  });
  remotes.set(self, data);
  seen.set(JSON.stringify(data), self);
  return self;
};

const run = (code, file) => new vm.Script(code, { filename: file }).runInThisContext();

// Runs what the problem itself gives; the head of a function needs a body, and gives way to the answer's.
const prelude = () => {
  const loose = prompt.replace(/^(const|let)\b/gm, "var");
  for (const text of [loose, `${loose}\n}`]) {
    try {
      return run(text, "prompt.js");
    } catch (error) {
      if (!(error instanceof SyntaxError)) return;
    }
  }
};

const define = () => {
  const mentioned = new Set(tests.match(/[A-Za-z_$][\w$]*/g));
  for (const name of mentioned) {
    if (name === entry || (!(name in globalThis) && isName(name) && ask({ op: "has", of: name }).v === true)) {
      globalThis[name] = name === entry ? remote("e", name) : unpack(ask({ op: "name", of: name }).v, remote);
    }
  }
  if (entry && !mentioned.has(entry)) globalThis[entry] = remote("e", entry);
};

const isName = (name) => {
  try {
    return Boolean(new vm.Script(`let ${name};`));
  } catch {
    return false;
  }
};

const report = (what) => {
  send(undecided ? { undecided } : what);
  process.exit(0);
};

const failed = (error) => {
  const line = /the-tests\.js:(\d+)/.exec(String(error?.stack))?.[1];
  const text = line ? tests.split("\n")[line - 1]?.trim().slice(0, 160) : "";
  const cause = String(error?.message ?? error).split("\n")[0].slice(0, 300);
  report({ failed: [text, cause].filter(Boolean).join(": "), changed });
};

process.on("uncaughtException", failed);
process.on("beforeExit", () => {
  if (calls === 0) decline("the tests never call the answer");
  report({ passed: true });
});

Object.assign(globalThis, { require, module, exports: module.exports });
console.assert = (holds, ...words) => {
  if (!holds) throw new Error(words.join(" "));
};
prelude();
define();
let script;
try {
  script = new vm.Script(tests, { filename: "the-tests.js" });
} catch (error) {
  undecided = `the tests do not compile: ${error.message}`;
  report({});
}
script.runInThisContext();
const check = run('typeof check === "function" ? check : undefined', "rowan.js");
if (check && calls === 0 && !remotes.has(check)) {
  if (!entry) decline("check(candidate) needs an entry point");
  check(globalThis[entry]);
}
