#!/usr/bin/env python3
"""How well the advice of single sentences is found, on rows that were written before the rules.

    advice.py rows [--sakuin build/sakuin] [--floors FILE] [--verbose] sentences_zh.tsv ...
    advice.py --self-test

A row is an article of its own: its heading, its lead-in and the sentence. What the program says of the lead-in is not
counted. A statement is found where the action is right; each is used once. Printed for each file:
  P R F1      of statements (those that the rows call implicit count too)
  stance      share of those found; a conditional one answered in its direction is half right, as in the shared scorer
  strength    share equal; window, dose: share right of the rows that have one (a range must overlap)
  nothing     share of the rows without a statement of which the program says something (wrong)
--floors: set, figure, floor a line; exit status 1 where a figure is below ("nothing": above) it.
"""
import argparse
import collections
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
LANGUAGES = {"zh": "zh-Hans", "ja": "ja", "en": "en"}


def read_span(text):
    """'0..48' -> (0, 48); '5' -> (5, 5); an open side is infinite"""
    low, dots, high = text.partition("..")
    if not dots:
        return float(low), float(low)
    return float(low) if low else float("-inf"), float(high) if high else float("inf")


def read_statement(text):
    words = text.split()
    out = {"actions": set(words[0].split("|")), "stance": words[1], "strength": words[2], "myth": False, "window": None, "dose": {}}
    for word in words[3:]:
        key, is_set, value = word.partition("=")
        if word == "myth":
            out["myth"] = True
        elif key == "window":
            out["window"] = read_span(value.partition("@")[0])
        elif key == "dose":
            out["dose"] = {k: read_span(v) for k, _, v in (part.partition(":") for part in value.split(","))}
        elif not is_set and word != "implicit":
            raise ValueError("what is '%s'?" % word)
    return out


def read_rows(path):
    """(kind, heading, lead, text, [statement]) of each row, by id"""
    out, header = {}, None
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.startswith("#") or not line.strip():
                continue
            fields = line.rstrip("\n").split("\t")
            if header is None:
                header = fields
                continue
            try:
                name, kind, heading, lead, text, expected = fields
                wanted = [] if expected == "-" else [read_statement(x) for x in expected.split(" ; ")]
            except (ValueError, IndexError) as error:
                sys.exit("%s:%d: %s" % (path, number, error))
            out[name] = (kind, heading.strip("-"), lead if lead != "-" else "", text, wanted)
    return out


def articles(rows, language):
    for name, (_, heading, lead, text, _) in rows.items():
        body = (lead + "\n" if lead else "") + text
        sections = [{"heading": heading, "text": body}] if heading else [{"text": body}]
        yield {"id": name, "language": language, "sections": sections}


