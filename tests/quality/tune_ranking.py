#!/usr/bin/env python3
"""Looks for better ranking weights on development sets, with folds.

    tune_ranking.py --sakuin build/sakuin --data DATA [--sets zh_toyhom,...] [--weights k1,b,...] [--folds 5] [--queries 400]
    tune_ranking.py --self-test

DATA/retrieval/SET has passages.jsonl {id,text,title?}, queries.jsonl {id,text} and qrels.tsv (query, passage, grade). Each weight of
corpus/ranking/weights.tsv is tried at 0.5, 0.75, 1.33 and 2 times its value, the others as they are (most_share, concept_share
and topic_share matter to relaxed queries only, not to free text); nDCG@10 (gains 2^grade - 1) is the mean over
the sets. For each fold of the queries the value is chosen on the other folds and measured on the fold. Nothing is written. Standard library only.
"""
import argparse
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
STEPS = (0.5, 0.75, 1.33, 2)


def rows(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def ndcg(ranked, grades, k=10):
    gain = lambda g: 2 ** g - 1
    best = sum(gain(g) / math.log2(i + 2) for i, g in enumerate(sorted(grades.values(), reverse=True)[:k]))
    return sum(gain(grades.get(d, 0)) / math.log2(i + 2) for i, d in enumerate(ranked[:k])) / best if best else 0.0


class Set:
    """One development set in a knowledge base of its own."""

    def __init__(self, sakuin, folder, work, most):
        self.sakuin, self.db = sakuin, os.path.join(work, os.path.basename(folder) + ".db")
        language = {"zh": "zh-Hans", "ja": "ja"}.get(os.path.basename(folder).split("_")[0], "und")
        passages = os.path.join(work, "passages.jsonl")
        with open(passages, "w", encoding="utf-8") as file:
            for r in rows(os.path.join(folder, "passages.jsonl")):
                file.write(json.dumps({**r, "language": language}, ensure_ascii=False) + "\n")
        subprocess.run([sakuin, "--db", self.db, "ingest", "-q", "--format", "jsonl", passages], check=True, stdout=subprocess.DEVNULL)
        self.grades = {}
        with open(os.path.join(folder, "qrels.tsv"), encoding="utf-8") as file:
            for line in list(file)[1:]:
                query, passage, grade = line.rstrip("\n").split("\t")
                self.grades.setdefault(query, {})[passage] = int(grade)
        self.grades = {q: g for q, g in self.grades.items() if any(g.values())}
        asked = [r for r in rows(os.path.join(folder, "queries.jsonl")) if r["id"] in self.grades]
        asked = asked[::max(1, len(asked) // most)]
        self.queries = [r["id"] for r in asked]
        self.topics = os.path.join(work, os.path.basename(folder) + ".topics")
        with open(self.topics, "w", encoding="utf-8") as file:
            for number, r in enumerate(asked):
                file.write("%d\t%s\n" % (number, " ".join(r["text"].split())))

    def measure(self, data_dir):
        """nDCG@10 of every query, in their order"""
        out = subprocess.run([self.sakuin, "--db", self.db, "--data-dir", data_dir, "search", "--topics", self.topics, "--format", "trec",
                              "--by", "document", "--limit", "10"], stdout=subprocess.PIPE, check=False)
        if out.returncode not in (0, 1):
            sys.exit("the search failed")
        ranked = {}
        for line in out.stdout.decode().splitlines():
            number, _, document = line.split()[:3]
            ranked.setdefault(int(number), []).append(document)
        return [ndcg(ranked.get(i, []), self.grades[q]) for i, q in enumerate(self.queries)]


def read_weights(path):
    with open(path, encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]


def write_weights(path, weights):
    with open(path, "w", encoding="utf-8") as file:
        for fields in weights:
            file.write("\t".join(fields) + "\n")


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else 0.0


def folds_of(figures, folds):
    """What choosing on the other folds gives: (mean on the folds left out, the values chosen). `figures`: {value: {set: [one a query]}}"""
    got, chosen = [], []
    for fold in range(folds):
        inside = lambda v: mean(mean(x for i, x in enumerate(q) if i % folds != fold) for q in v.values())
        best = max(figures, key=lambda value: inside(figures[value]))
        chosen.append(best)
        got.append(mean(mean(x for i, x in enumerate(q) if i % folds == fold) for q in figures[best].values()))
    return mean(got), chosen


def self_test():
    assert abs(ndcg(["a"], {"a": 1}) - 1) < 1e-9
    assert abs(ndcg(["b", "a"], {"a": 1}) - 1 / math.log2(3)) < 1e-9
    assert ndcg([], {"a": 1}) == 0
    figures = {1: {"s": [0, 0, 0, 0]}, 2: {"s": [1, 1, 1, 0]}}
    assert folds_of(figures, 2) == (0.75, [2, 2])
    print("self-test passed")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sakuin", default=os.path.join(ROOT, "build", "sakuin"))
    parser.add_argument("--data")
    parser.add_argument("--sets", default="zh_toyhom,zh_cmedqa,zh_cmedir,ja_jsquad,ja_jaquad")
    parser.add_argument("--weights", default="")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--self-test", action="store_true")
    options = parser.parse_args()
    if options.self_test:
        return self_test()
    if not options.data:
        parser.error("--data is wanted")
    with tempfile.TemporaryDirectory() as work:
        data_dir = os.path.join(work, "corpus")
        shutil.copytree(os.path.join(ROOT, "corpus"), data_dir)
        path = os.path.join(data_dir, "ranking", "weights.tsv")
        weights = read_weights(path)
        sets = {name: Set(os.path.abspath(options.sakuin), os.path.join(options.data, "retrieval", name), work, options.queries) for name in options.sets.split(",")}
        now = {name: one.measure(data_dir) for name, one in sets.items()}
        print("as it is: %.4f  %s" % (mean(mean(v) for v in now.values()), "  ".join("%s %.4f" % (k, mean(v)) for k, v in now.items())))
        for fields in weights:
            if options.weights and fields[0] not in options.weights.split(","):
                continue
            before, figures = fields[1], {float(fields[1]): now}
            for step in STEPS:
                fields[1] = "%g" % (float(before) * step)
                write_weights(path, weights)
                figures[float(fields[1])] = {name: one.measure(data_dir) for name, one in sets.items()}
            fields[1] = before
            write_weights(path, weights)
            left_out, chosen = folds_of(figures, options.folds)
            print("%-14s %s  folds %.4f, chosen %s" % (fields[0], "  ".join("%g: %.4f" % (v, mean(mean(q) for q in f.values())) for v, f in sorted(figures.items())),
                                                       left_out, " ".join("%g" % c for c in chosen)))
            sys.stdout.flush()


if __name__ == "__main__":
    main()
