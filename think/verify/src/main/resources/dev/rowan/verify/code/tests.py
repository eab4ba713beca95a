"""The process of the tests. The answer's program runs elsewhere: here it is only known by what it replies."""

import builtins
import random
import traceback


class Undecidable(BaseException):
    """The tests ask for something that cannot be told without trusting the answer."""


class Fault(Exception):
    """An exception of the answer's own making."""


class Remote:
    """Something of the answer's: a function, a class, an object that is no plain data. Equal to nothing but itself."""

    def __init__(self, answer, data):
        object.__setattr__(self, "_answer", answer)
        object.__setattr__(self, "_data", data)

    def _ask(self, does, *more):
        return self._answer.ask({"op": does, "on": self._answer.pack([self, *more])})

    def __call__(self, *arguments, **named):
        return self._answer.call(self, arguments, named)

    def __getattr__(self, name):
        return self._ask("get", name)

    def __setattr__(self, name, value):
        self._ask("set", name, value)

    def __getitem__(self, key):
        return self._ask("item", key)

    def __len__(self):
        return self._ask("len")

    def __iter__(self):
        return self._ask("iter")

    def __next__(self):
        return self._ask("next")

    def __bool__(self):
        return self._ask("bool") is True

    def __str__(self):
        return str(self._ask("str"))

    def __repr__(self):
        return str(self._ask("repr"))

    def __instancecheck__(self, value):
        return isinstance(value, Remote) and value._ask("is", self) is True

    def __eq__(self, other):
        if isinstance(other, Remote) and other._data != self._data:
            raise Undecidable("the tests compare objects of the answer's own classes")
        return isinstance(other, Remote)

    def __hash__(self):
        return hash(str(self._data))


class Link:
    """Asks the answer. It can reply what it likes, but only with plain data."""

    def __init__(self, as_changed):
        self.as_changed = as_changed
        self.changed = False
        self.functions = []
        self.known = {}
        self.calls = 0

    def ask(self, request):
        reply = self.exchange(request)
        if "x" in reply:
            raise self.fault(reply["x"], reply["m"])
        return self.unpack(reply["v"])

    def defines(self, name):
        if name not in self.known:
            self.known[name] = self.ask({"op": "has", "of": name}) is True
        return self.known[name]

    def call(self, function, arguments, named):
        self.calls += 1
        request = {
            "op": "call",
            "on": self.pack(function),
            "args": self.pack(list(arguments)),
            "named": self.pack(named),
        }
        reply = self.exchange(request)
        if "x" in reply:
            raise self.fault(reply["x"], reply["m"])
        value = self.unpack(reply["v"])
        if "after" in reply:
            self.changed = self.changed or value is not None
            if value is None or self.as_changed:
                for argument, after in zip(arguments, reply["after"]):
                    renew(argument, self.unpack(after))
        return value

    def exchange(self, message):
        while True:
            send(message)
            reply = receive()
            if "k" not in reply:
                return reply
            message = self.called_back(reply)

    def called_back(self, call):
        try:
            function = self.functions[call["k"]]
            return {"v": self.pack(function(*self.unpack(call["args"])))}
        except Exception as error:
            return {"x": True, "m": str(error)}

    @staticmethod
    def fault(mro, message):
        for name in mro:
            kind = getattr(builtins, str(name), None)
            if isinstance(kind, type) and issubclass(kind, Exception) and kind is not Exception:
                try:
                    return kind(message)
                except TypeError:
                    break
        return Fault(message)

    def pack(self, value):
        return pack(value, self.lend)

    def unpack(self, data):
        return unpack(data, lambda tag, inner: Remote(self, {tag: inner}))

    def lend(self, value):
        if isinstance(value, Remote):
            return value._data
        if callable(value) and not isinstance(value, type):
            self.functions.append(value)
            return {"k": len(self.functions) - 1}
        if hasattr(value, "__next__"):
            return self.pack(list(value))
        raise Undecidable(f"the tests pass a {type(value).__name__}, which only they know")


def renew(argument, after):
    """Gives an argument the content that a procedure left in its copy."""
    if type(argument) is not type(after):
        return
    if isinstance(argument, (list, bytearray)):
        argument[:] = after
    elif isinstance(argument, (dict, set)):
        argument.clear()
        argument.update(after)


class Names(dict):
    """What the tests see: Python's own names and the problem's, then modules of Python, then what the answer defines."""

    def __init__(self, link):
        super().__init__(vars(builtins))
        self["__name__"] = "__main__"
        self.link = link

    def __missing__(self, name):
        if name in sys.stdlib_module_names:
            self[name] = __import__(name)
        elif self.link.defines(name):
            self[name] = self.link.ask({"op": "name", "of": name})
        else:
            raise KeyError(name)
        return self[name]


def prelude(names, prompt):
    """Runs what the problem itself gives; the head of a function needs a body."""
    for text in (prompt, prompt + "\n    pass"):
        try:
            exec(compile(text, "<prompt>", "exec", dont_inherit=True), names)
            return
        except SyntaxError:
            continue
        except Exception:
            return


def mentioned(code):
    """All names that a program mentions, attributes too."""
    names = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, type(code)):
            names |= mentioned(constant)
    return names


def shadowing(link, code):
    """The function under test where it shares its name with something of Python's own and nothing else is tested."""
    found = [name for name in sorted(mentioned(code)) if link.ask({"op": "calls", "of": name}) is True]
    if any(not hasattr(builtins, name) and name not in sys.stdlib_module_names for name in found):
        return []
    if len(found) > 1:
        raise Undecidable(f"what is tested, {' or '.join(found)}? Name the entry point")
    return found


def perform(link, order):
    entry = order["entry"]
    code = compile(order["tests"], "<tests>", "exec", dont_inherit=True)
    names = Names(link)
    prelude(names, order["prompt"])
    for name in [entry] if entry else shadowing(link, code):
        names[name] = Remote(link, {"e": name})
    candidate = names.get(entry)
    random.seed(0)
    exec(code, names)
    check = names.get("check")
    if callable(check) and not isinstance(check, Remote) and not link.calls:
        if not entry:
            raise Undecidable("check(candidate) needs an entry point")
        check(candidate)
    if not link.calls:
        raise Undecidable("the tests never call the answer")


def failure(error, source):
    """Where the tests failed, in their own words."""
    lines = source.splitlines()
    at = [step.lineno for step in traceback.extract_tb(error.__traceback__) if step.filename == "<tests>"]
    text = lines[at[-1] - 1].strip() if at and at[-1] <= len(lines) else ""
    cause = "" if type(error) is AssertionError and text.startswith("assert") else describe(error)
    return ": ".join(part for part in (text[:160], cause) if part)


def tests(order):
    link = Link(order["asChanged"])
    try:
        perform(link, order)
        report("passed", True)
    except Undecidable as error:
        report("undecided", str(error))
    except SyntaxError as error:
        report("undecided", f"the tests do not compile: {error}")
    except Exception as error:
        report("failed", failure(error, order["tests"]), changed=link.changed)
    except SystemExit:
        report("undecided", "the tests end the program themselves")


MODES = {"answer": answer, "program": program, "tests": tests}
