#!/usr/bin/env python3
"""Decisions over the life of a collection: no decided pair comes back, every edited one does.

  decisions.py --sakuin PROGRAM FOLDER...     reads copies of the articles, decides on all that disagrees, edits and reads again, twice
  decisions.py --self-test

A round puts a word before one disputed sentence of every article, and a paragraph at the end of all others; every third of
the edited articles is moved to another address too. Wrong are
  back      a pair whose two sentences nobody touched is open or changed
  missed    a pair with an edited sentence is still found and is not `changed`
Exit status 1 where there is one. "lost" pairs are those that are no disagreement to Sakuin any more once a sentence was edited: they are counted only.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

WORDS = {"zh": "\u4e00\u822c", "ja": "\u4e00\u822c\u306b", "en": "As a rule "}
PARAGRAPH = {"zh": "\u611f\u8c22\u9605\u8bfb\u3002", "ja": "\u4ee5\u4e0a\u3067\u3059\u3002", "en": "Thank you for reading."}


class Collection:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.ingest()

    def run(self, *arguments):
        p = subprocess.run([self.program, "--db", os.path.join(self.folder, "k.db"), *arguments], capture_output=True, text=True)
        if p.returncode > 1:
            sys.exit("%s: %s" % (" ".join(arguments)[:200], p.stderr))
        return p.stdout

    def ingest(self):
        self.run("ingest", "-q", "--prune", os.path.join(self.folder, "articles"))

    def pairs(self, *options):
        return json.loads(self.run("contradictions", "--json", *options))["contradictions"]

    def uris(self):
        found = json.loads(self.run("list", "--json"))
        return {d["id"]: d["uri"] for d in (found["documents"] if isinstance(found, dict) else found)}

    def decide(self):
        """Whole findings, and every second one pair by pair."""
        findings = {}
        for pair in self.pairs():
            findings.setdefault(pair["cluster"], set()).add(pair["id"])
        whole = sorted(findings)[::2]
        single = sorted(i for f in findings if f not in whole for i in findings[f])
        if whole:
            self.run("review", *whole, "--as", "false-positive", "--reason", "N2", "--by", "one")
        if single:
            self.run("review", *single, "--as", "controversy", "--by", "two")


def text_of(path):
    """Nothing where it is not UTF-8: those are left as they are."""
    try:
        with open(path, encoding="utf-8", newline="") as f:
            return f.read()
    except UnicodeDecodeError:
        return None


def insert(text, quote, word):
    """The text with the word before the quote; nothing where the quote does not stand in it once."""
    return text.replace(quote, word + quote) if text.count(quote) == 1 else None


def edit(collection, pairs, done):
    """Edits one sentence that was not edited before in every document; gives the (document, quote) of each, and by new address the
    documents that were moved."""
    uris, edited, moved = collection.uris(), set(), {}
    for pair in sorted(pairs, key=lambda p: p["id"]):
        for side in (pair["a"], pair["b"]):
            key = (side["document"], side["quote"])
            if key in done or any(d == key[0] for d, _ in edited):
                continue
            path = uris[side["document"]]
            text = insert(text_of(path) or "", side["quote"], WORDS[side["language"][:2]])
            if text is None:
                continue
            with open(path, "w", encoding="utf-8", newline="") as f:
                f.write(text)
            edited.add(key)
            if len(edited) % 3 == 0:
                folder, name = os.path.split(path)
                moved[os.path.join(folder, "moved-" + name)] = side["document"]
            break
    for document, uri in uris.items():
        if any(d == document for d, _ in edited) or not uri.endswith((".txt", ".md")) or text_of(uri) is None:
            continue
        with open(uri, "a", encoding="utf-8") as f:
            f.write("\n" + PARAGRAPH["zh" if "/zh" in uri else "ja" if "/ja" in uri else "en"] + "\n")
    for path, document in moved.items():
        os.rename(uris[document], path)
    return edited, moved


def as_before(pairs, uris, moved):
    """The pairs with the documents' ids as they were before these were moved."""
    old = {d: moved[uri] for d, uri in uris.items() if uri in moved}
    for pair in pairs:
        for side in (pair["a"], pair["b"]):
            side["document"] = old.get(side["document"], side["document"])
    return pairs


def judge(before, after, edited):
    """(back, missed, returned, lost) of two lists of pairs."""
    def touched(pair, exactly):
        return any(s["document"] == d and (s["quote"] == q if exactly else q in s["quote"] and s["quote"] != q)
                   for s in (pair["a"], pair["b"]) for d, q in edited)
    known = {p["id"] for p in before}
    back = [p for p in after if p["state"] in ("open", "changed") and p["id"] in known]
    again = [p for p in after if p["id"] not in known and touched(p, False)]
    missed = [p for p in again if p["state"] != "changed"]
    stand = {p["id"] for p in after}
    gone = [p for p in before if touched(p, True) and p["id"] not in stand]
    return back, missed, len(again) - len(missed), max(0, len(gone) - len(again))


def measure(program, folders):
    wrong = 0
    with tempfile.TemporaryDirectory() as tmp:
        for folder in folders:
            shutil.copytree(folder, os.path.join(tmp, "articles", os.path.basename(folder.rstrip("/"))))
        collection, done = Collection(program, tmp), set()
        for number in (1, 2):
            collection.decide()
            before = collection.pairs("--state", "all")
            if collection.pairs():
                sys.exit("not all is decided after every finding was")
            edited, moved = edit(collection, before, done)
            collection.ingest()
            after = as_before(collection.pairs("--state", "all"), collection.uris(), moved)
            back, missed, returned, lost = judge(before, after, edited)
            print("round %d: %d pairs decided, %d sentences edited (%d articles moved), %d pairs came back, %d lost; wrong: %d back, %d missed"
                  % (number, len(before), len(edited), len(moved), returned, lost, len(back), len(missed)))
            for pair in back + missed:
                print("  %s %s: %s | %s" % (pair["state"], pair["kind"], pair["a"]["quote"], pair["b"]["quote"]))
            wrong += len(back) + len(missed) + (0 if returned else 1)
            done |= edited
    return 1 if wrong else 0


def self_test():
    def pair(number, a, b, state):
        return {"id": number, "state": state, "a": {"document": "1", "quote": a}, "b": {"document": "2", "quote": b}}
    before = [pair("p", "rub", "do not", "fixed"), pair("q", "rest", "do not", "fixed")]
    edited = {("1", "rub")}
    good = [pair("r", "always rub", "do not", "changed"), pair("q", "rest", "do not", "fixed")]
    assert judge(before, good, edited) == ([], [], 1, 0)
    bad = [pair("r", "always rub", "do not", "open"), pair("q", "rest", "do not", "changed")]
    back, missed, returned, lost = judge(before, bad, edited)
    assert (len(back), len(missed), returned, lost) == (1, 1, 0, 0)
    assert judge(before, before[1:], edited)[3] == 1
    assert insert("a rub b", "rub", "not ") == "a not rub b" and insert("rub rub", "rub", "x") is None
    print("self-test passed")


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sakuin", required=True)
    parser.add_argument("folders", nargs="+")
    options = parser.parse_args()
    return measure(options.sakuin, options.folders)


if __name__ == "__main__":
    sys.exit(main())
