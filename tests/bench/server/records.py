#!/usr/bin/env python3
"""Many articles made of few: as JSON Lines, for measurements that need a large knowledge base.

    sakuin extract corpus/articles | python3 tests/bench/server/records.py --documents 10000 >articles.jsonl

Each record takes sections of all articles in its language, half of their sentences in another order, and some sentences
of others; numbers are changed. Few are near-duplicates of each other. The same seed gives the same bytes.
"""
import argparse
import json
import random
import re
import sys

SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]|[^.!?。！？\n]+[.!?]?\s*|\n")


def sentences(text):
    return [s for s in SENTENCE.findall(text) if s.strip()]


def varied(text, others, chance):
    out = [s for s in sentences(text) if chance.random() < .5]
    out += [s.rstrip("\n") + "\n" for s in chance.choices(others, k=chance.randint(1, 4))]
    chance.shuffle(out)
    return re.sub(r"(?<![\d.])\d{1,2}(?![\d.])", lambda m: str(max(1, int(m.group()) + chance.randint(-1, 2))), "".join(out))


def records(articles, count, seed, first=0):
    own, lines = {}, {}
    for article in articles:
        for section in article["sections"][1:]:
            own.setdefault(article["language"], []).append(section)
            lines.setdefault(article["language"], []).extend(sentences(section["text"]))
    for number in range(first, first + count):
        chance = random.Random("%d %d" % (seed, number))
        article = articles[number % len(articles)]
        language = article["language"]
        sections = chance.sample(own[language], chance.randint(4, min(12, max(5, len(own[language]) // 5))))
        yield {
            "id": "made-%d" % number,
            "url": "https://site%d.example.org/%s/%d" % (number % 17, language, number),
            "title": "%s %d" % (article["title"], number),
            "language": language,
            "published": "%d-%02d-%02d" % (2005 + number % 20, 1 + number % 12, 1 + number % 28),
            "site": "site%d.example.org" % (number % 17),
            "sections": [{"heading": s.get("heading", ""), "level": s.get("level", 1),
                          "text": varied(s["text"], lines[language], chance)} for s in sections],
        }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10000)
    parser.add_argument("--first", type=int, default=0, help="number of the first one")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    articles = [json.loads(line) for line in sys.stdin if line.strip()]
    for record in records(articles, options.documents, options.seed, options.first):
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
