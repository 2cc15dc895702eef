#!/usr/bin/env python3
"""What changes cost, and what they do to searches.

    python3 tests/bench/churn.py DOCUMENTS.jsonl --queries queries.tsv [--share 0.05] [--steps 5] [--rounds 5] [-- OPTIONS OF ingest]

DOCUMENTS.jsonl: {"id","text"} a line. They are ingested, then in STEPS steps a share of them is replaced (each text gets the
end of another one) and as many others are deleted; last comes `optimize`. After each step: seconds, peak memory, size of the file and of the
index, p50 and p99 of the queries by class (`sakuin_bench --kb`, warm, in process). The same is done once more without changes, as new files, to
have what the changed knowledge base is held against. Standard library only.
"""
import argparse
import collections
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def measure(command):
    out = subprocess.run([sys.executable, os.path.join(HERE, "peers", "measure.py"), *command], stdout=subprocess.PIPE, check=True)
    figures = json.loads(out.stdout)
    if figures["status"] != 0:
        sys.exit("churn.py: %s: exit %d\n%s" % (" ".join(command[:6]), figures["status"], figures["said"]))
    return figures


def write(path, documents):
    with open(path, "w", encoding="utf-8") as file:
        for document in documents:
            file.write(json.dumps(document, ensure_ascii=False) + "\n")


def changed(document, other):
    text, end = document["text"], other["text"]
    return {**document, "text": text[:len(text) // 2 + 1] + end[len(end) // 2:]}


def state(kb):
    """megabytes of the file without free pages, of the index, number of segments, of sections marked as gone"""
    db = sqlite3.connect(kb)
    pages, free, size = (db.execute("PRAGMA " + name).fetchone()[0] for name in ("page_count", "freelist_count", "page_size"))
    index, segments, gone = db.execute("SELECT coalesce(sum(bytes), 0), count(*), coalesce(sum(gone), 0) FROM posting_segment").fetchone()
    db.close()
    return (pages - free) * size / 1e6, index / 1e6, segments, gone


def latency(asked, kb):
    """p50 and p99 by class, in milliseconds"""
    command = [os.path.join(asked.build, "tests", "sakuin_bench"), "--kb", kb, "--queries", asked.queries, "--rounds", str(asked.rounds), "--tsv-out"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    times = collections.defaultdict(list)
    for line in done.stdout.decode("utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) == 4:
            times[fields[1]].append(float(fields[2]))
            times["all"].append(float(fields[2]))
    return {name: (statistics.median(values), sorted(values)[min(len(values) - 1, int(.99 * len(values)))]) for name, values in sorted(times.items())}


def report(name, figures, kb, speeds):
    size, index, segments, gone = state(kb)
    print("| %-22s | %6.2f | %5.0f | %6.1f | %5.1f | %3d | %6d | %s |" % (
        name, figures["wall"], figures["peak_mb"], size, index, segments, gone, " | ".join("%.3f / %.3f" % value for value in speeds.values())), flush=True)


def run(asked, folder):
    with open(asked.documents, encoding="utf-8") as file:
        documents = [json.loads(line) for line in file if line.strip()]
    rng = random.Random(1)
    kb = os.path.join(folder, "kb.db")
    sakuin = [asked.sakuin, "--db", kb, "-q"]
    batch = os.path.join(folder, "batch.jsonl")
    ingest = sakuin + ["ingest", "--format", "jsonl", *asked.options, batch]
    write(batch, documents)
    figures = measure(ingest)
    before = latency(asked, kb)
    print("| step | wall s | peak MiB | MB | index MB | segments | gone | %s |" % " | ".join(before))
    report("%d documents" % len(documents), figures, kb, before)
    count = max(1, int(len(documents) * asked.share / asked.steps))
    alive = {document["id"]: document for document in documents}
    for step in range(1, asked.steps + 1):
        chosen = rng.sample(sorted(alive), 2 * count)
        new = [changed(alive[name], rng.choice(documents)) for name in chosen[:count]]
        alive.update((document["id"], document) for document in new)
        write(batch, new)
        figures = measure(ingest)
        report("%d replaced, step %d" % (count, step), figures, kb, latency(asked, kb))
        for name in chosen[count:]:
            del alive[name]
        figures = {"wall": 0.0, "peak_mb": 0.0}
        for i in range(0, count, 500):
            one = measure(sakuin + ["delete", *chosen[count:][i:i + 500]])
            figures = {"wall": figures["wall"] + one["wall"], "peak_mb": max(figures["peak_mb"], one["peak_mb"])}
        after = latency(asked, kb)
        report("%d deleted, step %d" % (count, step), figures, kb, after)
    figures = measure(sakuin + ["optimize"])
    optimized = latency(asked, kb)
    report("optimize", figures, kb, optimized)
    figures = measure(sakuin + ["verify"])
    report("verify", figures, kb, optimized)
    new_kb = os.path.join(folder, "new.db")
    write(batch, [alive[document["id"]] for document in documents if document["id"] in alive])
    figures = measure([asked.sakuin, "--db", new_kb, "-q", "ingest", "--format", "jsonl", *asked.options, batch])
    fresh = latency(asked, new_kb)
    report("the same, new file", figures, new_kb, fresh)
    for name in fresh:
        print("%-8s p50 %.2f x, p99 %.2f x of the new file after the changes; %.2f x, %.2f x after optimize" % (
            name, after[name][0] / fresh[name][0], after[name][1] / fresh[name][1], optimized[name][0] / fresh[name][0], optimized[name][1] / fresh[name][1]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents")
    parser.add_argument("--queries", required=True)
    parser.add_argument("--share", type=float, default=0.05, help="of the documents that is replaced, and as many deleted")
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sakuin", default=os.path.join(ROOT, "build", "sakuin"))
    parser.add_argument("--build", default=os.path.join(ROOT, "build", "release"))
    cut = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    asked = parser.parse_args(sys.argv[1:cut])
    asked.options = sys.argv[cut + 1:]
    with tempfile.TemporaryDirectory() as folder:
        run(asked, folder)


if __name__ == "__main__":
    main()
