"""Forks one process for each run, and stands between it and the verifier.

Talks in frames over its standard streams: length of what follows (4 bytes, big-endian), kind (1 byte), payload.
In:  R an order (JSON) starts a run, which reads what it is to run itself: a length, then JSON; I bytes for its input; C closes its input; K kills it; Z empties the channel.
Out: D bytes of its report; O bytes of its standard output; X it has ended (JSON); Z the channel is empty.

The channel leads from this server to its twin in another sandbox: through it a run of tests talks to a run of an answer.
A run inherits nothing but its own pipes: neither the streams to the verifier nor the right to fork, to signal or to
trace. So nothing it does can look like a message from here, and nothing is left of it when it has ended. What runs are
to run never passes through this process: a later run, which shares its memory, could find an earlier one's there.
"""

import ctypes
import gc
import json
import os
import resource
import select
import signal
import struct
import sys
import time

CONTROL_IN, CONTROL_OUT, CHANNEL_IN, CHANNEL_OUT = 100, 101, 102, 103
# Descriptors of a run: requests come in, replies go out, and what the verifier is to know.
REQUESTS, REPLIES, REPORT = 3, 4, 5
CHUNK = 1 << 16
BACKLOG = 1 << 20


class Wire:
    """The streams to the verifier: never blocks, so that both sides may write at once."""

    def __init__(self):
        os.dup2(0, CONTROL_IN)
        os.dup2(1, CONTROL_OUT)
        for channel, at in zip(sys.argv[3:], (CHANNEL_IN, CHANNEL_OUT)):
            os.dup2(int(channel), at)
            os.close(int(channel))
        null = os.open(os.devnull, os.O_RDWR)
        for fd in (0, 1, 2):
            os.dup2(null, fd)
        os.close(null)
        os.set_blocking(CONTROL_OUT, False)
        self.outgoing = bytearray()

    def send(self, kind, payload):
        self.outgoing += struct.pack(">I", len(payload) + 1) + kind + payload
        self.flush()

    def flush(self):
        try:
            while self.outgoing:
                del self.outgoing[: os.write(CONTROL_OUT, self.outgoing)]
        except BlockingIOError:
            pass

    def drain(self):
        """Sends everything; what comes meanwhile is for a run that has ended."""
        while self.outgoing:
            if CONTROL_IN in select.select([CONTROL_IN], [CONTROL_OUT], [])[0]:
                self.receive()
            self.flush()

    @staticmethod
    def receive():
        """The next frame, and not a byte more."""
        (length,) = struct.unpack(">I", exactly(CONTROL_IN, 4))
        payload = exactly(CONTROL_IN, length)
        return payload[:1], payload[1:]


def exactly(fd, count):
    """So many bytes; the end of the stream ends this process."""
    data = bytearray()
    while len(data) < count:
        chunk = os.read(fd, min(count - len(data), 1 << 20))
        if not chunk:
            os._exit(0)
        data += chunk
    return bytes(data)


class Filter(ctypes.Structure):
    """A program for the kernel that refuses system calls: the struct sock_fprog of seccomp."""

    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_char_p)]

    prctl = ctypes.CDLL(None).prctl

    def apply(self):
        no_new_privileges, set_seccomp, mode_filter = 38, 22, 2
        if self.prctl(no_new_privileges, 1, 0, 0, 0) or self.prctl(set_seccomp, mode_filter, ctypes.byref(self)):
            os._exit(71)


