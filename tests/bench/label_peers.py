#!/usr/bin/env python3
"""Finding labels in text: Sakuin beside other implementations, on the same labels and text in one run.

    label_peers.py --labels-bench build/release/tests/sakuin_labels ARTICLES

Peers that are not installed are left out and named. pyahocorasick: Debian's python3-ahocorasick (or
pip); Hyperscan: Debian's libhyperscan-dev, through ctypes. Every peer is given folded labels and folded
text and does less than Sakuin: no word boundaries, no rules of scripts, no spans of the original.
pyahocorasick's iter_long() is leftmost-longest as Sakuin is; Hyperscan reports ends of all matches.
Sakuin's program takes CPU time of its thread, as this one does. Figures: docs/benchmarks.md.
"""

import argparse
import ctypes
import ctypes.util
import os
import resource
import subprocess
import tempfile
import time


def cpu(work, runs=3):
    best = None
    for _ in range(runs):
        start = time.process_time()
        result = work()
        took = time.process_time() - start
        best = took if best is None else min(best, took)
    return best, result


def peak_megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report(name, build, megabytes, seconds, found):
    print("%-28s %9.0f %9.1f %12d" % (name, build * 1e3, megabytes / seconds, found), flush=True)
    return megabytes / seconds


def run_ahocorasick(labels, text, megabytes):
    try:
        import ahocorasick
    except ImportError:
        print("pyahocorasick is not installed: left out")
        return None

    def build():
        automaton = ahocorasick.Automaton()
        for number, label in enumerate(labels):
            automaton.add_word(label, number)
        automaton.make_automaton()
        return automaton

    took, automaton = cpu(build, 1)
    seconds, found = cpu(lambda: sum(1 for _ in automaton.iter_long(text)))
    return report("pyahocorasick iter_long", took, megabytes, seconds, found)


def run_hyperscan(labels, text, megabytes):
    name = ctypes.util.find_library("hs")
    if name is None:
        print("Hyperscan is not installed: left out")
        return None
    hs = ctypes.CDLL(name)
    raw = [label.encode() for label in labels]
    patterns = (ctypes.c_char_p * len(raw))(*raw)
    sizes = (ctypes.c_size_t * len(raw))(*[len(one) for one in raw])
    flags = (ctypes.c_uint * len(raw))()
    numbers = (ctypes.c_uint * len(raw))(*range(len(raw)))
    database = ctypes.c_void_p()
    error = ctypes.c_void_p()

    def build():
        mode_block = 1
        return hs.hs_compile_lit_multi(patterns, flags, numbers, sizes, len(raw), mode_block, None,
                                       ctypes.byref(database), ctypes.byref(error))

    took, status = cpu(build, 1)
    if status != 0:
        print("Hyperscan does not take these labels (%d): left out" % status)
        return None
    scratch = ctypes.c_void_p()
    hs.hs_alloc_scratch(database, ctypes.byref(scratch))
    data = text.encode()

    def scan():  # without a callback: Python's would be most of the time
        return hs.hs_scan(database, data, len(data), 0, scratch, None, None)

    seconds, status = cpu(scan)
    return report("Hyperscan, not counting", took, megabytes, seconds, status)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--labels-bench", required=True, help="the program sakuin_labels")
    parser.add_argument("--labels", default="50000")
    parser.add_argument("--megabytes", default="32")
    parser.add_argument("articles")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([options.labels_bench, "--labels", options.labels, "--megabytes", options.megabytes,
                               "--dump", folder, options.articles], capture_output=True, text=True, check=True)
        print(done.stdout, end="")
        with open(os.path.join(folder, "labels.txt"), encoding="utf-8") as lines:
            labels = [line.rstrip("\n") for line in lines if line.strip()]
        with open(os.path.join(folder, "text.txt"), encoding="utf-8", newline="") as whole:
            text = whole.read()
    ours = float(done.stdout.split(" MB/s")[0].split()[-1])
    megabytes = len(text.encode()) / 1e6
    print("%-28s %9s %9s %12s" % ("%d labels, %.1f MB" % (len(labels), megabytes), "build ms", "MB/s", "found"))
    for run in (run_ahocorasick, run_hyperscan):
        theirs = run(labels, text, megabytes)
        if theirs:
            print("%-28s %29.2f" % ("Sakuin / it", ours / theirs))
    print("peak of this program: %.0f MB" % peak_megabytes())


if __name__ == "__main__":
    main()