def ask(sakuin, rows, language):
    """statements by row"""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "rows.jsonl")
        with open(path, "w", encoding="utf-8") as file:
            for article in articles(rows, language):
                file.write(json.dumps(article, ensure_ascii=False) + "\n")
        base = [sakuin, "--db", os.path.join(folder, "kb.db"), "-q"]
        subprocess.run(base + ["ingest", "--format", "jsonl", path], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        done = subprocess.run(base + ["advice", "--format", "jsonl"], check=True, stdout=subprocess.PIPE)
    out = collections.defaultdict(list)
    for line in done.stdout.decode("utf-8").splitlines():
        said = json.loads(line)
        out[said["document"]].append(said)
    return out


def squeeze(text):
    return "".join(text.split())


def number_span(value):
    low, high = value if isinstance(value, list) else (value, value)
    return float("-inf") if low is None else low, float("inf") if high is None else high


def near(a, b):
    return a == b or abs(a - b) <= 0.1 * max(abs(a), abs(b))


def window_right(want, got):
    if not got:
        return False
    low, high = got.get("from_hours"), got.get("to_hours")
    low = 0 if low is None else low
    high = float("inf") if high is None else high
    want_low = 0 if want[0] == float("-inf") else want[0]
    return near(want_low, low) and near(want[1], high)


def dose_right(want, got):
    both = [(want[k], number_span(got[k])) for k in want if k in (got or {})]
    return bool(both) and all(a[0] <= b[1] and b[0] <= a[1] for a, b in both)


def stance_of(said):
    if said["stance"] != "conditional":
        return said["stance"]
    return "conditional-" + said.get("polarity", "for")


def stance_score(want, got):
    if want == got:
        return 1.0
    direction = {"conditional-for": "recommend", "conditional-against": "avoid"}
    return 0.5 if direction.get(want) == got else 0.0


def pair(wanted, said):
    """[(statement, what the program says)], each used once, equal stance first"""
    edges = sorted(((-stance_score(w["stance"], stance_of(s)), i, j) for i, w in enumerate(wanted) for j, s in enumerate(said) if s["action"] in w["actions"]))
    left, right, out = set(), set(), []
    for _, i, j in edges:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append((wanted[i], said[j]))
    return out


def score(rows, answers, note=lambda text: None):
    c = collections.Counter()
    for name, (kind, _, lead, text, wanted) in rows.items():
        said = [s for s in answers.get(name, []) if not lead or squeeze(s["quote"]) not in squeeze(lead)]
        pairs = pair(wanted, said)
        c.update(right=len(pairs), wanted=len(wanted), said=len(said), quiet=not wanted, loud=not wanted and bool(said))
        for want, got in pairs:
            c["stance"] += stance_score(want["stance"], stance_of(got))
            c["strength"] += want["strength"] == got.get("strength")
            c["myths"] += want["myth"]
            c["myths_right"] += want["myth"] and bool(got.get("misconception"))
            if want["window"]:
                c["windows"] += 1
                c["windows_right"] += window_right(want["window"], got.get("window"))
            if want["dose"]:
                c["doses"] += 1
                c["doses_right"] += dose_right(want["dose"], got.get("dose"))
        show = lambda s: "%s %s %s" % (s["action"], stance_of(s), s.get("strength"))
        if len(pairs) < max(len(wanted), len(said)) or any(stance_score(w["stance"], stance_of(s)) < 1 for w, s in pairs):
            note("%s %s: %s\n    wanted %s\n    said   %s" % (name, kind, text, "; ".join("%s %s %s" % ("|".join(sorted(w["actions"])), w["stance"], w["strength"]) for w in wanted) or "-", "; ".join(map(show, said)) or "-"))
    share = lambda a, b: c[a] / c[b] if c[b] else 0.0
    p, r = share("right", "said"), share("right", "wanted")
    return {"rows": len(rows), "P": p, "R": r, "F1": 2 * p * r / (p + r) if p + r else 0.0, "stance": share("stance", "right"), "strength": share("strength", "right"),
            "myth": share("myths_right", "myths"), "window": share("windows_right", "windows"), "dose": share("doses_right", "doses"), "nothing": share("loud", "quiet")}


def read_floors(path):
    with open(path, encoding="utf-8") as file:
        rows = [line.split("\t") for line in file if line.strip() and not line.startswith("#")]
    return [(name, figure, float(floor)) for name, figure, floor in rows]


def below(floors, figures):
    """what is wrong; a figure that was not measured is"""
    out = []
    for name, figure, floor in floors:
        if name not in figures:
            continue
        value = figures[name].get(figure)
        bad = value is None or (value > floor if figure == "nothing" else value < floor)
        if bad:
            out.append("%s %s: %s, floor %.3f" % (name, figure, value, floor))
    return out


def self_test():
    want = read_statement("cold|ice-bath conditional-against must window=..48@injury dose=sets:2..3,hold_s:30 myth population=x")
    assert want["window"] == (float("-inf"), 48) and want["dose"] == {"sets": (2, 3), "hold_s": (30, 30)} and want["myth"]
    rows = {"a": ("explicit", "", "", "x", [want]), "b": ("question", "", "lead in", "y", []), "c": ("question", "", "", "z", [])}
    good = {"action": "cold", "stance": "conditional", "polarity": "against", "strength": "must", "quote": "x", "misconception": True,
            "window": {"from_hours": 0, "to_hours": 48}, "dose": {"sets": [3, 4]}}
    lead = {"action": "rest", "stance": "recommend", "quote": "lead in"}
    figures = score(rows, {"a": [good], "b": [lead]})
    assert figures["F1"] == figures["stance"] == figures["window"] == figures["dose"] == figures["myth"] == 1 and figures["nothing"] == 0, figures
    figures = score(rows, {"a": [dict(good, stance="avoid")], "c": [lead]})
    assert figures["stance"] == .5 and figures["nothing"] == .5 and figures["P"] == .5, figures
    assert score(rows, {"a": [dict(good, action="heat")]})["F1"] == 0
    assert not window_right((0, 48), {"from_hours": 0, "to_hours": 72}) and not dose_right({"sets": (2, 3)}, {"sets": 4}) and not dose_right({"sets": (2, 3)}, None)
    assert below([("s", "F1", .5), ("s", "nothing", .1), ("t", "F1", 1)], {"s": {"F1": .4, "nothing": .2}}) != [] and not below([("s", "F1", .5)], {"s": {"F1": .5}})
    print("self-test passed")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sakuin", default=os.path.join(ROOT, "build", "sakuin"))
    parser.add_argument("--floors")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("what", nargs="?", choices=["rows"])
    parser.add_argument("files", nargs="*")
    asked = parser.parse_intermixed_args()
    if asked.self_test:
        return self_test()
    if not asked.files:
        parser.error("which rows?")
    figures = {}
    for path in asked.files:
        name = os.path.splitext(os.path.basename(path))[0]
        rows = read_rows(path)
        figures[name] = score(rows, ask(asked.sakuin, rows, LANGUAGES[name.rpartition("_")[2]]), print if asked.verbose else lambda text: None)
        print(name + "  " + "  ".join("%s %s" % (k, v if isinstance(v, int) else "%.3f" % v) for k, v in figures[name].items()))
    bad = below(read_floors(asked.floors), figures) if asked.floors else []
    if bad:
        sys.exit("below the floor:\n" + "\n".join(bad))


if __name__ == "__main__":
    main()
