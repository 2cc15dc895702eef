#!/usr/bin/env python3
"""Fits the weights of aspect cues to rows of the form of tests/quality/aspects.tsv.

    fit_aspects.py --aspects build/release/tests/sakuin_aspects --out corpus/language/aspect_weights.tsv ROWS...
    fit_aspects.py --self-test

Of tests/quality/aspects.tsv itself only the odd rows are read; the even ones are for checking. For each aspect a logistic regression
by Newton's method, with a normal prior on the weights (maximum a posteriori): a cue of the kind of the aspect itself is expected to
count for it, any other kind to say nothing, and the rows must argue against that. An aspect that may be said or not (with "?") is left out.
"""
import argparse
import math
import os
import subprocess
import sys

ASPECTS = "definition cause symptom diagnosis treatment self-care exercise prevention when-to-see-a-doctor faq".split()
ROLES = ["lead", "overview", "chapter", "answer"]  # what a section is otherwise, the bias says
PLACES = ("heading", "above", "text")
EXPECTED = {"heading": 3.0, "above": 1.0, "text": 3.0}  # log-odds of one cue of the aspect's own kind
# ... and of one cue of another kind, in a text
EXPECTED_OF_KIND = {("feeling", "symptom"): 1.0, ("who", "definition"): 1.0, ("severe", "when-to-see-a-doctor"): 1.0, ("medicine", "treatment"): 2.0,
                    ("measure", "treatment"): 1.0, ("measure", "self-care"): 1.0, ("reps", "exercise"): 2.0, ("habit", "prevention"): 1.0}
EXPECTED_BIAS = -2.0
PRECISION = 1.0  # of the normal prior: 1 / variance
PRECISION_BIAS = 0.05
OWN_ROWS = "tests/quality/aspects.tsv"


def read_features(program, paths):
    """[(wanted aspects, {what is weighed: amount})]"""
    rows = []
    for path in paths:
        which = "odd" if os.path.abspath(path).endswith(OWN_ROWS) else "all"
        out = subprocess.run([program, "--features", "--rows", which, path], check=True, capture_output=True, text=True).stdout
        for line in out.splitlines():
            wanted, *features = line.split("\t")
            amounts = dict((name, float(value)) for name, value in (x.rsplit("=", 1) for x in features))
            amounts.pop("sentences", None)
            rows.append((wanted.split(), amounts))
    return rows


def solve(a, b):
    """a x = b by Gauss' elimination; a is positive definite"""
    n = len(b)
    a = [row[:] + [value] for row, value in zip(a, b)]
    for i in range(n):
        best = max(range(i, n), key=lambda r: abs(a[r][i]))
        a[i], a[best] = a[best], a[i]
        for r in range(i + 1, n):
            factor = a[r][i] / a[i][i]
            if factor:
                row, top = a[r], a[i]
                for c in range(i, n + 1):
                    row[c] -= factor * top[c]
    x = [0.0] * n
    for i in reversed(range(n)):
        x[i] = (a[i][n] - sum(a[i][c] * x[c] for c in range(i + 1, n))) / a[i][i]
    return x


def expect(name, aspect):
    """the mean of the prior"""
    if name == "bias":
        return EXPECTED_BIAS
    place, _, kind = name.partition(":")
    if kind == aspect:
        return EXPECTED[place]
    return EXPECTED_OF_KIND.get((kind, aspect), 0.0) if place == "text" else 0.0


def fit(rows, aspect, names):
    """weights of the names"""
    expected = [expect(name, aspect) for name in names]
    precision = [PRECISION_BIAS if name == "bias" else PRECISION for name in names]
    place = {name: i for i, name in enumerate(names)}
    data = []
    for wanted, amounts in rows:
        if aspect + "?" not in wanted:
            data.append(([(place[name], value) for name, value in amounts.items() if name in place], float(aspect in wanted)))
    weights = expected[:]
    for _ in range(25):
        gradient = [p * (w - m) for p, w, m in zip(precision, weights, expected)]
        hessian = [[0.0] * len(names) for _ in names]
        for i, p in enumerate(precision):
            hessian[i][i] = p
        for amounts, said in data:
            odds = sum(weights[i] * value for i, value in amounts)
            likely = 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
            for i, x in amounts:
                gradient[i] += (likely - said) * x
                for j, y in amounts:
                    hessian[i][j] += likely * (1 - likely) * x * y
        step = solve(hessian, gradient)
        weights = [w - s for w, s in zip(weights, step)]
        if max(abs(s) for s in step) < 1e-6:
            break
    return weights


def self_test():
    x = solve([[4.0, 1.0], [1.0, 3.0]], [1.0, 2.0])
    assert abs(x[0] - 1 / 11) < 1e-12 and abs(x[1] - 7 / 11) < 1e-12, x
    rows = [(["cause"], {"bias": 1, "text:cause": 1})] * 30 + [(["faq"], {"bias": 1, "text:faq": 1})] * 30
    bias, own, other = fit(rows, "cause", ["bias", "text:cause", "text:faq"])
    assert own > 1 > 0 > other, (bias, own, other)
    assert bias + own > 1 and bias + other < -1, (bias, own, other)
    unsure = fit([(["cause?"], {"bias": 1, "text:cause": 1})], "cause", ["bias", "text:cause"])
    assert [round(w, 3) for w in unsure] == [EXPECTED_BIAS, EXPECTED["text"]], unsure
    print("self-test passed")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--aspects", help="the program sakuin_aspects")
    ap.add_argument("--out")
    ap.add_argument("--self-test", action="store_true")
    ap.add_argument("rows", nargs="*")
    o = ap.parse_args()
    if o.self_test:
        return self_test()
    if not o.aspects or not o.out or not o.rows:
        ap.error("--aspects, --out and rows are needed")
    rows = read_features(o.aspects, o.rows)
    seen = {name for _, amounts in rows for name in amounts}
    kinds = sorted({name for name in seen if ":" in name} | {p + ":" + a for p in PLACES for a in ASPECTS},
                   key=lambda name: (PLACES.index(name.split(":")[0]), name))
    names = ["bias"] + ROLES + kinds
    with open(o.out, "w", encoding="utf-8") as out:
        out.write("# Written by tests/quality/fit_aspects.py; docs/formats/thesaurus.md says how it is read.\n"
                  "# aspect, what is weighed, log-odds that one of it adds\n")
        for aspect in ASPECTS:
            for name, weight in zip(names, fit(rows, aspect, names)):
                if abs(weight) >= 0.005:
                    out.write("%s\t%s\t%.2f\n" % (aspect, name, weight))
    print("%d rows" % len(rows))


if __name__ == "__main__":
    main()
