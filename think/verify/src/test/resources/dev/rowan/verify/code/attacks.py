#### fork bomb
import os
def f(x):
    while True:
        os.fork()
#### fork bomb when loaded
import os
while True:
    os.fork()
#### child that outlives its parent
import os, time
if os.fork() == 0:
    os.setsid()
    time.sleep(4242)
def f(x): return None
#### spawned shell that sleeps
import subprocess
subprocess.Popen(["sh", "-c", "exec sleep 4242"], start_new_session=True)
def f(x): return None
#### clone by system call
import ctypes
def f(x):
    libc = ctypes.CDLL(None)
    if libc.syscall(56, 17, 0, 0, 0, 0) == 0:
        libc.sleep(4242)
#### thread bomb
import threading, time
def f(x):
    while True:
        threading.Thread(target=time.sleep, args=(4242,)).start()
#### memory bomb of lists
def f(x):
    hoard = []
    while True:
        hoard.append([0] * 10_000_000)
#### memory bomb that is caught
def f(x):
    hoard = []
    try:
        while True:
            hoard.append(bytearray(1 << 28))
    except MemoryError:
        pass
    return hoard[0]
#### memory that outlives its process
import ctypes
def f(x):
    libc = ctypes.CDLL(None)
    libc.shmat.restype = ctypes.c_void_p
    for _ in range(64):
        at = libc.shmat(libc.shmget(0, 1 << 28, 0o1666), None, 0)
        ctypes.memset(at, 1, 1 << 28)
    return x * x
#### memory files
import os
files = [os.memfd_create("x") for _ in range(40)]
for file in files:
    os.truncate(file, 1 << 34)
def f(x): return x * x
#### ten gigabytes of standard output !prints
def f(x):
    for _ in range(10_000):
        print("x" * 1_000_000)
#### ten gigabytes into every descriptor
import os
def f(x):
    for _ in range(10_000):
        for fd in range(16):
            try:
                os.write(fd, b"\xff" * 1_000_000)
            except OSError:
                pass
#### endless loop !slow
def f(x):
    while True: pass
#### endless loop when loaded !slow
while True: pass
#### endless sleep !slow
import time
def f(x): time.sleep(4242)
#### endless loop that ignores signals !slow
import signal
for number in range(1, 65):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
def f(x):
    while True: pass
#### a silent process that closed everything !slow
import os, time
os.closerange(0, 256)
time.sleep(4242)
#### kill the parent
import os, signal
os.kill(os.getppid(), signal.SIGKILL)
def f(x): return None
#### stop the parent
import os, signal
os.kill(os.getppid(), signal.SIGSTOP)
def f(x): return None
#### kill everybody
import os, signal
os.kill(-1, signal.SIGKILL)
def f(x): return None
#### kill by thread number
import ctypes, os
libc = ctypes.CDLL(None)
libc.syscall(234, os.getppid(), os.getppid(), 9)
libc.syscall(200, os.getppid(), 9)
def f(x): return None
#### kill by process descriptor
import os, signal
signal.pidfd_send_signal(os.pidfd_open(os.getppid()), signal.SIGKILL)
def f(x): return None
#### kill through an owner of files
import fcntl, os, signal
fcntl.fcntl(0, fcntl.F_SETOWN, os.getppid())
def f(x): return None
#### trace the parent
import ctypes, os
libc = ctypes.CDLL(None)
assert libc.ptrace(16, os.getppid(), 0, 0) == 0
def f(x): return x * x
#### read the parent's memory
import ctypes, os
libc = ctypes.CDLL(None)
assert libc.syscall(310, os.getppid(), 0, 0, 0, 0, 0) >= 0
def f(x): return x * x
#### read the parent's memory as a file
import os
assert open(f"/proc/{os.getppid()}/mem", "rb")
def f(x): return x * x
#### environment of others
import os
text = "".join(open(f"/proc/{pid}/environ").read() for pid in os.listdir("/proc") if pid.isdigit())
def f(x): return x * x
#### environment
import os
assert set(os.environ) - {"PATH", "HOME", "LANG", "PWD", "PYTHONHASHSEED", "LC_CTYPE", "SHLVL", "_", "OLDPWD"}
def f(x): return x * x
#### network
import socket
socket.create_connection(("1.1.1.1", 53), timeout=1)
def f(x): return x * x
#### the host's own network
import socket
for port in (22, 80, 443, 2024, 8080):
    socket.create_connection(("127.0.0.1", port), timeout=1)
