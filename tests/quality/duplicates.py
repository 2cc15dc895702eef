#!/usr/bin/env python3
"""How well near-duplicates are found: reposts made of real articles, and texts that are none.

    duplicates.py [--sakuin build/sakuin] reposts ARTICLES...     recall of every kind of rework, false groups
    duplicates.py [--sakuin build/sakuin] groups FILE...          groups found in texts as they are, to be judged by a person
                  [--show 20]
    duplicates.py --self-test

ARTICLES are files or folders that `sakuin extract` reads. Every article is reworked in one way at a time and put into a knowledge base
beside all originals: a repost counts as found when it is in its original's group, a group is false when it holds two originals.
Shares are of the text's characters. The pool of foreign sentences is the other articles of the same language. Seeded: every run makes
the same reposts. Chinese is converted by Debian's `opencc`; without it that kind is left out.

FILE is JSON Lines with `text` and maybe `id` and `title`, or rows ID<TAB>LANGUAGE<TAB>TEXT (.tsv). Exit status of `reposts`: 1 where recall is
below .95 or a group is false.
"""
import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

SHARES = (.05, .10, .20, .30, .40)
LEAST_RECALL = .95


def sentences(text):
    return [s for s in re.split(r"(?<=[。！？!?])(?!\n)|(?<=\n)|(?<=\. )", text) if s]


def some(parts, share, rng):
    """indices of random parts that make up the share of all characters, or a little more"""
    order = list(range(len(parts)))
    rng.shuffle(order)
    want, out = share * sum(map(len, parts)), set()
    for i in order:
        if want <= 0:
            break
        out.add(i)
        want -= len(parts[i])
    return out


def cut_end(text, share, rng, pool):
    return text[:int(len(text) * (1 - share))]


def cut_begin(text, share, rng, pool):
    return text[int(len(text) * share):]


def drop(text, share, rng, pool):
    parts = sentences(text)
    gone = some(parts, share, rng)
    return "".join(p for i, p in enumerate(parts) if i not in gone)


def add(text, share, rng, pool):
    parts, left = sentences(text), share * len(text)
    while left > 0:
        new = rng.choice(pool)
        parts.insert(rng.randrange(len(parts) + 1), new)
        left -= len(new)
    return "".join(parts)


def replace(text, share, rng, pool):
    parts = sentences(text)
    for i in some(parts, share, rng):
        parts[i] = rng.choice(pool)
    return "".join(parts)


def frame(text, share, rng, pool):
    """a new lead-in and a new end, half of the share each"""
    def foreign(size):
        out = ""
        while len(out) < size:
            out += rng.choice(pool)
        return out.rstrip("\n")
    half = share * len(text) / 2
    return foreign(half) + "\n" + text + "\n" + foreign(half)


def shuffle(text, share, rng, pool):
    """paragraphs in another order"""
    parts = text.split("\n")
    moved = sorted(some(parts, share, rng))
    to = moved[:]
    rng.shuffle(to)
    out = parts[:]
    for a, b in zip(moved, to):
        out[b] = parts[a]
    return "\n".join(out)


def words(text, share, rng, pool):
    """two characters of every twenty, in the share of the text, are others: an edit in every clause"""
    out = list(text)
    for i in range(0, len(out) - 20, 20):
        if rng.random() < share:
            at = i + rng.randrange(18)
            if "\n" not in out[at:at + 2]:
                out[at:at + 2] = rng.sample("其此等各每同样一般应该情况方面問題場合程度", 2)
    return "".join(out)


REWORKS = (cut_end, cut_begin, drop, add, replace, frame, shuffle, words)
ENCODINGS = {"zh-Hans": ("GB18030", "UTF-16LE"), "zh-Hant": ("Big5", "UTF-8"), "ja": ("CP932", "EUC-JP"), "en": ("UTF-8", "UTF-16LE")}


def opencc(text, config):
    run = subprocess.run(["opencc", "-c", config], input=text, capture_output=True, text=True, check=True)
    return run.stdout


