"""The process of the tests. The answer's program runs elsewhere: here it is only known by what it replies."""

import ast
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

    def __init__(self):
        self.functions = []
        self.calls = 0

    def ask(self, request):
        reply = self.exchange(request)
        if "x" in reply:
            raise self.fault(reply["x"], reply["m"])
        return self.unpack(reply["v"])

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
        for argument, after in zip(arguments, reply.get("after", ())):
            renew(argument, self.unpack(after))
        return self.unpack(reply["v"])

    def exchange(self, message):
        while True:
            send(b"q", message)
            reply = receive()
            if reply[:1] == b"a":
                return json.loads(reply[1:])
            message = self.called_back(json.loads(reply[1:]))

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


def prelude(prompt):
    """What the problem itself defines."""
    names = {"__name__": "__main__"}
    for text in (prompt, prompt + "\n    pass"):
        try:
            exec(compile(text, "<prompt>", "exec", dont_inherit=True), names)
            break
        except SyntaxError:
            continue
        except Exception:
            break
    return names


def free_names(tree, names):
    """Names that the tests use and nobody on their side defines."""
    used, bound = set(), set(names)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else bound).add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            bound.add(node.name)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, ast.alias):
            bound.add((node.asname or node.name).split(".")[0])
        elif isinstance(node, ast.ExceptHandler) and node.name:
            bound.add(node.name)
    return used - bound


def known(link, names):
    names = sorted(names)
    found = link.ask({"op": "names", "of": names})
    return [name for name, there in zip(names, found) if there is True]


def bind(link, names, tree, entry):
    """Gives the tests what they need: modules of Python from here, everything else from the answer."""
    free = free_names(tree, names)
    own = {name for name in free if hasattr(builtins, name)}
    for name in sorted(free - own):
        if name in sys.stdlib_module_names and name != entry:
            names[name] = __import__(name)
    wanted = {entry} if entry else set()
    wanted |= {name for name in free - own if name not in names}
    if not wanted:
        # Tests of a function that shares its name with a built-in one, and of nothing else.
        wanted = set(known(link, own))
        if len(wanted) > 1:
            raise Undecidable("several built-in names could be what is tested: name the entry point")
    for name in known(link, wanted):
        names[name] = link.ask({"op": "name", "of": name})


def calls_check(tree):
    return any(
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "check"
        for node in tree.body
    )


def has_check(tree):
    return any(isinstance(node, ast.FunctionDef) and node.name == "check" for node in tree.body)


def perform(link, order):
    source, entry = order["tests"], order["entry"]
    tree = ast.parse(source, "<tests>")
    names = prelude(order["prompt"])
    bind(link, names, tree, entry)
    candidate = names.get(entry)
    random.seed(0)
    exec(compile(tree, "<tests>", "exec", dont_inherit=True), names)
    if has_check(tree) and not calls_check(tree):
        if not entry:
            raise Undecidable("check(candidate) needs an entry point")
        names["check"](candidate)
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
    try:
        perform(Link(), order)
        result = {"passed": True}
    except Undecidable as error:
        result = {"undecided": str(error)}
    except SyntaxError as error:
        result = {"undecided": f"the tests do not compile: {error}"}
    except Exception as error:
        result = {"failed": failure(error, order["tests"])}
    except SystemExit:
        result = {"undecided": "the tests end the program themselves"}
    send(b"r", result)
    os._exit(0)


MODES = {"answer": answer, "program": program, "tests": tests}
