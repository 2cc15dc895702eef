#!/usr/bin/env python3
"""How cost and latency grow with the corpus, and what keeping it up to date costs. docs/benchmarks.md says how to read it.

    python3 tests/bench/curve.py --corpus documents.tsv.gz --queries queries.tsv --documents 10000,30000,100000,300000
    python3 tests/bench/curve.py --self-test

Documents beyond the corpus are made of its sentences (tests/bench/peers/corpus.py, fixed seed). Each size is ingested anew, asked, then
changed: of every hundred documents five get another text and five are deleted; the same queries before and after, and after `optimize`.
Ends with 1 where a latency after the changes is more than --most times what it was. Standard library only.
"""
import argparse
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers"))
import corpus  # noqa: E402
import engines  # noqa: E402
import run  # noqa: E402

SEED = 20261129
SHARE = 0.05  # of the documents that are updated, and of those deleted


def churn(names):
    """(ids to update, ids to delete): disjoint, spread over all, the same for the same names."""
    count = max(1, int(SHARE * len(names)))
    drawn = random.Random(SEED).sample(names, 2 * count)
    return set(drawn[:count]), set(drawn[count:])


def changed(rows, updated, deleted):
    """What is left: of those to be updated each takes the text of the next one of its language, turned around at a sentence's end."""
    others, out = {}, []
    for name, language, text in rows:
        if name in deleted:
            continue
        if name in updated:
            pieces = corpus.sentences(others.get(language, text)) + corpus.sentences(text)[:1]
            text, others[language] = "".join(pieces[1:] + pieces[:1]) + " v2", text
        out.append((name, language, text))
    return out


class Base:
    """One knowledge base and the commands on it, each measured in a process of its own."""

    def __init__(self, args, path):
        self.args, self.path = args, path
        for end in ("", "-wal", "-shm"):
            if os.path.exists(path + end):
                os.remove(path + end)

    def command(self, *words):
        os.sync()
        return engines.measured([self.args.sakuin, "--db", self.path, "-q", *words])

    def ingest(self, jsonl, *more):
        return self.command("ingest", "--format", "jsonl", *self.args.options.split(), *more, jsonl)

    def delete(self, names):
        """In several commands where the command line would be too long; the costs are added up."""
        total = {"wall": 0, "cpu": 0, "peak_mb": 0}
        ordered = sorted(names)
        for at in range(0, len(ordered), 20000):
            one = self.command("delete", *ordered[at:at + 20000])
            total = {"wall": total["wall"] + one["wall"], "cpu": total["cpu"] + one["cpu"], "peak_mb": max(total["peak_mb"], one["peak_mb"])}
        return total

    def size(self):
        """{"index", "all"} in bytes, and how many segments."""
        connection = sqlite3.connect(self.path)
        try:
            tables = connection.execute("SELECT s.tbl_name, sum(d.pgsize) FROM dbstat d LEFT JOIN sqlite_master s ON s.name = d.name "
                                        "WHERE d.aggregate = TRUE GROUP BY s.tbl_name").fetchall()
            segments = connection.execute("SELECT count(*) FROM posting_segment").fetchone()[0]
        finally:
            connection.close()
        index = sum(size for table, size in tables if engines.part_of(table or "") == "index")
        return {"index": index, "all": os.path.getsize(self.path), "segments": segments}

    def ask(self):
        """{class: {"p50", "p99"}}: the median of the rounds."""
        args = self.args
        rounds = [run.by_class(engines.run([args.sakuin_bench, "--kb", self.path, "--queries", args.queries, "--rounds", str(args.repeat),
                                            "--tsv-out"])) for _ in range(args.rounds)]
        return {kind: {key: statistics.median(r[kind][key] for r in rounds) for key in ("p50", "p99")} for kind in rounds[0]}


def ratios(before, after):
    """{class: {"p50", "p99"}}, nothing left out as noise: let more rounds settle what is doubtful."""
    return {kind: {key: after[kind][key] / before[kind][key] for key in ("p50", "p99")} for kind in before}