class Program:
    def __init__(self, path):
        self.path = path

    def run(self, *arguments):
        run = subprocess.run([self.path, *arguments], capture_output=True, text=True)
        if run.returncode > 1:
            sys.exit("%s: %s" % (" ".join(arguments[:3]), run.stderr.strip()[:500]))
        return run.stdout

    def groups(self, paths, more=()):
        """id -> group number, over a new knowledge base; and all groups"""
        with tempfile.TemporaryDirectory() as tmp:
            kb = os.path.join(tmp, "kb.db")
            self.run("--db", kb, "ingest", "-q", *more, *paths)
            found = json.loads(self.run("--db", kb, "duplicates", "--json"))["groups"]
        return {d["id"]: n for n, g in enumerate(found) for d in g["documents"]}, found


def body(document):
    return "\n".join((s["heading"] + "\n" if i > 0 and s["heading"] else "") + s["text"] for i, s in enumerate(document["sections"]))


def record(ident, title, text):
    return json.dumps({"id": ident, "title": title, "text": text}, ensure_ascii=False) + "\n"


def page(title, text):
    lines = "".join("<p>%s</p>\n" % re.sub("[<&]", " ", line) for line in text.split("\n") if line)
    return "<!DOCTYPE html><html><head><title>%s</title></head><body><article><h1>%s</h1>\n%s</article></body></html>" % (title, title, lines)


def measure(program, documents, reposts, tmp):
    """found, asked, false groups; `reposts` are (original's index, file or JSON line)"""
    lines = [record("o%d" % i, d["title"], body(d)) for i, d in enumerate(documents)]
    lines += [record("r%d" % n, "r", text) for n, (_, text) in enumerate(reposts)]
    path = os.path.join(tmp, "all.jsonl")
    with open(path, "w", encoding="utf-8") as f:
        f.writelines(lines)
    of, groups = program.groups([path])
    found = [i for n, (i, _) in enumerate(reposts) if "r%d" % n in of and of.get("r%d" % n) == of.get("o%d" % i)]
    false = [g for g in groups if sum(d["id"][0] == "o" for d in g["documents"]) > 1]
    return found, false


def measure_files(program, documents, form, tmp):
    """the same articles as files: of another markup or encoding"""
    folder = os.path.join(tmp, "files")
    shutil.rmtree(folder, ignore_errors=True)
    os.mkdir(folder)
    asked = []
    for i, d in enumerate(documents):
        made = form(d)
        if made is None:
            continue
        name = os.path.join(folder, "%d%s" % (i, made[0]))
        with open(name, "wb") as f:
            f.write(made[1])
        asked.append((i, name))
    path = os.path.join(tmp, "all.jsonl")
    with open(path, "w", encoding="utf-8") as f:
        f.writelines(record("o%d" % i, d["title"], body(d)) for i, d in enumerate(documents))
    _, groups = program.groups([path, folder])
    where = {d["uri"]: n for n, g in enumerate(groups) for d in g["documents"]}
    of = {d["id"]: n for n, g in enumerate(groups) for d in g["documents"]}
    found = [i for i, name in asked if where.get(name) is not None and where.get(name) == of.get("o%d" % i)]
    false = [g for g in groups if sum(re.fullmatch(r"o\d+", d["id"]) is not None for d in g["documents"]) > 1]
    return found, len(asked), false


def forms():
    def encoded(n):
        def form(d):
            name = ENCODINGS.get(d["language"], ("UTF-8",) * 2)[n]
            return ".txt", ("X " + d["title"] + "\n\n" + body(d)).encode(name, "ignore")
        return form

    def converted(config):
        def form(d):
            if not d["language"].startswith("zh"):
                return None
            return ".txt", ("X " + d["title"] + "\n\n" + opencc(body(d), config)).encode("utf-8")
        return form
    out = {"as a page": lambda d: (".html", page("X " + d["title"], body(d)).encode("utf-8")), "legacy encoding": encoded(0), "other encoding": encoded(1)}
    if shutil.which("opencc"):
        out.update({"to traditional (Taiwan, phrases)": converted("s2twp.json"), "to traditional": converted("s2t.json"), "to simplified": converted("t2s.json")})
    return out


