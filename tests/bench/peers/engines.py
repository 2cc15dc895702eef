"""The engines of the benchmark: how each is built, told to ingest and asked, and what its files hold.

Cargo and Maven fetch the peers' libraries at pinned versions: Cargo.lock.in is Cargo's lock file but for the registry's address,
pom.xml names every version. Standard library only.
"""
import glob
import json
import os
import shutil
import sqlite3
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
REGISTRY = "registry+https://github.com/rust-lang/" + "crates" + ".io-index"
# Which part of a knowledge base a table belongs to, by the beginning of its name; what is not named here is "other".
SAKUIN_TABLES = (("gram_index", "index"), ("word_index", "index"), ("posting", "index"), ("section_fact", "other"),
                 ("section", "text"), ("source", "text"), ("document", "other"))


class Failed(Exception):
    pass


def run(command, **options):
    """Its output; what it says beside that is passed on where it matters."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        raise Failed("%s: exit %d\n%s" % (" ".join(command), done.returncode, done.stderr))
    if command[0].endswith("sakuin_bench"):
        sys.stderr.write(done.stderr)
    return done.stdout


def measured(command):
    figures = json.loads(run([sys.executable, os.path.join(HERE, "measure.py")] + command))
    if figures["status"] != 0:
        raise Failed("%s: exit %d\n%s" % (" ".join(command), figures["status"], figures["said"]))
    return figures


def files_below(folder):
    return [path for path in glob.glob(os.path.join(folder, "**"), recursive=True) if os.path.isfile(path)]


def sizes_by_ending(folder, stored):
    """{"text", "index"} in bytes: files whose names end so hold the stored text, the others the index."""
    out = {"text": 0, "index": 0}
    for path in files_below(folder):
        out["text" if path.endswith(stored) else "index"] += os.path.getsize(path)
    return out


def copied_sources(name, build):
    target = os.path.join(build, name)
    shutil.copytree(os.path.join(HERE, name), target, ignore=shutil.ignore_patterns("target", "Cargo.lock"), dirs_exist_ok=True)
    return target


class Tantivy:
    """Two fields, words by jieba and bigrams, both with positions; the text stored."""
    stored = (".store",)

    def __init__(self, name, build, options):
        self.name, self.build_folder = name, build
        self.options = options  # THREADS HEAP_MB [both|words|bigrams [search]]
        self.program = os.path.join(build, "tantivy", "target", "release", "tantivy-peer")

    def build(self):
        folder = copied_sources("tantivy", self.build_folder)
        with open(os.path.join(folder, "Cargo.lock.in"), encoding="utf-8") as file:
            lock = file.read().replace("@REGISTRY@", REGISTRY)
        with open(os.path.join(folder, "Cargo.lock"), "w", encoding="utf-8") as file:
            file.write(lock)
        run(["cargo", "build", "--release", "--locked", "--quiet", "--target-dir", os.path.join(folder, "target")], cwd=folder)

    def ingest(self, jsonl, index):
        return measured([self.program, "ingest", jsonl, index] + self.options)

    def sizes(self, index):
        return sizes_by_ending(index, self.stored)

    def time(self, index, queries, repeat, mode):
        return run([self.program, "time", index, queries, str(repeat), mode])

    def list(self, index, queries):
        return run([self.program, "list", index, queries])


class Lucene:
    """CJKAnalyzer: bigrams with positions; the text stored."""
    stored = (".fdt", ".fdx", ".fdm")

    def __init__(self, name, build, options, java_home):
        self.name, self.build_folder = name, build
        self.options = options  # THREADS HEAP_MB
        self.java_home = java_home
        target = os.path.join(build, "lucene", "target")
        self.command = [os.path.join(java_home, "bin", "java"), "-Xmx2g", "--add-modules", "jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp", os.path.join(target, "lucene-peer.jar") + os.pathsep + os.path.join(target, "lib", "*"), "peer.Peer"]

    def build(self):
        folder = copied_sources("lucene", self.build_folder)
        run(["mvn", "-q", "-B", "package"], cwd=folder, env=dict(os.environ, JAVA_HOME=self.java_home))

    def ingest(self, jsonl, index):
        return measured(self.command + ["ingest", jsonl, index] + self.options)

    def sizes(self, index):
        return sizes_by_ending(index, self.stored)

    def time(self, index, queries, repeat, mode):
        return run(self.command + ["time", index, queries, str(repeat), mode])

    def list(self, index, queries):
        return run(self.command + ["list", index, queries])


class Sakuin:
    """`sakuin ingest` with the options given; queries by sakuin_bench."""

    def __init__(self, name, program, bench, options):
        self.name, self.program, self.bench, self.options = name, program, bench, options
        self.bench_options = []

    def build(self):
        for path in (self.program, self.bench):
            if not os.path.exists(path):
                raise Failed("%s: not there; build it first (docs/building.md)" % path)

    @staticmethod
    def kb(index):
        return os.path.join(index, "kb.db")

    def ingest(self, jsonl, index):
        os.makedirs(index)
        return measured([self.program, "--db", self.kb(index), "-q", "ingest", "--format", "jsonl"] + self.options + [jsonl])

    def tables(self, index):
        """{table: bytes}, indexes and FTS5's shadow tables by their own names."""
        connection = sqlite3.connect(self.kb(index))
        try:
            return dict(connection.execute("SELECT s.tbl_name, sum(d.pgsize) FROM dbstat d LEFT JOIN sqlite_master s ON s.name = d.name "
                                           "WHERE d.aggregate = TRUE GROUP BY s.tbl_name"))
        finally:
            connection.close()

    def sizes(self, index):
        out = {"text": 0, "index": 0, "other": 0}
        for table, size in self.tables(index).items():
            out[part_of(table or "")] += size
        for path in files_below(index):  # beside the SQLite file only an index can lie
            if path != self.kb(index):
                out["index"] += os.path.getsize(path)
        return out

    def time(self, index, queries, repeat, mode):
        """Text to ten hits with their ids, in any mode: the engine has no smaller answer."""
        return run([self.bench, "--kb", self.kb(index), "--queries", queries, "--rounds", str(repeat), "--tsv-out"] + self.bench_options +
                   ["--snippets"] * (mode == "snippets"))

    def list(self, index, queries):
        """Its recall is proven by tests and the oracle; here its numbers of matches stand beside the scan's."""
        return ""


def part_of(table):
    return next((part for beginning, part in SAKUIN_TABLES if table.startswith(beginning)), "other")
