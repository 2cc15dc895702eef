#!/usr/bin/env python3
"""Figures of the labelled sets beside the repository, against floors.tsv.

    labelled_sets.py --sakuin build/sakuin [--shared ../shared]

The sets (and the scorers, which are theirs) may not be shipped: without the folder nothing is measured, which is
said. Exit status 1 where a figure is below its floor.
"""
import argparse
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def read_floors(path):
    out = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip() or line.startswith("#"):
                continue
            fields = line.rstrip("\n").split("\t")
            if len(fields) != 3:
                sys.exit("%s:%d: wants three fields" % (path, number))
            out.append((fields[0], fields[1], float(fields[2])))
    return out


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def measure(sakuin, shared):
    tools = os.path.join(shared, "tools")
    out = run([sys.executable, os.path.join(tools, "score_data.py"), "--json", "--sakuin", sakuin, os.path.join(shared, "data"), "tagging"])
    for kind, most in (("retrieval", "300"), ("cross", "100")):
        out.update(run([sys.executable, os.path.join(tools, "score_data.py"), "--json", "--sakuin", sakuin, "--max-queries", most,
                        os.path.join(shared, "data"), kind]))
    for name, articles in (("gold", "seeds"), ("practice", os.path.join("practice", "articles"))):
        out[name] = {}
        for kind in ("sections", "queries", "advice", "contradictions"):
            figures = run([sys.executable, os.path.join(tools, "score_gold.py"), "--json", "--sakuin", sakuin, "--gold",
                           os.path.join(shared, name), "--articles", os.path.join(shared, articles), kind])
            out[name].update(figures[kind]["total"])
    return out


def below(floors, figures):
    """The lines to print, and those of them that are bad."""
    lines, bad = [], []
    for name, figure, floor in floors:
        value = figures.get(name, {}).get(figure)
        line = "%-32s %-14s %s  floor %.3f" % (name, figure, "missing" if value is None else "%.3f" % value, floor)
        lines.append(line)
        if value is None or value < floor:
            bad.append(line)
    return lines, bad


def self_test():
    floors = [("a", "f", 0.5), ("b", "f", 0.5)]
    assert below(floors, {"a": {"f": 0.5}, "b": {"f": 0.6}})[1] == []
    assert len(below(floors, {"a": {"f": 0.4}})[1]) == 2
    print("self-test passed")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sakuin", default=os.path.join(ROOT, "build", "sakuin"))
    parser.add_argument("--shared", default=os.path.join(os.path.dirname(ROOT), "shared"))
    parser.add_argument("--self-test", action="store_true")
    asked = parser.parse_args()
    if asked.self_test:
        return self_test()
    if not os.path.isdir(os.path.join(asked.shared, "tools")):
        print("the labelled sets are not beside the repository: nothing is measured")
        return
    lines, bad = below(read_floors(os.path.join(HERE, "floors.tsv")), measure(asked.sakuin, asked.shared))
    print("\n".join(lines))
    if bad:
        sys.exit("below the floor:\n" + "\n".join(bad))


if __name__ == "__main__":
    main()
