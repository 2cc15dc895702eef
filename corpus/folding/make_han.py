#!/usr/bin/env python3
"""Makes han.tsv from OpenCC's character tables and han_own.tsv.

    python3 corpus/folding/make_han.py [--check]

Needs Debian's `opencc` and `libopencc-data`. Two characters are one class when some OpenCC table maps one to the other
(simplified, traditional, Taiwan, Hong Kong, Japanese new forms) or han_own.tsv says so; classes are closed under that. A
class's key is its first character that is in GB 2312, else the one with the smallest code point. --check: write nothing,
exit status 1 where han.tsv would change.
"""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TABLES = ("STCharacters", "TSCharacters", "TWVariants", "TWVariantsRev", "HKVariants", "HKVariantsRev",
          "JPVariants", "JPVariantsRev", "JPShinjitaiCharacters")
FOLDER = "/usr/share/opencc"


def rows(tables=TABLES):
    with tempfile.TemporaryDirectory() as tmp:
        for name in tables:
            out = os.path.join(tmp, name)
            subprocess.run(["opencc_dict", "-i", os.path.join(FOLDER, name + ".ocd2"), "-o", out, "-f", "ocd2", "-t", "text"],
                           check=True, stdout=subprocess.DEVNULL)
            with open(out, encoding="utf-8") as f:
                for line in f:
                    key, _, values = line.rstrip("\n").partition("\t")
                    yield [key] + values.split(" ")


def own(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as f:
        for line in f:
            if line.strip() and not line.startswith("#"):
                yield line.rstrip("\n").split("\t")[0]


def in_use(c):
    """is it in one of the national sets (GB 2312, Big5 with HKSCS, JIS X 0208/0212/0213)? The rest is left alone."""
    for codec in ("gb2312", "big5hkscs", "euc_jp", "euc_jis_2004"):
        try:
            c.encode(codec)
            return True
        except UnicodeEncodeError:
            pass
    return False


def in_gb2312(c):
    try:
        return len(c.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def main():
    parent = {}

    def root(c):
        parent.setdefault(c, c)
        while parent[c] != c:
            parent[c] = parent[parent[c]]
            c = parent[c]
        return c

    apart = {tuple(x) for x in own("han_apart.tsv")}
    apart |= {(b, a) for a, b in apart}
    for group in rows():
        for c in group[1:]:
            if len(c) == 1 and len(group[0]) == 1 and in_use(c) and in_use(group[0]) and (group[0], c) not in apart:
                parent[root(c)] = root(group[0])
    for group in own("han_own.tsv"):
        for c in group:
            parent[root(c)] = root(group[0])
    classes = {}
    for c in sorted(parent):
        classes.setdefault(root(c), []).append(c)
    lines = []
    for members in classes.values():
        if len(members) < 2:
            continue
        key = next((c for c in members if in_gb2312(c)), members[0])
        lines.append(key + "\t" + "".join(c for c in members if c != key))
    text = ("# Han variants: the key of a class and its other members. Made by make_han.py from OpenCC's tables\n"
            "# (Apache-2.0, see NOTICE), han_own.tsv and han_apart.tsv; edit those, not this.\n" + "\n".join(sorted(lines)) + "\n")
    path = os.path.join(HERE, "han.tsv")
    if "--check" in sys.argv[1:]:
        with open(path, encoding="utf-8") as f:
            same = f.read() == text
        print("han.tsv is up to date" if same else "han.tsv would change: run corpus/folding/make_han.py")
        sys.exit(0 if same else 1)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    print("%d classes" % len(lines))


if __name__ == "__main__":
    main()