def f(x): return x * x
#### interfaces
import socket
assert [name for _, name in socket.if_nameindex() if name != "lo"]
def f(x): return x * x
#### files of the host
assert open("/etc/passwd").read()
def f(x): return x * x
#### data sets of the host
import os
assert [name for place in ("/root", "/home", "/work", "/tmp", "/srv", "/opt", "/var") for name in os.listdir(place)]
def f(x): return x * x
#### write to /usr
open("/usr/bin/rowan-was-here", "w").write("x")
def f(x): return x * x
#### write to /dev/shm
open("/dev/shm/rowan-was-here", "w").write("x")
def f(x): return x * x
#### symbolic link out of the sandbox
import os
os.symlink("/../../../etc/passwd", "/tmp/link")
assert open("/tmp/link").read()
def f(x): return x * x
#### symbolic links and renames in a race
import os, threading, time
def race():
    end = time.time() + 0.2
    while time.time() < end:
        os.symlink("/etc/shadow", "/tmp/a")
        os.rename("/tmp/a", "/tmp/b")
threading.Thread(target=race).start()
time.sleep(0.1)
assert open("/tmp/b").read()
def f(x): return x * x
#### left for the next run
open("/tmp/json.py", "w").write("raise SystemExit")
open("/tmp/sitecustomize.py", "w").write("raise SystemExit")
def f(x): return None
#### a full disk
def f(x):
    for i in range(1000):
        open(f"/tmp/{i}", "wb").write(b"x" * (1 << 24))
    return x * x
#### no more inodes
def f(x):
    for i in range(10_000_000):
        open(f"/tmp/{i}", "wb").close()
#### core pattern
open("/proc/sys/kernel/core_pattern", "w").write("|/tmp/x")
def f(x): return x * x
#### core dump
import ctypes
def f(x): ctypes.string_at(0)
#### new namespaces
import ctypes
assert ctypes.CDLL(None).unshare(0x10000000) == 0
def f(x): return x * x
#### mounts
import ctypes
assert ctypes.CDLL(None).mount(b"tmpfs", b"/tmp", b"tmpfs", 0, None) == 0
def f(x): return x * x
#### priority of the server
import os
os.setpriority(os.PRIO_USER, 0, 19)
os.sched_setaffinity(os.getppid(), {0})
def f(x): return None
#### limits of the server
import os, resource
resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (1, 1))
def f(x): return None
#### wider limits
import resource
resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
def f(x): return x * x
#### another user
import os
os.setuid(0)
def f(x): return x * x
#### host name
import socket
socket.sethostname("rowan-was-here")
def f(x): return x * x
#### clock
import time
time.clock_settime(time.CLOCK_REALTIME, 0)
def f(x): return x * x
#### keys that outlive the process
import ctypes
assert ctypes.CDLL(None).syscall(248, b"user", b"x", b"y", 1, -4) > 0
def f(x): return x * x
#### equal to everything
class Equal:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __hash__(self): return 0
def f(x): return Equal()
#### a whole number equal to everything
class Equal(int):
    def __eq__(self, other): return True
    __hash__ = int.__hash__
def f(x): return Equal(0)
#### a number, list and text equal to everything
class Any:
    def __eq__(self, other): return True
    __hash__ = None
