#!/usr/bin/env python3
"""What the glossary brings to questions asked across languages, and how best to ask with it.

    glossary.py [--weight 1] [--most 16] [--each] [--one-sense] SET...     recall at 10, without and with the glossary, by pair of languages
    glossary.py --self-test

SET is a folder with parallel texts: sentences.jsonl ({"id","en","zh-Hans","ja",...}), every one a question and an answer, or passages.jsonl
({"id","lang","text"}) and queries.jsonl ({"passage","lang","text"}). The answer to a question is the text of the same id in another language.

A sketch of a search engine: BM25 over single characters, bigrams and Latin words, and on top a leaf for every place of the question where a
word of the glossary stands, with --weight; of these the --most rarest count. A leaf is all forms of all translations, or with --each one a
translation, or with --one-sense the first translation alone. The forms are a second writing of indexer/thesaurus/inflections.h.
"""
import argparse
import glob
import json
import math
import os
import re
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "corpus")
K1, B = 1.2, .75
COLUMN = {"zh-Hans": 0, "zh-Hant": 0, "ja": 1, "en": 2}
CJK = re.compile(r"[\u3400-\u9fff\u30a0-\u30ff\u3005]+")
LATIN = re.compile(r"[a-z0-9\u00c0-\u024f]+")


def table(path):
    with open(path, encoding="utf-8") as f:
        return [line.rstrip("\n").split("\t") for line in f if line.strip() and not line.startswith("#")]


def folder(corpus):
    variants = {ord(c): key for key, others in (r[:2] for r in table(os.path.join(corpus, "folding", "han.tsv"))) for c in others}
    kana = {c: c + 0x60 for c in range(0x3041, 0x3097)}

    def fold(text):
        return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).casefold().translate(kana).translate(variants))
    return fold


def english(word):
    """the listed forms, and those that are made"""
    verb = word.startswith("to ")
    listed = word[3 if verb else 0:].split("|")
    base = listed[0]
    if not "a" <= base[-1] <= "z":
        return listed, []

    def ies(w):
        return w[-1] == "y" and w[-2:-1] not in tuple("aeiou")

    def plural(w):
        return w[:-1] + "ies" if ies(w) else w + ("es" if re.search("(s|x|z|ch|sh)$", w) else "s")
    if not verb:
        return listed, [plural(base)]
    head, blank, tail = base.partition(" ")
    tail = blank + tail
    stem = head[:-1] if re.search("[^eoy]e$", head) else head
    if re.fullmatch("[^aeiou]+[aeiou][bdfgklmnprtvz]|[aeiou][bdfgklmnprtvz]{2}", head):
        stem = head + head[-1]
    past = head[:-1] + "ied" if ies(head) else head + "d" if head.endswith("e") else stem + "ed"
    return listed, [plural(head) + tail, stem + "ing" + tail] + ([past + tail] if len(listed) == 1 else [])


def japanese(word, endings):
    stem = word[:-1]
    if word[-1] in endings and re.search("[\u3400-\u9fff\u3005][\u3041-\u3096]*$", stem):
        return [stem] if len(stem) > 1 else [stem + e for e in endings[word[-1]]]
    return [word]


class Glossary:
    def __init__(self, corpus):
        self.fold = folder(corpus)
        endings = {r[0]: r[1].split(";") for r in table(os.path.join(corpus, "language", "ja", "endings.tsv"))}
        rows = [[field.split(";") for field in r] for p in sorted(glob.glob(os.path.join(corpus, "language", "glossary", "*.tsv"))) for r in table(p)]
        own = {self.fold(re.sub("^to ", "", w).split("|")[0]) for r in rows for w in r[2]}
        self.rows, self.at = [], [defaultdict(list) for _ in range(3)]  # a row: by column, its words, each as its forms
        for number, row in enumerate(rows):
            self.rows.append([])
            for column, words in enumerate(row):
                forms = []
                for word in words:
                    listed, made = english(word) if column == 2 else (japanese(word, endings) if column == 1 else [word], [])
                    folded = [self.fold(f) for f in listed] + [f for f in map(self.fold, made) if f not in own]
                    forms.append(tuple(dict.fromkeys(folded)))
                    for form in forms[-1]:
                        if number not in self.at[column][form]:
                            self.at[column][form].append(number)
                self.rows[-1].append(forms)
        self.longest = [max(map(len, words)) for words in self.at]

    def places(self, text, column):
        """the words that stand in a folded text, the longest at a place"""
        at = 0
        while at < len(text):
            step = 1
            if column != 2 or (text[at].isalnum() and not (at and text[at - 1].isalnum())):
                for size in range(min(self.longest[column], len(text) - at), 0, -1):
                    word = text[at:at + size]
                    if word in self.at[column] and not (column == 2 and text[at + size:at + size + 1].isalnum()):
                        yield word
                        step = size
                        break
            at += step

    def translations(self, word, source, target):
        forms = [f for row in self.at[source][word] for f in self.rows[row][target] if f[0] != word]
        return list(dict.fromkeys(forms))


def terms(text):
    out = LATIN.findall(text)
    for run in CJK.findall(text):
        out += list(run) + [run[i:i + 2] for i in range(len(run) - 1)]
    return out