def reposts(program, paths):
    documents = [json.loads(line) for line in program.run("extract", "-q", *paths).splitlines()]
    documents = [d for d in documents if len(body(d)) >= 200]
    pools = {}
    for d in documents:
        pools.setdefault(d["language"][:2], []).append((d["id"], sentences(body(d))))
    asked = hit = 0
    false = []
    print("%d articles\n%-34s" % (len(documents), "") + "".join("%7.0f %%" % (100 * s) for s in SHARES))
    with tempfile.TemporaryDirectory() as tmp:
        for rework in REWORKS:
            row = []
            for share in SHARES:
                rng = random.Random("%s %s" % (rework.__name__, share))
                made = []
                for i, d in enumerate(documents):
                    pool = [s for ident, parts in pools[d["language"][:2]] for s in parts if ident != d["id"]] or ["-"]
                    made.append((i, rework(body(d), share, rng, pool)))
                found, wrong = measure(program, documents, made, tmp)
                asked, hit, false = asked + len(made), hit + len(found), false + wrong
                row.append(len(found) / len(made))
            print("%-34s" % rework.__name__ + "".join("%9.3f" % x for x in row), flush=True)
        for name, form in forms().items():
            found, many, wrong = measure_files(program, documents, form, tmp)
            asked, hit, false = asked + many, hit + len(found), false + wrong
            print("%-34s%9.3f  of %d" % (name, len(found) / max(1, many), many), flush=True)
    print("all: recall %.4f (%d of %d), false groups %d" % (hit / asked, hit, asked, len(false)))
    for group in false[:5]:
        print("  false: " + "; ".join(d["title"] for d in group["documents"]))
    return 0 if hit >= LEAST_RECALL * asked and not false else 1


def read_texts(path):
    with open(path, encoding="utf-8") as f:
        for n, line in enumerate(f):
            if path.endswith(".tsv"):
                ident, _, text = line.rstrip("\n").split("\t", 2)
                yield ident, "", text
            elif line.strip():
                one = json.loads(line)
                yield str(one.get("id", n)), one.get("title") or "", one.get("text") or body(one)


def found_groups(program, paths, show):
    with tempfile.TemporaryDirectory() as tmp:
        texts, everything = {}, os.path.join(tmp, "texts.jsonl")
        with open(everything, "w", encoding="utf-8") as f:
            for n, path in enumerate(paths):
                for ident, title, text in read_texts(path):
                    name = "%d/%s" % (n, ident)
                    texts[name] = text
                    f.write(record(name, title, text))
        _, groups = program.groups([everything])
    print("%d texts, %d groups with %d texts" % (len(texts), len(groups), sum(len(g["documents"]) for g in groups)))
    rng = random.Random(1)
    for group in rng.sample(groups, min(show, len(groups))):
        print()
        for d in group["documents"][:4]:
            print("  %.2f %s: %s" % (d["similarity"], d["id"], texts[d["id"]][:300].replace("\n", " / ")))
    return 0


def self_test():
    rng = random.Random(1)
    text = "".join("第%d句话说的是另外一件事情。\n" % i for i in range(100))
    assert len(cut_end(text, .4, rng, [])) == int(len(text) * .6)
    assert .55 < len(drop(text, .4, rng, [])) / len(text) < .65
    assert 1.35 < len(add(text, .4, rng, ["一句外来的话。"])) / len(text) < 1.45
    assert replace(text, .4, rng, ["外来。"]).count("外来。") in range(35, 45)
    assert sorted(shuffle(text, .4, rng, [])) == sorted(text) and shuffle(text, .4, rng, []) != text
    assert sentences("甲。乙！\n丙") == ["甲。", "乙！\n", "丙"]
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sakuin", default=os.path.join(os.path.dirname(__file__), "..", "..", "build", "sakuin"))
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("--show", type=int, default=20)
    parser.add_argument("what", nargs="?", choices=("reposts", "groups"))
    parser.add_argument("paths", nargs="*")
    options = parser.parse_intermixed_args()
    if options.self_test:
        return self_test()
    if not options.what or not options.paths:
        parser.error("say what to measure, and on which files")
    program = Program(options.sakuin)
    return reposts(program, options.paths) if options.what == "reposts" else found_groups(program, options.paths, options.show)


if __name__ == "__main__":
    sys.exit(main())