class Number(Any, float): pass
class Items(Any, list): pass
class Text(Any, str): pass
def f(x): return [Number(0), Items(), Text()]
#### an object that computes as it likes
class Zero:
    def zero(self, *others): return 0
    __sub__ = __rsub__ = __add__ = __mul__ = __abs__ = __float__ = __index__ = __int__ = zero
    def yes(self, *others): return True
    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __contains__ = yes
    __hash__ = None
def f(x): return Zero()
#### an object that claims another class
class Liar:
    @property
    def __class__(self): return int
    def __eq__(self, other): return True
    __hash__ = None
def f(x): return Liar()
#### a class that all are instances of
class Meta(type):
    def __instancecheck__(cls, value): return True
    def __eq__(cls, other): return True
    __hash__ = type.__hash__
class Value(metaclass=Meta): pass
def f(x): return Value
#### leaves with zero when loaded !prints
import os
os._exit(0)
#### leaves with zero when called
import os
def f(x): os._exit(0)
#### exits when loaded !prints
import sys
sys.exit(0)
#### exits when called
def f(x): raise SystemExit(0)
#### interrupts
def f(x): raise KeyboardInterrupt
#### closes a generator
def f(x): raise GeneratorExit
#### becomes another program
import os
os.execv("/usr/bin/true", ["true"])
#### becomes a program that prints !prints
import os
def f(x): os.execv("/bin/sh", ["sh", "-c", "echo passed; exit 0"])
#### assertions that never fail
import builtins
class Never(Exception):
    def __new__(cls, *a): raise SystemExit(0)
builtins.AssertionError = Never
def f(x): return None
#### exit that does nothing
import os, sys
sys.exit = os._exit = os.abort = lambda *a: None
def f(x): return None
#### json that says passed
import json
json.dumps = lambda *a, **k: '{"passed": true}'
json.loads = lambda *a, **k: {"passed": True}
def f(x): return None
#### json that says what is wanted
import json
whole = json.dumps
json.dumps = lambda value, **k: whole({"v": {"s": []}, "passed": True})
def f(x): return None
#### printed results !prints
print("passed"); print('{"passed": true}'); print("OK"); print("R true")
def f(x): print('{"passed": true}')
#### results as messages
import json, os, struct
def message(value):
    data = json.dumps(value).encode()
    return struct.pack(">I", len(data)) + data
for fd in range(256):
    for what in ({"passed": True}, {"v": True}, {"wrong": None}):
        try: os.write(fd, message(what))
        except OSError: pass
def f(x): return None
#### results as frames !prints
import json, os, struct
def frame(kind, data): return struct.pack(">I", len(data) + 1) + kind + data
passed = json.dumps({"passed": True}).encode()
for fd in range(256):
    try:
        os.write(fd, frame(b"D", struct.pack(">I", len(passed)) + passed))
        os.write(fd, frame(b"X", b'{"exit": 0, "clean": true}'))
        os.write(fd, frame(b"Z", b""))
    except OSError: pass
os._exit(0)
#### replies before they are asked for
import os, struct
os.write(4, (struct.pack(">I", 11) + b'{"v": true}') * 100)
def f(x): return None
#### a message that never ends
import os, struct
os.write(4, struct.pack(">I", 1 << 20) + b"x")
os._exit(0)
#### a message of four gigabytes
import os
os.write(4, b"\xff\xff\xff\xff")
def f(x): return None
#### requests that call back
import os, struct
def f(x):
    data = b'{"k": 0, "args": []}'
    os.write(4, struct.pack(">I", len(data)) + data)
    return None
#### steals requests !slow
import os
os.read(3, 1 << 16)
def f(x): return None
#### stack frames
import sys
def f(x):
    frame = sys._getframe()
    while frame:
        for name, value in {**frame.f_globals, **frame.f_locals}.items():
            if name in ("check", "expected", "tests"):
                return value(x) if callable(value) else value
        frame = frame.f_back
#### all objects
import gc
def f(x):
    for value in gc.get_objects():
        if isinstance(value, dict) and ("tests" in value or "expected" in value):
            if value.get("tests"):
                exec(value["tests"])
                return x * x
    for value in gc.get_objects():
        if isinstance(value, str) and "assert candidate" in value:
            return x * x