class Index:
    def __init__(self, texts, column):
        self.texts = [" " + re.sub("[^a-z0-9]+", " ", t) + " " for t in texts] if column == 2 else texts
        self.spaced, self.postings, self.sizes, self.known = column == 2, defaultdict(list), [], {}
        for number, text in enumerate(texts):
            counts = Counter(terms(text))
            self.sizes.append(sum(counts.values()))
            for term, count in counts.items():
                self.postings[term].append((number, count))
        self.mean = sum(self.sizes) / len(self.sizes)

    def phrase(self, forms):
        if forms not in self.known:
            asked = [" " + re.sub("[^a-z0-9]+", " ", f).strip() + " " for f in forms] if self.spaced else forms
            counts = ((n, sum(t.count(f) for f in asked)) for n, t in enumerate(self.texts))
            self.known[forms] = [(n, c) for n, c in counts if c]
        return self.known[forms]

    def add(self, scores, postings, weight):
        if postings:
            idf = math.log(1 + (len(self.sizes) - len(postings) + .5) / (len(postings) + .5))
            for n, c in postings:
                scores[n] += weight * idf * c * (K1 + 1) / (c + K1 * (1 - B + B * self.sizes[n] / self.mean))


def lines(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def load(name):
    sentences = os.path.join(name, "sentences.jsonl")
    if os.path.exists(sentences):
        texts = [(r["id"], lang, r[lang]) for r in lines(sentences) for lang in COLUMN if lang in r]
        return texts, texts
    return ([(r["id"], r["lang"], r["text"]) for r in lines(os.path.join(name, "passages.jsonl"))],
            [(r["passage"], r["lang"], r["text"]) for r in lines(os.path.join(name, "queries.jsonl"))])


def leaves(glossary, index, text, source, target, options):
    found = []
    for word in dict.fromkeys(glossary.places(text, source)):
        words = glossary.translations(word, source, target)
        if options.one_sense:
            words = words[:1]
        groups = [[w] for w in words] if options.each else [words]
        found += [index.phrase(tuple(dict.fromkeys(f for w in g for f in w))) for g in groups if g]
    return sorted(filter(None, found), key=len)[:options.most]


def measure(name, glossary, options):
    """{(source, target): (questions, recall without, recall with)}"""
    texts, questions = load(name)
    out = {}
    for target in sorted({lang for _, lang, _ in texts}):
        ids = [i for i, lang, _ in texts if lang == target]
        index = Index([glossary.fold(t) for _, lang, t in texts if lang == target], COLUMN[target])
        for source in sorted({lang for _, lang, _ in questions}):
            if COLUMN[source] == COLUMN[target]:
                continue
            hits = [0, 0]
            asked = [(i, glossary.fold(t)) for i, lang, t in questions if lang == source]
            for answer, text in asked:
                scores = defaultdict(float)
                for term in sorted(set(terms(text))):
                    index.add(scores, index.postings.get(term), 1)
                for step in (0, 1):
                    hits[step] += answer in [ids[n] for n in sorted(scores, key=lambda n: (-scores[n], n))[:10]]
                    if step == 0:
                        for leaf in leaves(glossary, index, text, COLUMN[source], COLUMN[target], options):
                            index.add(scores, leaf, options.weight)
            out[source, target] = (len(asked), hits[0] / len(asked), hits[1] / len(asked))
    return out


def self_test(options):
    glossary = Glossary(ROOT)
    assert glossary.translations("mask", 2, 0), "a known word has translations"
    assert "news" not in glossary.rows[glossary.at[2]["new"][0]][2][0], "news is no plural of new"
    pairs = [("the hospital was closed", "医院关闭了"), ("wash your hands with soap", "请用肥皂洗手"), ("prices rose in Germany", "德国的价格上涨"),
             ("the teacher read a book", "老师读了一本书"), ("doctors treat patients", "医生治疗患者")]
    with tempfile.TemporaryDirectory() as name:
        with open(os.path.join(name, "sentences.jsonl"), "w", encoding="utf-8") as f:
            filler = [("x%d" % i, "nothing %d" % i, "\u4e00\u4e01" * (i + 1)) for i in range(30)]
            for i, en, zh in [(str(i), *p) for i, p in enumerate(pairs)] + filler:
                f.write(json.dumps({"id": i, "en": en, "zh-Hans": zh}, ensure_ascii=False) + "\n")
        figures = measure(name, glossary, options)
    for _, without, with_it in figures.values():
        assert with_it > without, "the glossary finds what nothing else does: %s" % figures
    print("self-test passed")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--weight", type=float, default=1)
    parser.add_argument("--most", type=int, default=16)
    parser.add_argument("--each", action="store_true")
    parser.add_argument("--one-sense", action="store_true")
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("sets", nargs="*", metavar="SET")
    options = parser.parse_args()
    if options.self_test:
        return self_test(options)
    if not options.sets:
        parser.error("name a SET, or --self-test")
    glossary = Glossary(ROOT)
    print("%d rows" % len(glossary.rows))
    for name in options.sets:
        for (source, target), (count, without, with_it) in measure(name, glossary, options).items():
            print("%-10s %-7s > %-7s %5d  %.3f  %.3f" % (os.path.basename(os.path.normpath(name)), source, target, count, without, with_it), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
