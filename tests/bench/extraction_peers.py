#!/usr/bin/env python3
"""Article extraction beside trafilatura and readability-lxml: quality and speed, on the same pages in one run.

    python3 -m venv peers && peers/bin/pip install trafilatura readability-lxml lxml_html_clean
    peers/bin/python tests/bench/extraction_peers.py --sakuin build/sakuin DATA

DATA holds index.jsonl, a page a line: {"html": file, "gold"?: file, "lang", "encoding"}, files relative to DATA. The figures
are the 4-gram F1 of the text (characters of Han, kana and Hangul and words of other scripts; headings are text), the mean over the
pages of a language, and CPU seconds for all pages, the best of --repeat. Python's imports and Sakuin's loading of its rules are not
counted: both are taken off, by a run on one page of Sakuin's. A peer that is not installed is left out. Standard library only.
"""
import argparse
import collections
import json
import os
import re
import resource
import subprocess
import sys
import time

TOKEN = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]|[^\W_]+")


def grams(text, n=4):
    tokens = [t for t in (x.lower() for x in split(text))]
    return collections.Counter(tuple(tokens[i:i + n]) for i in range(max(1, len(tokens) - n + 1))) if tokens else collections.Counter()


def split(text):
    for found in TOKEN.finditer(text):
        word = found.group()
        if len(word) > 1 and re.search(r"[\u3041-\u30ff\u3400-\u9fff]", word):
            yield from TOKEN.findall(re.sub(r"([\u3041-\u30ff\u3400-\u9fff])", r" \1 ", word))
        else:
            yield word


def f1(got, gold):
    a, b = grams(got), grams(gold)
    if not a or not b:
        return 0.0
    both = sum((a & b).values())
    precision, recall = both / sum(a.values()), both / sum(b.values())
    return 2 * precision * recall / (precision + recall) if both else 0.0


def children_cpu():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run_sakuin(program, paths):
    """({path: text}, CPU seconds)"""
    before = children_cpu()
    out = subprocess.run([program, "extract", "--", *paths], capture_output=True, check=False).stdout
    seconds = children_cpu() - before
    texts = {}
    for line in out.decode("utf-8").splitlines():
        document = json.loads(line)
        parts = []
        for number, section in enumerate(document["sections"]):
            parts += [section["heading"]] * (number > 0) + [section["text"]]
        texts[document["uri"]] = "\n".join(parts)
    return texts, seconds


def strip_tags(html):
    import lxml.html
    return "\n".join(lxml.html.fromstring(html).itertext()) if html and html.strip() else ""


def peers():
    out = {}
    try:
        import trafilatura
        out["trafilatura " + trafilatura.__version__] = lambda page: trafilatura.extract(page, include_comments=False) or ""
    except ImportError:
        pass
    try:
        import readability
        from importlib.metadata import version
        out["readability-lxml " + version("readability-lxml")] = lambda page: strip_tags(readability.Document(page).summary())
    except ImportError:
        pass
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data")
    parser.add_argument("--sakuin", default="build/sakuin")
    parser.add_argument("--repeat", type=int, default=3)
    args = parser.parse_args()
    with open(os.path.join(args.data, "index.jsonl"), encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    paths = [os.path.join(args.data, row["html"]) for row in rows]
    texts = {}
    start = min(run_sakuin(args.sakuin, paths[:1])[1] for _ in range(args.repeat))
    best = None
    for _ in range(args.repeat):
        got, seconds = run_sakuin(args.sakuin, paths)
        best = min(best or seconds, seconds)
    texts["sakuin"] = ([got.get(path, "") for path in paths], max(best - start, 1e-9))
    pages = []
    for row, path in zip(rows, paths):
        with open(path, "rb") as file:
            pages.append(file.read().decode(row.get("encoding") or "utf-8", "replace"))
    for name, extract in peers().items():
        seconds, got = None, []
        for _ in range(args.repeat):
            got, begin = [], time.process_time()
            for page in pages:
                try:
                    got.append(extract(page))
                except Exception:  # a page that a peer breaks on counts as nothing found
                    got.append("")
            took = time.process_time() - begin
            seconds = min(seconds or took, took)
        texts[name] = (got, seconds)
    golds = []
    for row in rows:
        if "gold" in row:
            with open(os.path.join(args.data, row["gold"]), encoding="utf-8") as file:
                golds.append(file.read())
        else:
            golds.append(None)
    languages = ["zh", "ja", "other"]
    print("%-26s %7s %7s %7s %10s %8s" % ("", *("F1 " + x for x in languages), "CPU s", "times"))
    for name, (got, seconds) in texts.items():
        means = []
        for language in languages:
            scores = [f1(g, gold) for g, gold, row in zip(got, golds, rows)
                      if gold is not None and (row["lang"] if row["lang"] in languages else "other") == language]
            means.append(sum(scores) / len(scores) if scores else 0.0)
        print("%-26s %7.3f %7.3f %7.3f %10.3f %8.1f" % (name, *means, seconds, seconds / texts["sakuin"][1]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
