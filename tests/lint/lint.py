#!/usr/bin/env python3
"""Checks what a compiler does not: include edges, ASCII, sizes, words that do not belong here.

    python3 tests/lint/lint.py layers|ascii|sizes|words|format|docs|readmes      exit status 1 and file:line for every finding
    python3 tests/lint/lint.py --self-test                               proves that each of them can fail
"""
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
SOURCES = (".cpp", ".h")
MOST_HEADER, MOST_SOURCE = 150, 400
FORMATTER = "clang-format-14"
# Paths of somebody's machine and hosts of package registries; written so that this file does not hold them.
WORDS = re.compile(r"/(?:home|Users|root|wor" r"k)/[a-z]|/tm" r"p/[a-z]|(?:pyp" r"i|crate" r"s|npmj" r"s|maven" r")\.(?:org|io|com)|deb\.debian")


def files(root, folders, endings):
    for folder in folders:
        for path, names, entries in os.walk(os.path.join(root, folder)):
            names[:] = [n for n in names if n not in ("__pycache__", "build")]
            for name in sorted(entries):
                if name.endswith(endings):
                    yield os.path.relpath(os.path.join(path, name), root)


def read(root, name):
    with open(os.path.join(root, name), encoding="utf-8", errors="replace") as f:
        return f.read()


def folder_of(name):
    return "/".join(name.split("/")[:2])


def layers(root):
    allowed = {tuple(x.split("\t")) for x in read(root, "tests/lint/layers.tsv").split("\n") if x and not x.startswith("#")}
    for name in files(root, ("indexer", "query"), SOURCES):
        for number, line in enumerate(read(root, name).split("\n"), 1):
            m = re.match(r'\s*#\s*include\s*"([^"]+)"', line)
            if not m:
                continue
            here, there = folder_of(name), folder_of(m.group(1))
            if here != there and (here, there) not in allowed:
                yield "%s:%d: %s must not include %s (tests/lint/layers.tsv)" % (name, number, here, there)
    for name in files(root, ("indexer", "query"), ("CMakeLists.txt",)):
        text = read(root, name)
        m = re.search(r"sakuin_library\(sakuin_(\w+)(.*?)\)", text, re.S)
        depends = re.search(r"DEPENDS(.*?)(?:LIBRARIES|SUBFOLDERS|$)", m.group(2), re.S) if m else None
        for there in re.findall(r"sakuin_(\w+)", depends.group(1)) if depends else []:
            here = os.path.dirname(name)
            edges = {b for a, b in allowed if a == here}
            if not any(e.endswith("/" + there) for e in edges):
                yield "%s:1: depends on sakuin_%s, an edge that is not in tests/lint/layers.tsv" % (name, there)


def ascii_only(root):
    for name in files(root, ("indexer", "query"), SOURCES + (".sql", ".cmake", "CMakeLists.txt")):
        for number, line in enumerate(read(root, name).split("\n"), 1):
            if not line.isascii():
                yield "%s:%d: not ASCII; words belong in corpus/" % (name, number)


def sizes(root):
    for name in files(root, ("indexer", "query"), SOURCES):
        lines = read(root, name).count("\n")
        most = MOST_HEADER if name.endswith(".h") else MOST_SOURCE
        if lines > most:
            yield "%s:%d: %d lines, at most %d: look for the two things in it" % (name, lines, lines, most)


def words(root):
    top = sorted(n for n in os.listdir(root) if os.path.isfile(os.path.join(root, n)) and n != ".git")
    for name in top + list(files(root, ("indexer", "query", "tests", "docs", "corpus", ".ci"), ("",))):
        if name.endswith(".compiled"):  # made by the build
            continue
        for number, line in enumerate(read(root, name).split("\n"), 1):
            if WORDS.search(line):
                yield "%s:%d: a path of a machine or a registry's host" % (name, number)


def formatted(root):
    names = list(files(root, ("indexer", "query", "tests"), SOURCES))
    try:
        p = subprocess.run([FORMATTER, "--dry-run", "-Werror"] + names, cwd=root, capture_output=True, text=True)
    except FileNotFoundError:
        yield "%s is not installed; ./check installs it" % FORMATTER
        return
    for line in p.stderr.split("\n"):
        if "error:" in line:
            yield line.replace(root + "/", "")


