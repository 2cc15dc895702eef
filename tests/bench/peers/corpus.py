"""The texts and queries of the benchmark: reading them, making more of them, and the scan that says which of them match.

Rows are id<TAB>language<TAB>text, packed or not. What every engine reads is JSON Lines, a document with one section a line.
Standard library only.
"""
import gzip
import json
import os
import random
import re
import unicodedata

SEED = 20261122
SENTENCE = re.compile("[^\u3002\uff01\uff1f!?\n]*(?:[\u3002\uff01\uff1f!?\n]+|$)")


def opened(path):
    return gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")


def read_rows(path):
    with opened(path) as file:
        for line in file:
            fields = line.rstrip("\n").split("\t", 2)
            if len(fields) == 3:
                yield tuple(fields)


def sentences(text):
    return [piece for piece in SENTENCE.findall(text) if piece.strip()]


def enlarged(rows, count):
    """The first `count` rows; where there are fewer, then texts made of their sentences.

    A made text takes language and length of a row drawn at random, and is filled with sentences drawn at random from all of that
    language, at least two, until it is about as long. No text comes twice, so that none is a copy. The words are those of the corpus
    and no others: lists of documents grow with the corpus, the list of words does not.
    """
    yield from rows[:count]
    pools = {}
    for _, language, text in rows:
        pools.setdefault(language, []).extend(sentences(text))
    half = {language: sum(map(len, pool)) / len(pool) / 2 for language, pool in pools.items()}
    draw = random.Random(SEED)
    seen = set()
    number = len(rows)
    while number < count:
        _, language, text = rows[draw.randrange(len(rows))]
        pool, pieces, length = pools[language], [], 0
        while length + half[language] < len(text) or len(pieces) < 2:
            pieces.append(pool[draw.randrange(len(pool))])
            length += len(pieces[-1])
        made = "".join(pieces)
        if made not in seen:
            seen.add(made)
            yield "made-%d" % number, language, made
            number += 1


def write_jsonl(rows, path):
    """Bytes of text written."""
    total = 0
    with open(path + ".part", "w", encoding="utf-8") as file:
        for name, _, text in rows:
            total += len(text.encode("utf-8"))
            file.write(json.dumps({"id": name, "sections": [{"text": text}]}, ensure_ascii=False) + "\n")
    os.replace(path + ".part", path)
    return total


def read_jsonl(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            yield record["id"], record["sections"][0]["text"]


def read_queries(path):
    """[(number, class, [phrase, ...])]; a class that ends in "and" holds two phrases with a blank between them."""
    with open(path, encoding="utf-8") as file:
        fields = [line.rstrip("\n").split("\t", 2) for line in file]
    return [(f[0], f[1], f[2].split(" ") if f[1].endswith("and") else [f[2]]) for f in fields if len(f) == 3]


def fold(text):
    return unicodedata.normalize("NFKC", text).casefold()


def scan(documents, queries):
    """{number: set of ids} by looking for every phrase in every text."""
    wanted = [(number, [fold(phrase) for phrase in phrases]) for number, _, phrases in queries]
    found = {number: set() for number, _ in wanted}
    for name, text in documents:
        folded = fold(text)
        for number, phrases in wanted:
            if all(phrase in folded for phrase in phrases):
                found[number].add(name)
    return found