def write(rows, folder, name):
    path = os.path.join(folder, name)
    return path, corpus.write_jsonl(rows, path)


def run_size(args, rows, count, folder):
    all_rows = list(corpus.enlarged(rows, count))
    jsonl, text_bytes = write(all_rows, folder, "all.jsonl")
    base = Base(args, os.path.join(folder, "kb.db"))
    out = {"documents": count, "text_bytes": text_bytes, "steps": []}

    def step(name, documents, figures):
        out["steps"].append(dict(figures, name=name, documents=documents, **base.size()))
        print("# %d: %s %.2f s, load %.1f" % (count, name, figures["wall"], os.getloadavg()[0]), file=sys.stderr)

    step("ingest", count, base.ingest(jsonl))
    out["before"] = base.ask()
    step("ingest again, nothing new", count, base.ingest(jsonl))
    updated, deleted = churn([name for name, _, _ in all_rows])
    left = changed(all_rows, updated, deleted)
    only, _ = write([row for row in left if row[0] in updated], folder, "updated.jsonl")
    step("update of 5 %", len(updated), base.ingest(only))
    half = set(sorted(deleted)[::2])
    step("delete of 2.5 %", len(half), base.delete(half))
    # The same file without the rest: what is gone from it is pruned, what stayed is read and left as it is.
    os.remove(jsonl)
    gone, _ = write(left, folder, "all.jsonl")
    step("prune of 2.5 %, all read", len(deleted) - len(half), base.ingest(gone, "--prune"))
    out["after"] = base.ask()
    step("update of one document", 1, base.ingest(write([(left[0][0], left[0][1], left[0][2] + " v3")], folder, "one.jsonl")[0]))
    step("delete of one document", 1, base.delete({left[1][0]}))
    step("optimize", 0, base.command("optimize"))
    out["optimized"] = base.ask()
    out["left"] = len(left) - 1
    return out


def print_size(out):
    rows = [[step["name"], "%d" % step["documents"], "%.2f" % step["wall"], "%.2f" % step["cpu"], "%.0f" % step["peak_mb"],
             "%.1f" % (step["index"] / 1e6), "%.1f" % (step["all"] / 1e6), "%d" % step["segments"]] for step in out["steps"]]
    run.table(["%d documents, %.1f MB" % (out["documents"], out["text_bytes"] / 1e6), "documents", "wall s", "CPU s", "peak MiB", "index MB",
               "file MB", "segments"], rows)
    kinds = sorted(k for k in out["before"] if k != "all") + ["all"]
    cell = lambda figures, kind: "%.3f / %.3f" % (figures[kind]["p50"], figures[kind]["p99"])  # noqa: E731
    rows = [[name] + [cell(out[key], kind) for kind in kinds]
            for name, key in (("before", "before"), ("after 10 % churn", "after"), ("after optimize", "optimized"))]
    times = ratios(out["before"], out["after"])
    rows.append(["after / before"] + ["%.2f / %.2f" % (times[kind]["p50"], times[kind]["p99"]) for kind in kinds])
    run.table(["text to ten ids: ms, p50 / p99"] + kinds, rows)


def print_curve(figures):
    rows = []
    for out in figures:
        first = out["steps"][0]
        rows.append(["%d" % out["documents"], "%.1f" % (out["text_bytes"] / 1e6), "%.2f" % first["wall"], "%.2f" % first["cpu"],
                     "%.1f" % (out["text_bytes"] / 1e6 / first["wall"]), "%.0f" % first["peak_mb"], "%.2f" % (first["index"] / out["text_bytes"]),
                     "%.3f / %.3f" % (out["before"]["all"]["p50"], out["before"]["all"]["p99"])])
    run.table(["documents", "text MB", "wall s", "CPU s", "MB/s", "peak MiB", "index / text", "queries, ms, p50 / p99"], rows)


