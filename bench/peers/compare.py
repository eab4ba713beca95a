"""Lets the sides take turns, and prints what came of it as a table in Markdown.

Usage: compare.py NAME=COMMAND...   the first is Rowan, and every other is set against it

Every command is started, one after another, and warms up; then round 1 goes to each in turn, then round 2, and so on, so
that whatever else happens on the machine happens to all of them. A ratio is of two figures of the same round.
"""
import json
import shlex
import statistics
import subprocess
import sys

ROUNDS = range(1, 4)


class Side:
    def __init__(self, argument):
        self.name, _, command = argument.partition("=")
        self.process = subprocess.Popen(
            shlex.split(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.speeds = []
        self.read()

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"compare: {self.name} ended early with status {self.process.wait()}; see its message above")
        return line

    def round(self, number):
        print(number, file=self.process.stdin, flush=True)
        done = json.loads(self.read())
        self.speeds.append(done["tokens"] / done["cpu"])
        print(f"  round {number} {self.name}: {json.dumps(done)}", file=sys.stderr, flush=True)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def spread(values, form):
    return " / ".join(format(v, form) for v in (min(values), statistics.median(values), max(values)))


def main():
    sides = [Side(argument) for argument in sys.argv[1:]]
    for number in ROUNDS:
        for side in sides:
            side.round(number)
    for side in sides:
        side.close()
    rowan = sides[0]
    print("| | tokens per CPU-second (min / median / max) | Rowan is faster by (min / median / max) |")
    print("|---|---|---|")
    for side in sides:
        ratios = [a / b for a, b in zip(rowan.speeds, side.speeds)]
        faster = "" if side is rowan else spread(ratios, ".2f")
        print(f"| {side.name} | {spread(side.speeds, ',.0f')} | {faster} |")


if __name__ == "__main__":
    main()
