#!/usr/bin/env python3
"""Which conditions messages are tagged with, against conditions.tsv: precision, recall, micro F1.

    conditions.py --sakuin build/sakuin [--floor F] [--verbose] [FILE]

A concept is right as it stands in the row, and so is one that is broader than one of the row's; one marked
with "?" may be said or not. Exit status 1 below the floor, 2 where something is wrong.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def read_rows(path):
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip() or line.startswith("#"):
                continue
            fields = line.rstrip("\n").split("\t")
            if len(fields) != 3:
                raise SystemExit("%s:%d: wants three fields" % (path, number))
            names = [] if fields[2] == "-" else fields[2].split()
            yield {"language": fields[0], "text": fields[1], "line": number,
                   "must": {n for n in names if not n.endswith("?")},
                   "may": {n.rstrip("?") for n in names if n.endswith("?")}}


def broader_of(program):
    """{concept id: ids of all concepts above it}"""
    listed = json.loads(subprocess.run([program, "thesaurus", "list", "--json"], check=True, stdout=subprocess.PIPE).stdout)
    direct = {c["id"]: c.get("broader", []) for c in listed}
    out = {}
    for one in direct:
        above, open_ = set(), list(direct[one])
        while open_:
            at = open_.pop()
            if at not in above:
                above.add(at)
                open_ += direct.get(at, [])
        out[one] = above
    return out


def tag(program, rows):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "messages.jsonl")
        with open(path, "w", encoding="utf-8") as file:
            for row in rows:
                record = {"id": str(row["line"]), "language": row["language"], "text": row["text"]}
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
        done = subprocess.run([program, "extract", "--format", "jsonl", path], check=True, stdout=subprocess.PIPE)
    out = {}
    for line in done.stdout.decode("utf-8").splitlines():
        document = json.loads(line)
        out[document["id"]] = {c["id"] for s in document["sections"] for c in s.get("conditions", [])}
    return out


def score(rows, tagged, broader):
    right, wrong, missed, notes = 0, 0, 0, []
    for row in rows:
        said = tagged.get(str(row["line"]), set())
        fine = row["must"] | row["may"]
        fine = fine.union(*[broader.get(c, set()) for c in fine]) if fine else fine
        extra, lacking = said - fine, row["must"] - said
        right += len(row["must"] & said)
        wrong += len(extra)
        missed += len(lacking)
        if extra or lacking:
            notes.append("%d: %s | %s%s" % (row["line"], row["text"], " ".join("+" + c for c in sorted(extra)),
                                            "".join(" -" + c for c in sorted(lacking))))
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return precision, recall, f1, notes


def self_test():
    rows = [{"line": 1, "text": "", "must": {"a", "b"}, "may": {"c"}}, {"line": 2, "text": "", "must": set(), "may": set()}]
    broader = {"a": {"top"}, "b": set(), "c": set(), "d": set()}
    assert score(rows, {"1": {"a", "b", "c", "top"}, "2": set()}, broader)[:3] == (1.0, 1.0, 1.0)
    assert score(rows, {"1": {"a"}, "2": {"d"}}, broader)[:3] == (0.5, 0.5, 0.5)
    print("self-test passed")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", default=os.path.join(HERE, "conditions.tsv"))
    parser.add_argument("--sakuin", default="build/sakuin")
    parser.add_argument("--floor", type=float, default=0.0)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--self-test", action="store_true")
    asked = parser.parse_args()
    if asked.self_test:
        return self_test()
    rows = list(read_rows(asked.file))
    broader = broader_of(asked.sakuin)
    unknown = sorted({c for row in rows for c in row["must"] | row["may"]} - set(broader))
    if unknown:
        sys.exit("the thesaurus does not know " + ", ".join(unknown))
    precision, recall, f1, notes = score(rows, tag(asked.sakuin, rows), broader)
    print("messages %d  precision %.3f  recall %.3f  F1 %.3f" % (len(rows), precision, recall, f1))
    if asked.verbose or f1 < asked.floor:
        print("\n".join(notes))
    if f1 < asked.floor:
        sys.exit("below the floor of %.3f" % asked.floor)


if __name__ == "__main__":
    main()