def too_slow(figures, most):
    """What is slower after the changes than is allowed."""
    out = []
    for one in figures:
        for kind, both in ratios(one["before"], one["after"]).items():
            out += ["%d documents, %s, %s: %.2f x" % (one["documents"], kind, key, value) for key, value in both.items() if value > most]
    return out


class Self(unittest.TestCase):
    ROWS = [("%d" % i, "en", "One %d. Two %d! Three?" % (i, i)) for i in range(200)]

    def test_churn_is_disjoint_repeatable_and_of_the_share_asked(self):
        names = [row[0] for row in self.ROWS]
        updated, deleted = churn(names)
        self.assertEqual((updated, deleted), churn(names))
        self.assertEqual((len(updated), len(deleted), len(updated & deleted)), (10, 10, 0))

    def test_what_is_left(self):
        updated, deleted = churn([row[0] for row in self.ROWS])
        left = {name: text for name, _, text in changed(self.ROWS, updated, deleted)}
        self.assertEqual(len(left), 190)
        for name, _, text in self.ROWS:
            self.assertEqual(name in left, name not in deleted)
            if name in left:
                self.assertEqual(left[name] != text, name in updated)

    def test_ratios_and_what_is_too_slow(self):
        before = {"a": {"p50": 0.01, "p99": 1.0}}
        after = {"a": {"p50": 0.0125, "p99": 1.5}}
        self.assertEqual(ratios(before, after), {"a": {"p50": 1.25, "p99": 1.5}})
        one = [{"documents": 5, "before": before, "after": after}]
        self.assertEqual(too_slow(one, 1.3), ["5 documents, a, p99: 1.50 x"])
        self.assertEqual(too_slow(one, 1.5), [])


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", help="id<TAB>language<TAB>text, .gz too")
    parser.add_argument("--queries", help="number<TAB>class<TAB>text")
    parser.add_argument("--documents", default="10000,30000", help="numbers with commas")
    parser.add_argument("--rounds", type=int, default=3, help="processes that ask; the median counts")
    parser.add_argument("--repeat", type=int, default=5, help="passes over all queries in one of them")
    parser.add_argument("--options", default="--no-tags --no-keep-source", help="of `sakuin ingest`")
    parser.add_argument("--most", type=float, default=1.3, help="how much slower a class may be after the changes")
    parser.add_argument("--sakuin", default=os.path.join(ROOT, "build", "sakuin"))
    parser.add_argument("--sakuin-bench", default=os.path.join(ROOT, "build", "release", "tests", "sakuin_bench"))
    parser.add_argument("--work", help="where texts and knowledge bases are made; a temporary folder")
    parser.add_argument("--json", help="a file for all figures")
    parser.add_argument("--self-test", action="store_true")
    return parser.parse_args()


def main():
    args = arguments()
    if args.self_test:
        result = unittest.TextTestRunner().run(unittest.defaultTestLoader.loadTestsFromTestCase(Self))
        return 0 if result.wasSuccessful() else 1
    if not args.corpus or not args.queries:
        print("curve.py: --corpus and --queries are needed", file=sys.stderr)
        return 2
    rows, figures = list(corpus.read_rows(args.corpus)), []
    print("%s, load %.1f, `sakuin ingest %s`" % (time.strftime("%Y-%m-%d"), os.getloadavg()[0], args.options))
    try:
        for count in args.documents.split(","):
            with tempfile.TemporaryDirectory(dir=args.work) as folder:
                figures.append(run_size(args, rows, int(count), folder))
            print_size(figures[-1])
    except (engines.Failed, subprocess.SubprocessError) as failure:
        print("curve.py: %s" % failure, file=sys.stderr)
        return 2
    print_curve(figures)
    if args.json:
        with open(args.json, "w", encoding="utf-8") as file:
            json.dump(figures, file, indent=1)
    slow = too_slow(figures, args.most)
    for line in slow:
        print("slower than %.2f x: %s" % (args.most, line), file=sys.stderr)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
