"""The process of an answer: loads its program and does what is asked of it. Nothing it says is more than its answer."""

import os
import struct
import sys
import types


LONGEST = 64 << 20


def receive():
    (length,) = struct.unpack(">I", exactly(REQUESTS, 4))
    if length > LONGEST:
        raise ValueError("a message is too long")
    return json.loads(exactly(REQUESTS, length))


def send(message, to=REPLIES):
    data = json.dumps(message).encode()
    data = struct.pack(">I", len(data)) + data
    while data:
        data = data[os.write(to, data) :]


def report(kind, what, **more):
    """Tells the verifier how the run ends."""
    send({kind: what, **more}, REPORT)
    os._exit(0)


def load(sources, entry, name):
    """Runs the first of the texts that compiles and names the entry point, else the first that compiles."""
    programs, fault = [], None
    for source in sources:
        try:
            programs.append(compile(source, "<answer>", "exec", dont_inherit=True))
        except (SyntaxError, ValueError) as error:
            fault = fault or error
            continue
        if not entry or entry in programs[-1].co_names:
            programs = programs[-1:]
            break
    if not programs:
        raise fault
    module = types.ModuleType(name)
    sys.modules[name] = module
    names = module.__dict__
    exec(programs[0], names)
    if entry and entry not in names and hasattr(names.get("Solution"), entry):
        names[entry] = getattr(names["Solution"](), entry)
    return names


def describe(error):
    line = ""
    step = error.__traceback__
    while step:
        if step.tb_frame.f_code.co_filename == "<answer>":
            line = f"line {step.tb_lineno}: "
        step = step.tb_next
    return f"{line}{type(error).__name__}: {message(error)[:300]}"


def message(error):
    try:
        return str(error)
    except Exception:
        return ""


class Answer:
    """Serves requests of the tests: to find names, to call, and to look at objects that cannot cross."""

    def __init__(self, names):
        self.names = names
        self.objects = []
        self.places = {}

    def run(self):
        while True:
            self.serve(receive())

    def serve(self, request):
        try:
            send(self.reply(request))
        except Exception as error:
            mro = [base.__name__ for base in type(error).__mro__]
            send({"x": mro, "m": message(error)})

    def reply(self, request):
        does = request["op"]
        if does == "has":
            return {"v": request["of"] in self.names}
        if does == "calls":
            return {"v": callable(self.names.get(request["of"]))}
        if does == "name":
            return {"v": self.pack(self.names[request["of"]])}
        if does == "call":
            return self.call(request)
        return {"v": self.pack(LOOKS[does](*self.unpack(request["on"])))}

    def call(self, request):
        function = self.unpack(request["on"])
        arguments = self.unpack(request["args"])
        named = dict(self.unpack(request["named"]))
        reply = {"v": self.pack(function(*arguments, **named))}
        if any(isinstance(argument, CHANGEABLE) for argument in arguments):
            after = self.pack(arguments)
            if after != request["args"]:
                reply["after"] = after
        return reply

    def pack(self, value):
        return pack(value, self.leave)

    def unpack(self, data):
        return unpack(data, self.find)

    def leave(self, value):
        place = self.places.get(id(value))
        if place is None:
            place = self.places[id(value)] = len(self.objects)
            self.objects.append(value)
        return {"o": place}

    def find(self, tag, inner):
        if tag == "o":
            return self.objects[inner]
        if tag == "e":
            return self.names[inner]
        return lambda *arguments: self.call_back(inner, arguments)

    def call_back(self, function, arguments):
        send({"k": function, "args": self.pack(list(arguments))})
        while True:
            message = receive()
            if "op" in message:
                self.serve(message)
            elif "x" in message:
                raise RuntimeError(message["m"])
            else:
                return self.unpack(message["v"])


CHANGEABLE = (list, dict, set, bytearray)

LOOKS = {
    "get": getattr,
    "set": setattr,
    "item": lambda on, key: on[key],
    "len": len,
    "iter": iter,
    "next": next,
    "bool": bool,
    "str": str,
    "repr": repr,
    "is": isinstance,
}


def answer(order):
    entry = order["entry"]
    try:
        names = load(order["sources"], entry, "answer")
        if entry and entry not in names:
            report("wrong", f"it does not define {entry}")
        Answer(names).run()
    except SystemExit:
        report("wrong", "it ends the program itself")
    except BaseException as error:
        report("wrong", describe(error))


def program(order):
    """A whole program: its standard input and output are what counts."""
    import atexit
    import builtins
    import threading

    builtins.exit = builtins.quit = sys.exit  # as in a Python that starts with its site
    status = 0
    sys.argv = ["main.py"]
    try:
        load(order["sources"], "", "__main__")
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException as error:
        sys.stderr.write(describe(error))
        status = 1
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    os._exit(status & 0xFF)
