#!/usr/bin/env python3
"""Tensions found among labelled advice, against the labelled tensions: what the engine loses, apart from the extractor.

    tensions.py [--binary build/release/tests/sakuin_tension_labels] [--verbose] FOLDER...
    tensions.py --self-test

FOLDER holds advice.json and contradictions.json. Figures as the shared scorer defines them: groups with a required pair
that are found by any of their pairs; required pairs; listed pairs among the first 20 and among all that are listed at
all; hard negatives reported as anything but an explained conflict; right kind and severity of the pairs found.
"""
import argparse
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def measure(gold, found, note=lambda text: None):
    key = lambda p: tuple(sorted((p["a"], p["b"])))
    pairs = {key(p): p for p in gold["pairs"]}
    hard = {key(p): p for p in gold["not_contradictions"]}
    unlisted_counts = gold.get("unlisted") != "unscored"
    neutral = {key(p) for p in gold.get("neutral", [])}
    hit, groups, kinds, severities, errors, ranked, resolved = set(), set(), [], [], [], [], 0
    for t in found:
        k = key(t)
        explained = t["kind"] == "conditional-resolved"
        if k in hard and k not in pairs and not (explained and hard[k].get("allow_conditional_resolved", True)):
            errors.append((k, t["kind"]))
        resolved += explained
        if k in pairs and (not (explained and t["severity"] == "low") or "conditional-resolved" in {pairs[k]["type"], *pairs[k].get("accept_kinds", [])}):
            if k not in hit:
                right = t["kind"] in {pairs[k]["type"], *pairs[k].get("accept_kinds", [])}
                kinds.append(right)
                severities.append(t["severity"] == pairs[k]["severity"])
                if not right:
                    note("kind %s, not %s: %s" % (t["kind"], pairs[k]["type"], k))
            hit.add(k)
            groups.add(pairs[k]["group"])
        if not (explained and t["severity"] == "low") and k not in neutral and (unlisted_counts or k in pairs or k in hard):
            ranked.append(k in pairs)
    need = [p for p in gold["pairs"] if p.get("required")]
    wanted = {p["group"] for p in need}
    share = lambda a, b: a / b if b else 0.0
    for p in need:
        if key(p) not in hit:
            note("missed %s: %s" % (p["type"], key(p)))
    for k, kind in errors:
        note("hard negative %s as %s: %s" % (hard[k].get("code", hard[k].get("id")), kind, k))
    return {"groups": share(len(wanted & groups), len(wanted)), "pairs": share(sum(key(p) in hit for p in need), len(need)), "p@20": share(sum(ranked[:20]), len(ranked[:20])),
            "precision": share(sum(ranked), len(ranked)), "hard": len(errors), "core": sum(bool(hard[k].get("core")) for k, _ in errors),
            "kind": share(sum(kinds), len(kinds)), "severity": share(sum(severities), len(severities)), "reported": len(found), "explained": resolved}


def self_test():
    gold = {"pairs": [{"a": "1", "b": "2", "type": "dose", "severity": "low", "group": "g", "required": True}], "not_contradictions": [{"a": "1", "b": "3", "code": "N1"}]}
    good = {"a": "2", "b": "1", "kind": "dose", "severity": "low"}
    figures = measure(gold, [good])
    assert figures["groups"] == figures["kind"] == figures["p@20"] == 1 and figures["hard"] == 0
    figures = measure(gold, [dict(good, b="3", a="1")])
    assert figures["groups"] == 0 and figures["hard"] == 1 and figures["p@20"] == 0
    print("self-test passed")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=os.path.join(ROOT, "build", "release", "tests", "sakuin_tension_labels"))
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("folders", nargs="*")
    asked = parser.parse_args()
    if asked.self_test:
        return self_test()
    if not asked.folders:
        parser.error("which labels?")
    for folder in asked.folders:
        done = subprocess.run([asked.binary, folder], stdout=subprocess.PIPE, check=True)
        with open(os.path.join(folder, "contradictions.json"), encoding="utf-8") as file:
            gold = json.load(file)
        figures = measure(gold, [json.loads(line) for line in done.stdout.splitlines()], print if asked.verbose else lambda text: None)
        print(os.path.basename(os.path.normpath(folder)), "  ".join("%s %s" % (k, v if isinstance(v, int) else "%.3f" % v) for k, v in figures.items()))


if __name__ == "__main__":
    main()
