"""What the peers share: one thread, the workload, and rounds on demand (the protocol of dev.rowan.bench.Rounds)."""
import json
import os
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("MKL_NUM_THREADS", "1")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
import torch  # noqa: E402  after the number of threads is set

torch.set_num_threads(1)
torch.set_num_interop_threads(1)


def arguments():
    """The model folder, the workload, and the variant that was asked for, if any."""
    with open(sys.argv[2], encoding="utf-8") as file:
        workload = json.load(file)
    return sys.argv[1], workload, sys.argv[3] if len(sys.argv) > 3 else ""


def run(work, warm_up_seconds):
    """Repeats round 0 to warm up, then does the round of each number on the standard input."""
    end = time.process_time() + warm_up_seconds
    work(0)
    while time.process_time() < end:
        work(0)
    print("ready", flush=True)
    for line in sys.stdin:
        cpu, wall = time.process_time(), time.perf_counter()
        tokens = work(int(line))
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        print(json.dumps({"tokens": tokens, "cpu": round(cpu, 3), "wall": round(wall, 3)}), flush=True)
