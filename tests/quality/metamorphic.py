#!/usr/bin/env python3
"""What must not change the findings: the order of ingest, simplified or traditional characters, full or half width, kanji or Arabic numerals,
full stops or new lines.

    metamorphic.py --sakuin build/sakuin        exit status 1 where a variant gives other findings, or the first one none
    metamorphic.py --self-test

The articles are our own, tests/quality/metamorphic/*.txt: lines `# id language`, then `= heading`, else sentences, one a line. {12|twelve} is a
number in both spellings, {simplified>traditional} a word in both. A finding is what both sides say: kind, code, severity, action, condition, stances,
windows and amounts, and the two articles.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
WIDE = {c: chr(ord(c) + 0xFEE0) for c in "0123456789%(),:;?!~"}


def read(folder):
    """[(id, language, [(is_heading, text)])]"""
    out = []
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            for line in file.read().splitlines():
                if line.startswith("# "):
                    key, language = line[2:].split()
                    out.append((key, language, []))
                elif line.strip():
                    out[-1][2].append((line.startswith("= "), line[2:] if line.startswith("= ") else line))
    return out


def fill(text, spelled=False, traditional=False):
    text = re.sub(r"\{([^{}>|]*)\|([^{}>|]*)\}", lambda m: m.group(2 if spelled else 1), text)
    return re.sub(r"\{([^{}>|]*)>([^{}>|]*)\}", lambda m: m.group(2 if traditional else 1), text)


def render(article, spelled=False, traditional=False, wide=False, lines=False):
    _, language, body = article
    stop = ". " if language == "en" else "。"
    out, running = [], ""
    for is_heading, text in body + [(True, "")]:
        text = fill(text, spelled and language != "en", traditional and language == "zh-Hans")
        if wide and language != "en":
            text = "".join(WIDE.get(c, c) for c in text)
        if is_heading:
            if running:
                out.append(running)
            running = ""
            if text:
                out += ["", text, ""]
        elif lines:
            out.append(text)
        else:
            running += text + stop
    return "\n".join(out).strip() + "\n"


def run(sakuin, *args):
    done = subprocess.run([sakuin, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode not in (0, 1):
        raise SystemExit("%s: %s" % (" ".join(args), done.stderr.decode()))
    return done.stdout.decode()


def findings(sakuin, articles, one_by_one=False, **how):
    with tempfile.TemporaryDirectory() as folder:
        db = os.path.join(folder, "kb.db")
        files = []
        for article in articles:
            files.append(os.path.join(folder, article[0] + ".txt"))
            with open(files[-1], "w", encoding="utf-8") as file:
                file.write(render(article, **how))
        for some in [[f] for f in files] if one_by_one else [files]:
            run(sakuin, "--db", db, "ingest", "-q", *some)
        lines = run(sakuin, "--db", db, "contradictions", "--format", "jsonl").splitlines()
        uris = {d["id"]: os.path.basename(d["uri"]) for d in json.loads(run(sakuin, "--db", db, "list", "--json"))}
    return shape(map(json.loads, lines), uris)


def shape(tensions, uris):
    """As sorted strings, the two sides in an order that does not depend on ids."""
    side = lambda a: json.dumps([uris[a["document"]], a["action"], a["stance"], a.get("window"), a.get("dose"), a.get("phase"), a.get("population")], sort_keys=True)
    return sorted("%s %s %s %s %s %s" % (t["kind"], t["code"], t["severity"], t["action"], t.get("condition"), " <> ".join(sorted((side(t["a"]), side(t["b"]))))) for t in tensions)


VARIANTS = (("order", {"one_by_one": True}), ("numerals", {"spelled": True}), ("traditional", {"traditional": True}), ("full width", {"wide": True}),
            ("new lines", {"lines": True}))


def check(sakuin, verbose):
    articles = read(os.path.join(HERE, "metamorphic"))
    first = findings(sakuin, articles)
    print("%d articles, %d pairs" % (len(articles), len(first)))
    bad = not first
    for name, how in VARIANTS:
        other = findings(sakuin, articles[::-1] if name == "order" else articles, **how)
        lost, new = [x for x in first if x not in other], [x for x in other if x not in first]
        print("%-12s %s" % (name, "the same" if other == first else "%d lost, %d new" % (len(lost), len(new))))
        bad = bad or other != first
        for mark, some in (("-", lost), ("+", new)):
            for x in some if verbose or other != first else ():
                print("   ", mark, x)
    return 1 if bad else 0


def self_test():
    article = ("a", "zh-Hans", [(True, "X"), (False, "{2|两}天, {词>詞}"), (False, "b")])
    assert render(article) == "X\n\n2天, 词。b。\n", render(article)
    assert render(article, lines=True, spelled=True, traditional=True) == "X\n\n两天, 詞\nb\n"
    assert render(article, wide=True) == "X\n\n２天， 词。b。\n"
    one = {"kind": "k", "code": "C1", "severity": "low", "action": "x", "a": {"document": "1", "action": "x", "stance": "avoid"}, "b": {"document": "2", "action": "x", "stance": "recommend"}}
    assert shape([one], {"1": "p", "2": "q"}) == shape([dict(one, a=one["b"], b=one["a"])], {"1": "p", "2": "q"})
    print("self-test passed")
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sakuin")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--self-test", action="store_true")
    asked = parser.parse_args()
    if asked.self_test:
        return self_test()
    if not asked.sakuin:
        parser.error("which program?")
    return check(os.path.abspath(asked.sakuin), asked.verbose)


if __name__ == "__main__":
    sys.exit(main())
