#!/usr/bin/env python3
"""How well the advice of single sentences is found, on rows that were written before the rules.

    advice.py rows [--sakuin build/sakuin] [--floors FILE] [--verbose] sentences_zh.tsv ...
    advice.py times --reader build/release/tests/sakuin_times [--floors FILE] [--verbose] times_zh.tsv ...
    advice.py --self-test

A row is an article of its own: its heading, its lead-in and the sentence. What the program says of the lead-in is not
counted. A statement is found where the action is right; each is used once. Printed for each file:
  P R F1      of statements (those that the rows call implicit count too)
  stance      share of those found; a conditional one answered in its direction is half right, as in the shared scorer
  strength    share equal; window, dose: share right of the rows that have one (a range must overlap)
  nothing     share of the rows without a statement of which the program says something (wrong)
times: expressions of time and amount alone, told exactly: every part and no other, a cap by its number; `nothing` as above.
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


def read_times(path):
    """(text, what it says) of each row, by id"""
    out, header = {}, None
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("#") or not line.strip():
                continue
            fields = line.rstrip("\n").split("\t")
            if header is None:
                header = fields
            else:
                out[fields[0]] = (fields[1], wanted_times(fields[2]))
    return out


def wanted_times(text):
    """"window 0..48@injury ; dose reps:2..3,sets:2" -> {("window", (0, 48), "injury"), ("reps", (2, 3)), ...}"""
    out = set()
    for part in text.split(" ; ") if text != "-" else []:
        kind, _, value = part.strip().partition(" ")
        if kind == "dose":
            out.update((name, read_span(number)) for name, _, number in (x.partition(":") for x in value.split(",")))
        elif kind == "window":
            number, _, anchor = value.partition("@")
            out.add((kind, read_span(number), anchor or "injury"))
        else:
            out.add((kind, read_span(value) if kind == "seek" else value))
    return out


def said_times(text):
    """the same of what the program prints: "[0,48] injury; sets 3; phase acute"; "[72,] symptom-duration; seek" """
    out, last = set(), None
    for part in text.split("; ") if text != "-" else []:
        words = part.removesuffix(" approx").split(" ")
        if words[0] == "seek":
            out.discard(last)
            out.add(("seek", last[1]))
        elif words[0] == "phase":
            out.add(("phase", words[1]))
        elif words[0][0] in "[-0123456789":
            last = ("window", printed_span(words[0]), words[1])
            out.add(last)
        else:
            out.add((words[0], printed_span(words[1])))
    return out


def printed_span(text):
    if text[0] != "[":
        return float(text), float(text)
    low, high = text[1:-1].split(",")
    return float(low) if low else float("-inf"), float(high) if high else float("inf")


def same_time(want, got):
    if want == got:
        return True
    if want[0] != got[0] or len(want) != len(got) or not isinstance(want[1], tuple) or want[2:] != got[2:]:
        return False
    if want[0] in ("window", "seek"):
        start = lambda x: 0 if x == float("-inf") else x
        return start(want[1][0]) == start(got[1][0]) and want[1][1] == got[1][1]
    # a cap or a floor is labelled by its number
    number = [x for x in got[1] if abs(x) != float("inf")]
    return want[1][0] == want[1][1] and number == [want[1][0]]


def score_times(rows, answers, note=lambda text: None):
    c = collections.Counter()
    for (name, (text, wanted)), answer in zip(rows.items(), answers):
        said = said_times(answer)
        right = len(wanted) == len(said) and all(any(same_time(w, s) for s in said) for w in wanted)
        c.update(right=right, loud=not wanted and bool(said), quiet=not wanted, spoken=bool(wanted), spoken_right=bool(wanted) and right)
        c["parts"] += len(wanted)
        c["parts_right"] += sum(any(same_time(w, s) for s in said) for w in wanted)
        if not right:
            note("%s: %s\n    wanted %s\n    said   %s" % (name, text, sorted(map(str, wanted)) or "-", answer))
    share = lambda a, b: a / b if b else 0.0
    return {"rows": len(rows), "exact": share(c["right"], len(rows)), "spoken": share(c["spoken_right"], c["spoken"]), "parts": share(c["parts_right"], c["parts"]), "nothing": share(c["loud"], c["quiet"])}


def read_times_with(reader, rows, language):
    """the reader's line for each row"""
    lines = "".join("%s\t%s\n" % (language, text) for text, _ in rows.values())
    done = subprocess.run([reader], input=lines.encode("utf-8"), check=True, stdout=subprocess.PIPE)
    out = done.stdout.decode("utf-8").splitlines()
    if len(out) != len(rows):
        sys.exit("%s: %d lines for %d rows" % (reader, len(out), len(rows)))
    return out


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
    times = {"a": ("x", wanted_times("window ..48@injury ; dose sets:3,hold_s:20..30")), "b": ("y", wanted_times("seek 72.. ; dose duration_min:20")), "c": ("z", wanted_times("-"))}
    right = ["[0,48] injury approx; sets 3; hold_s [20,30]", "[72,] symptom-duration; seek; duration_min [,20]", "-"]
    assert score_times(times, right)["exact"] == 1
    wrong = ["[0,48] onset; sets 3; hold_s [20,30]", "[72,] symptom-duration; seek; duration_min 25", "phase acute"]
    figures = score_times(times, wrong)
    assert figures["exact"] == 0 and figures["nothing"] == 1 and figures["parts"] == .6, figures
    print("self-test passed")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sakuin", default=os.path.join(ROOT, "build", "sakuin"))
    parser.add_argument("--floors")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("--reader", default=os.path.join(ROOT, "build", "release", "tests", "sakuin_times"))
    parser.add_argument("what", nargs="?", choices=["rows", "times"])
    parser.add_argument("files", nargs="*")
    asked = parser.parse_intermixed_args()
    if asked.self_test:
        return self_test()
    if not asked.files:
        parser.error("which rows?")
    figures = {}
    for path in asked.files:
        name = os.path.splitext(os.path.basename(path))[0]
        language, note = LANGUAGES[name.rpartition("_")[2]], print if asked.verbose else lambda text: None
        if asked.what == "times":
            rows = read_times(path)
            figures[name] = score_times(rows, read_times_with(asked.reader, rows, language), note)
        else:
            rows = read_rows(path)
            figures[name] = score(rows, ask(asked.sakuin, rows, language), note)
        print(name + "  " + "  ".join("%s %s" % (k, v if isinstance(v, int) else "%.3f" % v) for k, v in figures[name].items()))
    bad = below(read_floors(asked.floors), figures) if asked.floors else []
    if bad:
        sys.exit("below the floor:\n" + "\n".join(bad))


if __name__ == "__main__":
    main()
