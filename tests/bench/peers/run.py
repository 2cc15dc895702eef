#!/usr/bin/env python3
"""Sakuin beside Tantivy and Lucene: the same texts and queries, in turns, in one run. docs/benchmarks.md says how to read it.

    python3 tests/bench/peers/run.py --corpus documents.tsv.gz --queries queries.tsv
    python3 tests/bench/peers/run.py ... --documents 10000,30000,100000,300000 --rounds 3      the curve
    python3 tests/bench/peers/run.py ... --sakuin-run 'sakuin, tags=--jobs 2' --sakuin-run 'sakuin=--jobs 2 --no-tags'
    python3 tests/bench/peers/run.py --self-test

Every round runs each engine once, and the next round begins with another one. Cargo, Maven and a JDK of 21 or newer are needed for the
peers, `--engines sakuin` needs none of them. Standard library only.
"""
import argparse
import glob
import json
import os
import re
import shutil
import statistics
import sys
import time

import corpus
import engines

MODES = {"rank": "the engine alone", "ids": "text to ten ids", "snippets": "the same with snippets"}
ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def by_class(output):
    """{class: {"p50", "p99", "documents"}} of a driver's rows, "all" for all of them."""
    times, documents = {}, {}
    for line in output.splitlines():
        _, kind, milliseconds, count = line.split("\t")
        for key in (kind, "all"):
            times.setdefault(key, []).append(float(milliseconds))
            documents[key] = documents.get(key, 0) + int(count)
    return {key: {"p50": percentile(times[key], 0.5), "p99": percentile(times[key], 0.99), "documents": documents[key]} for key in times}


def spread(values, form="%.2f"):
    """Median and range."""
    return (form + " (" + form + "\u2013" + form + ")") % (statistics.median(values), min(values), max(values))