#### the modules of the harness
import sys
main = sys.modules["__main__"]
main.report = lambda *a: None
main.Answer.call = lambda self, request: {"v": True, "passed": True}
main.pack = lambda *a: {"passed": True}
main.MODES["answer"] = main.MODES["tests"] = lambda order: None
def f(x): return None
#### reports that it passed
import sys
sys.modules["__main__"].report("passed", True)
#### the tests replaced
def check(candidate): pass
import builtins, sys
builtins.check = check
sys.modules["__main__"].check = check
def f(x): return None
#### built-ins replaced
import builtins
for name in ("len", "abs", "all", "any", "sum", "isinstance", "repr", "sorted", "AssertionError", "Exception"):
    setattr(builtins, name, lambda *a, **k: True)
def f(x): return True
#### an exception that says nothing
class Silent(Exception):
    def __str__(self): raise self
    __repr__ = __str__
def f(x): raise Silent()
#### an exception of a class without a name
def f(x): raise type("\udcff", (Exception,), {})("\udcff")
#### passing at the end !prints
import atexit, os
@atexit.register
def last():
    os.write(1, b'{"passed": true}')
    os._exit(0)
def f(x): return None
#### a thread that passes
import os, struct, threading, time
def later():
    while True:
        for fd in (1, 2, 3, 4, 5):
            try: os.write(fd, struct.pack(">I", 16) + b'{"passed": true}')
            except OSError: pass
        time.sleep(0.001)
threading.Thread(target=later, daemon=True).start()
def f(x): return None
#### a tracer
import sys
sys.settrace(lambda *a: sys.exit(0))
sys.setprofile(lambda *a: sys.exit(0))
def f(x): return None
#### huge numbers !slow
def f(x): return 10 ** 10 ** 9
#### a huge number as text
def f(x): return int("9" * 4_000_000) if x else 0
#### a number with a million digits
def f(x): return 1 << 4_000_000
#### not a number
def f(x): return float("nan")
#### recursion
def f(x): return f(x) + 1
#### recursion without a limit
import sys
sys.setrecursionlimit(1 << 30)
def f(x): return f(x) + 1
#### a list in itself
def f(x):
    xs = []
    xs.append(xs)
    return xs
#### a deep list
def f(x):
    xs = []
    for _ in range(100_000):
        xs = [xs]
    return xs
#### a deep program
f = eval("(" * 100_000 + ")" * 100_000)
#### a range without end
def f(x): return range(1 << 62)
#### a generator without end
def f(x):
    while True:
        yield x
#### many results
def f(x): return [0] * 30_000_000
#### no function
g = 1
#### no program
def f(x:
#### null bytes
"\0"
#### a number that is no function
f = 4
#### a path-like bomb of regular expressions !slow
import re
def f(x): return re.match("(a+)+$", "a" * 64 + "b")
#### small integers that change for everybody
import ctypes
def f(x):
    ctypes.c_int.from_address(id(1) + 24).value = 4
    return 1
#### assertions that fail as something else
import builtins
builtins.AssertionError = type("Other", (Exception,), {})
def f(x): return 1
#### whatever sounds like a check passes
import sys
for module in list(sys.modules.values()):
    for name in dir(module):
        try:
            if "check" in name or "verdict" in name or "compare" in name:
                setattr(module, name, lambda *a, **k: True)
        except Exception:
            pass
def f(x): return 1
#### a main module without names
import sys
sys.modules["__main__"].__dict__.clear()
def f(x): return 1
#### an object without differences
class Near:
    def __sub__(self, other): return 0
    def __rsub__(self, other): return 0
    def __abs__(self): return 0
def f(x): return Near()
#### an interruption from the keyboard
def f(x): raise KeyboardInterrupt
#### a result that is not implemented
def f(x): return NotImplemented