class Run:
    """One forked process and the pipes to it."""

    def __init__(self, wire, order, syscalls, main):
        self.wire = wire
        self.deadline = time.monotonic() + order["wall"]
        self.room = order["output"]
        self.pending, self.closing = bytearray(), False
        self.end = {}
        program = order["mode"] == "program"
        inner_in, self.into = os.pipe()
        self.out, inner_out = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            (length,) = struct.unpack(">I", exactly(CONTROL_IN, 4))
            order = json.loads(exactly(CONTROL_IN, length))
            os.write(inner_out, b"!")
            if program:
                os.dup2(inner_in, 0)
                os.dup2(inner_out, 1)
            else:
                self.connect(order["direct"], inner_in, inner_out)
            os.closerange(3 if program else REPORT + 1, 128)
            limit(order)
            if syscalls.length:
                syscalls.apply()
            main(order)
            os._exit(0)
        os.close(inner_in)
        os.close(inner_out)
        exactly(self.out, 1)
        os.set_blocking(self.into, False)
        self.kind = b"O" if program else b"D"

    @staticmethod
    def connect(direct, inner_in, inner_out):
        # None of these is a number that a pipe of this run could have: the server's own stand far above.
        pipes = (CHANNEL_IN, CHANNEL_OUT) if direct else (inner_in, inner_out)
        held = [os.dup2(fd, at) for fd, at in zip((*pipes, inner_out), (110, 111, 112))]
        for fd, at in zip(held, (REQUESTS, REPLIES, REPORT)):
            os.dup2(fd, at)

    def write(self):
        try:
            while self.pending:
                del self.pending[: os.write(self.into, self.pending)]
        except BlockingIOError:
            return
        except BrokenPipeError:
            self.pending.clear()
        if self.closing:
            os.close(self.into)
            self.into = -1

    def feed(self, payload):
        if self.into >= 0:
            self.pending += payload
            self.write()

    def close(self):
        self.closing = True
        if self.into >= 0:
            self.write()

    def kill(self, why):
        self.end.setdefault("killed", why)
        os.kill(self.pid, signal.SIGKILL)

    def read(self):
        """Whether the output goes on."""
        data = os.read(self.out, CHUNK)
        self.room -= len(data)
        if self.room < 0:
            self.kill("output")
            return False
        if data:
            self.wire.send(self.kind, data)
        return bool(data)

    def reap(self):
        """Waits for the end of a process that has closed its output, as long as its time lasts."""
        pid, status, usage = os.wait4(self.pid, os.WNOHANG)
        if not pid:
            process = os.pidfd_open(self.pid)
            if not select.select([process], [], [], max(0, self.deadline - time.monotonic()))[0]:
                self.kill("time")
            os.close(process)
            pid, status, usage = os.wait4(self.pid, 0)
        for fd in (self.out, self.into):
            if fd >= 0:
                os.close(fd)
        self.end["exit"] = os.waitstatus_to_exitcode(status)
        self.end["cpu"] = usage.ru_utime + usage.ru_stime


def limit(order):
    cpu = order["cpu"]
    for what, soft, hard in (
        (resource.RLIMIT_CPU, cpu, cpu + 1),
        (resource.RLIMIT_AS, order["memory"], order["memory"]),
        (resource.RLIMIT_NOFILE, 64, 64),
    ):
        resource.setrlimit(what, (soft, hard))


def follow(wire, run):
    """Carries bytes between the verifier and a run until it ends."""
    open_output = True
    while open_output:
        reading = [CONTROL_IN] + ([run.out] if len(wire.outgoing) < BACKLOG else [])
        writing = ([CONTROL_OUT] if wire.outgoing else []) + ([run.into] if run.pending else [])
        left = run.deadline - time.monotonic()
        if left < 0:
            run.kill("time")
            break
        readable, writable, _ = select.select(reading, writing, [], left)
        if CONTROL_OUT in writable:
            wire.flush()
        if run.into in writable:
            run.write()
        if CONTROL_IN in readable:
            serve_input(wire.receive(), run)
        if run.out in readable:
            open_output = run.read()
    run.reap()


def serve_input(frame, run):
    kind, payload = frame
    if kind == b"I":
        run.feed(payload)
    elif kind == b"C":
        run.close()
    elif kind == b"K":
        run.kill("asked")


def traces(scratch):
    """Whether runs have left anything in the only folder that they can write to."""
    return bool(scratch and os.listdir(scratch))


def drain(fd):
    """Drops what runs that have ended left in the channel."""
    os.set_blocking(fd, False)
    try:
        while os.read(fd, CHUNK):
            pass
    except BlockingIOError:
        pass
    os.set_blocking(fd, True)


def warm_up():
    """Does once what every run does, so that forks share what Python sets up for it."""
    source = "def f(xs: list, n=1) -> int:\n    assert [x for x in xs if x > n] or f'{n}'\n    return len(xs)\n"
    names = {}
    exec(compile(source, "<warm>", "exec", dont_inherit=True), names)
    json.loads(json.dumps({"v": [names["f"]([1, 2.5]), "text", None]}))
    gc.collect()
    gc.freeze()


def serve(filter_hex, scratch, main):
    code = bytes.fromhex(filter_hex)
    syscalls = Filter(len(code) // 8, code)
    wire = Wire()
    warm_up()
    wire.send(b"Z", b"")
    while True:
        kind, payload = wire.receive()
        # Input that still comes for a run that has ended is for nobody.
        if kind == b"R":
            run = Run(wire, json.loads(payload), syscalls, main)
            follow(wire, run)
            run.end["clean"] = not traces(scratch)
            wire.send(b"X", json.dumps(run.end).encode())
            wire.drain()
        elif kind == b"Z":
            drain(CHANNEL_IN)
            wire.send(b"Z", b"")