def table(head, rows):
    print("\n| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    sys.stdout.flush()


def turns(all_engines, rounds):
    for number in range(rounds):
        first = number % len(all_engines)
        yield from all_engines[first:] + all_engines[:first]


def load():
    return "%.1f" % os.getloadavg()[0]


def ingest_rounds(all_engines, jsonl, work, rounds):
    """{engine: [figures of a round]}; the last index of each is kept."""
    out = {engine.name: [] for engine in all_engines}
    for engine in turns(all_engines, rounds):
        index = index_of(work, engine)
        shutil.rmtree(index, ignore_errors=True)
        os.sync()  # nobody writes for the one before
        before = load()
        figures = engine.ingest(jsonl, index)
        figures.update(engine.sizes(index), load=before)
        out[engine.name].append(figures)
        print("# %-24s wall %6.2f cpu %6.2f load %s" % (engine.name, figures["wall"], figures["cpu"], before), file=sys.stderr)
    return out


def index_of(work, engine):
    return os.path.join(work, "index-" + re.sub(r"\W+", "-", engine.name))


def print_ingest(figures, text_bytes):
    rows = []
    for name, rounds in figures.items():
        column = lambda key: [r[key] for r in rounds]  # noqa: E731
        wall, last = column("wall"), rounds[-1]
        whole = sum(last.get(part, 0) for part in ("index", "text", "other"))
        rows.append([name, spread(wall), spread(column("cpu")), "%.2f" % (text_bytes / 1e6 / statistics.median(wall)),
                     "%.1f (%.2f \u00d7)" % (last["index"] / 1e6, last["index"] / text_bytes),
                     "%.1f (%.2f \u00d7)" % (whole / 1e6, whole / text_bytes), "%.0f" % statistics.median(column("peak_mb"))])
    table(["ingest", "wall s", "CPU s", "MB/s", "index MB (\u00d7 text)", "all MB (\u00d7 text)", "peak MiB"], rows)


def query_rounds(all_engines, work, queries, rounds, repeat, mode):
    out = {engine.name: [] for engine in all_engines}
    for engine in turns(all_engines, rounds):
        out[engine.name].append(by_class(engine.time(index_of(work, engine), queries, repeat, mode)))
        print("# %-24s queries, load %s" % (engine.name, load()), file=sys.stderr)
    return out


def print_queries(figures, title):
    kinds = list(next(iter(figures.values()))[0])
    kinds = sorted(k for k in kinds if k != "all") + ["all"]
    rows = []
    for name, rounds in figures.items():
        row = [name]
        for kind in kinds:
            p50, p99 = ([r[kind][key] for r in rounds] for key in ("p50", "p99"))
            row.append("%.3f / %.3f (%.3f\u2013%.3f)" % (statistics.median(p50), statistics.median(p99), min(p50), max(p50)))
        rows.append(row)
    table([title + ": ms, p50 / p99 (range of p50)"] + kinds, rows)


def print_counts(figures):
    kinds = sorted(k for k in next(iter(figures.values()))[0] if k != "all")
    table(["documents found"] + kinds, [[name] + ["%d" % rounds[-1][kind]["documents"] for kind in kinds] for name, rounds in figures.items()])


def print_recall(all_engines, work, jsonl, queries_file):
    """What each peer finds beside what the scan finds; an engine that lists nothing is left out."""
    queries = corpus.read_queries(queries_file)
    truth = corpus.scan(corpus.read_jsonl(jsonl), queries)
    kinds = sorted({kind for _, kind, _ in queries})
    rows = [["the scan"] + ["%d" % sum(len(truth[n]) for n, k, _ in queries if k == kind) for kind in kinds]]
    for engine in all_engines:
        lines = engine.list(index_of(work, engine), queries_file).splitlines()
        if not lines:
            continue
        found = {number: set(ids.split()) for number, ids in (line.split("\t") for line in lines)}
        rows.append([engine.name])
        for kind in kinds:
            of_kind = [n for n, k, _ in queries if k == kind]
            right = sum(len(found[n] & truth[n]) for n in of_kind)
            rows[-1].append("%.4f / %.4f" % (right / max(1, sum(len(truth[n]) for n in of_kind)),
                                            right / max(1, sum(len(found[n]) for n in of_kind))))
    table(["recall / precision"] + kinds, rows)


def newest_jdk():
    """$JAVA_HOME, else the installed JDK with the greatest version."""
    if os.environ.get("JAVA_HOME"):
        return os.environ["JAVA_HOME"]
    def version(path):
        with open(path, encoding="utf-8") as file:
            found = re.search(r'JAVA_VERSION="(\d+)', file.read())
        return int(found.group(1)) if found else 0
    homes = sorted((version(path), os.path.dirname(path)) for path in glob.glob("/usr/lib/jvm/*/release"))
    if not homes or homes[-1][0] < 21:
        raise engines.Failed("Lucene 10 needs a JDK of 21 or newer; set JAVA_HOME")
    return homes[-1][1]


def chosen(args):
    out, build = [], os.path.join(args.work, "build")
    for name in args.engines.split(","):
        if name == "tantivy":
            for run in args.tantivy_run or ["Tantivy=2 200 both"]:
                title, options = run.split("=", 1)
                out.append(engines.Tantivy(title, build, options.split()))
        elif name == "lucene":
            out.append(engines.Lucene("Lucene CJK", build, ["2", "200"], newest_jdk()))
        elif name == "sakuin":
            for run in args.sakuin_run or ["sakuin=--jobs 2 --no-keep-source"]:
                title, options = run.split("=", 1)
                out.append(engines.Sakuin(title, args.sakuin, args.sakuin_bench, options.split()))
                out[-1].bench_options = args.sakuin_bench_options.split()
        else:
            raise engines.Failed("--engines: tantivy, lucene, sakuin; not '%s'" % name)
    return out


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", help="id<TAB>language<TAB>text, .gz too")
    parser.add_argument("--queries", help="number<TAB>class<TAB>text")
    parser.add_argument("--documents", default="0", help="how many, or several numbers with commas; 0: as many as there are. More are made")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--repeat", type=int, default=7, help="passes over all queries in one round; the median counts")
    parser.add_argument("--engines", default="tantivy,lucene,sakuin")
    parser.add_argument("--sakuin", default=os.path.join(ROOT, "build", "sakuin"))
    parser.add_argument("--sakuin-bench", default=os.path.join(ROOT, "build", "release", "tests", "sakuin_bench"))
    parser.add_argument("--sakuin-run", action="append", help="NAME=OPTIONS of `sakuin ingest`; may be given several times")
    parser.add_argument("--sakuin-bench-options", default="", help="more options of sakuin_bench, as --exact")
    parser.add_argument("--tantivy-run", action="append", help="NAME=THREADS HEAP_MB both|words|bigrams [search]")
    parser.add_argument("--work", default=os.path.join(ROOT, "build", "peers"), help="where everything is built and kept")
    parser.add_argument("--no-build", action="store_true")
    parser.add_argument("--no-ingest", action="store_true", help="the indexes of the last run")
    parser.add_argument("--no-recall", action="store_true")
    parser.add_argument("--modes", default="rank,ids,snippets", help="what of a query is timed, see docs/benchmarks.md")
    parser.add_argument("--json", help="a file for all figures of all rounds")
    parser.add_argument("--self-test", action="store_true")
    return parser.parse_args()


def run_size(args, all_engines, rows, count):
    jsonl = os.path.join(args.work, "documents-%d.jsonl" % count)
    text_bytes = corpus.write_jsonl(corpus.enlarged(rows, count), jsonl)
    print("\n%d documents, %.1f MB of text, %d rounds, load %s, %s" % (count, text_bytes / 1e6, args.rounds, load(),
                                                                     time.strftime("%Y-%m-%d")))
    out = {"documents": count, "text_bytes": text_bytes}
    if not args.no_ingest:
        out["ingest"] = ingest_rounds(all_engines, jsonl, args.work, args.rounds)
        print_ingest(out["ingest"], text_bytes)
    if args.queries:
        for mode in args.modes.split(","):
            out[mode] = query_rounds(all_engines, args.work, args.queries, args.rounds, args.repeat, mode)
            print_queries(out[mode], MODES[mode])
        print_counts(out[mode])
        if not args.no_recall:
            print_recall(all_engines, args.work, jsonl, args.queries)
    return out


def main():
    args = arguments()
    if args.self_test:
        import self_test
        return self_test.main()
    if not args.corpus or not set(args.modes.split(",")) <= set(MODES):
        print("run.py: --corpus FILE is needed, and of --modes only %s" % ", ".join(MODES), file=sys.stderr)
        return 2
    args.work = os.path.abspath(args.work)
    os.makedirs(args.work, exist_ok=True)
    try:
        all_engines = chosen(args)
        built = set()
        for engine in all_engines:
            if not args.no_build and type(engine) not in built:
                engine.build()
                built.add(type(engine))
        rows = list(corpus.read_rows(args.corpus))
        figures = [run_size(args, all_engines, rows, int(n) or len(rows)) for n in args.documents.split(",")]
    except engines.Failed as failure:
        print("run.py: %s" % failure, file=sys.stderr)
        return 2
    if args.json:
        with open(args.json, "w", encoding="utf-8") as file:
            json.dump(figures, file, indent=1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
