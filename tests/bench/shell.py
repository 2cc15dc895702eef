#!/usr/bin/env python3
"""How long `sakuin search` takes from the shell: start, rules, opening, search, printing.

    python3 tests/bench/shell.py KB --queries queries.tsv [--runs 20] [--sakuin build/sakuin] [-- OPTIONS OF search]

Queries are spread evenly over the file (number<TAB>class<TAB>text), one a run, and searched as they would be typed; all of them go once before
it counts. `--version`, which reads nothing, is timed beside it: what the process alone costs. Standard library only.
"""
import argparse
import os
import statistics
import subprocess
import sys
import time

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))


def texts(path, count):
    with open(path, encoding="utf-8") as file:
        found = [fields[2] for fields in (line.rstrip("\n").split("\t", 2) for line in file) if len(fields) == 3]
    if not found:
        sys.exit("shell.py: no queries in " + path)
    return [found[i * len(found) // count % len(found)] for i in range(count)]


def milliseconds(command):
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    took = (time.perf_counter() - start) * 1e3
    if done.returncode > 1:  # 1 is "no hit"
        sys.exit("shell.py: %s: exit %d\n%s" % (" ".join(command), done.returncode, done.stderr.decode("utf-8", "replace")))
    return took


def report(name, times):
    ordered = sorted(times)
    print("%-12s median %6.1f ms  p90 %6.1f  range %.1f-%.1f  (%d runs)" %
          (name, statistics.median(ordered), ordered[int(0.9 * (len(ordered) - 1))], ordered[0], ordered[-1], len(ordered)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kb")
    parser.add_argument("--queries", required=True)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--sakuin", default=os.path.join(ROOT, "build", "sakuin"))
    parser.add_argument("options", nargs="*", help="after --: options of search, as --json")
    args = parser.parse_args()
    commands = [[args.sakuin, "--db", args.kb, "search", *args.options, "--", text] for text in texts(args.queries, max(20, args.runs))]
    for command in commands:
        milliseconds(command)
    report("search", [milliseconds(command) for command in commands])
    report("--version", [milliseconds([args.sakuin, "--version"]) for _ in commands])
    return 0


if __name__ == "__main__":
    sys.exit(main())