def docs(root):
    """Every command and every error code stands in the docs; every decision page has its four parts."""
    cli = read(root, "docs/cli.md")
    for name in files(root, ("query/app/commands",), (".cpp",)):
        for command in re.findall(r'Name\(\) const override \{ return "(\w+)"; \}', read(root, name)):
            if "## " + command not in cli:
                yield "docs/cli.md:1: has no heading for the command %s" % command
    errors = read(root, "docs/errors.md")
    for code in re.findall(r'return "([\w-]+)";', read(root, "indexer/base/error.cpp")):
        if code != "unknown" and "`%s`" % code not in errors:
            yield "docs/errors.md:1: does not name the error code %s" % code
    for name in files(root, ("docs/decisions",), (".md",)):
        for part in ("## Context", "## Choice", "## Turned down", "## Look again"):
            if part not in read(root, name):
                yield "%s:1: has no part '%s'" % (name, part)
    table = read(root, "docs/architecture.md")
    for folder in sorted({folder_of(n) for n in files(root, ("indexer", "query"), SOURCES)}):
        if "`%s/`" % folder not in table:
            yield "docs/architecture.md:1: does not name the folder %s/" % folder


def commands_of(text):
    """The code of a page without what stands behind it, the addresses of its links, and the code in its tables."""
    code = [re.split(r"\s{2,}|\s+#\s", line.strip())[0] for line in text.split("\n") if line.startswith("    ")]
    pages = re.sub(r"!\[[^]]*\]\([^)]*\)", "", text)  # a picture shows the pages in the README's own language
    links = sorted(set(re.findall(r"\]\(([^)#]+)[^)]*\)", pages)) - set(READMES))
    cells = [cell for line in text.split("\n") if line.startswith("|") for cell in re.findall(r"`([^`]+)`", line)]
    return {"code": code, "links": links, "code of the tables": sorted(cells)}


READMES = ("README.md", "README.zh.md", "README.ja.md")


def readmes(root):
    """What a reader types and follows is the same in every language, and each README leads to the others."""
    texts = {name: read(root, name) for name in READMES}
    first = commands_of(texts[READMES[0]])
    for name in READMES:
        for other in READMES:
            if other != name and "](%s)" % other not in texts[name]:
                yield "%s:1: does not lead to %s" % (name, other)
        for what, here in commands_of(texts[name]).items():
            if here != first[what]:
                apart = [x for x in here if x not in first[what]] + [x for x in first[what] if x not in here]
                yield "%s:1: its %s differ from %s: %s" % (name, what, READMES[0], apart[:5] or "in order or number")
        for link in commands_of(texts[name])["links"]:
            if ":" not in link and not os.path.exists(os.path.join(root, link)):
                yield "%s:1: leads to %s, which is not there" % (name, link)


CHECKS = {"layers": layers, "ascii": ascii_only, "sizes": sizes, "words": words, "format": formatted, "docs": docs,
          "readmes": readmes}


def self_test():
    with tempfile.TemporaryDirectory() as tmp:
        def write(name, text):
            path = os.path.join(tmp, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)
        write("tests/lint/layers.tsv", "indexer/text\tindexer/base\n")
        write("indexer/text/CMakeLists.txt", "sakuin_library(sakuin_text DEPENDS sakuin_store)\n")
        write("indexer/text/a.cpp", '#include "indexer/base/a.h"\n#include "query/plan/b.h"\n// \u8171\nint  x ;\n' + "\n" * 500)
        write("docs/x.md", "see /ho" "me/someone/x\n")
        write("query/app/commands/a.cpp", 'const char* Name() const override { return "new"; }\n')
        write("docs/cli.md", "")
        write("docs/errors.md", "")
        write("docs/architecture.md", "")
        write("docs/decisions/0001-x.md", "")
        write("indexer/base/error.cpp", 'return "io";\n')
        write("README.md", "[a](README.zh.md) [b](README.ja.md)\n\n    sakuin search x    # finds x\n")
        write("README.zh.md", "[a](README.md) [b](README.ja.md)\n\n    sakuin search x    # other words\n")
        write("README.ja.md", "[a](README.md) [b](README.zh.md)\n\n    sakuin find x\n")
        write(".clang-format", "BasedOnStyle: Google\n")
        for name, check in CHECKS.items():
            found = list(check(tmp))
            assert found, "%s found nothing in a tree that is full of mistakes" % name
        assert len(list(layers(tmp))) == 2, list(layers(tmp))
        assert [x.split(":")[0] for x in readmes(tmp)] == ["README.ja.md"], list(readmes(tmp))
    print("self-test passed")


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    if len(sys.argv) != 2 or sys.argv[1] not in CHECKS:
        sys.exit(__doc__)
    found = list(CHECKS[sys.argv[1]](ROOT))
    for line in found[:40]:
        print(line)
    if len(found) > 40:
        print("and %d more" % (len(found) - 40))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
