"""How long Math-Verify takes to compare an answer with a reference, one at a time, in CPU time of the process.

Usage: verification.py FILE...   files of cases, each line with "gold" and "pred"
"""
import json
import sys
import time
import warnings

from math_verify import parse, verify

warnings.filterwarnings("ignore")


def cases():
    for file in sys.argv[1:]:
        for line in open(file, encoding="utf-8"):
            case = json.loads(line)
            letters = "Letters" in str(case.get("extraction_config", {}).get("match_types", ""))
            if isinstance(case.get("gold"), str) and not letters:
                yield case["gold"], case["pred"]


def millis(gold, pred):
    start = time.process_time()
    verify(parse(gold), parse(pred))
    return (time.process_time() - start) * 1000


all_cases = list(cases())
for gold, pred in all_cases:
    millis(gold, pred)  # warm-up
times = sorted(millis(gold, pred) for gold, pred in all_cases)
print(
    json.dumps(
        {
            "cases": len(times),
            "median_ms": round(times[len(times) // 2], 4),
            "p95_ms": round(times[len(times) * 95 // 100], 4),
            "max_ms": round(times[-1], 4),
        }
    )
)
