"""What run.py computes, on texts small enough to do by hand."""
import os
import sqlite3
import tempfile
import unittest

import corpus
import engines
import run

ROWS = [("1", "en", "One here. Two here! Three?"), ("2", "en", "A b! C d! E f!"), ("3", "zh", "\u7532\u4e59\u3002\u4e19\u4e01\u3002\u620a")]


class Corpus(unittest.TestCase):
    def test_sentences_joined_are_the_text(self):
        for _, _, text in ROWS:
            self.assertEqual("".join(corpus.sentences(text)), text)
        self.assertEqual(corpus.sentences("\u7532\u3002\u4e59!\u4e19"), ["\u7532\u3002", "\u4e59!", "\u4e19"])

    def test_the_first_rows_stay_as_they_are(self):
        self.assertEqual(list(corpus.enlarged(ROWS, 2)), ROWS[:2])

    def test_made_texts_are_new_repeatable_and_of_one_language(self):
        made = list(corpus.enlarged(ROWS, 20))
        self.assertEqual(made, list(corpus.enlarged(ROWS, 20)))
        self.assertEqual(len({text for _, _, text in made[3:]}), 17)
        self.assertEqual(len({name for name, _, _ in made}), 20)
        for _, language, text in made[3:]:
            self.assertEqual(language == "zh", "\u7532" in text or "\u4e19" in text or "\u620a" in text)

    def test_the_scan_folds_width_and_case_and_wants_every_phrase(self):
        documents = [("1", "\uff23\uff34 scan"), ("2", "ct"), ("3", "scan")]
        queries = [("1", "a", ["Ct"]), ("2", "d_and", ["ct", "scan"])]
        self.assertEqual(corpus.scan(documents, queries), {"1": {"1", "2"}, "2": {"1"}})

    def test_json_lines_hold_the_text(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "x.jsonl")
            self.assertEqual(corpus.write_jsonl(ROWS, path), sum(len(t.encode()) for _, _, t in ROWS))
            self.assertEqual(list(corpus.read_jsonl(path)), [(n, t) for n, _, t in ROWS])


class Figures(unittest.TestCase):
    def test_percentiles(self):
        self.assertEqual(run.percentile([3, 1, 2], 0.5), 2)
        self.assertEqual(run.percentile(range(100), 0.99), 99)

    def test_rows_of_a_driver(self):
        got = run.by_class("1\ta\t0.5\t3\n2\ta\t1.5\t4\n3\tb\t9\t0\n")
        self.assertEqual(got["a"], {"p50": 1.5, "p99": 1.5, "documents": 7})
        self.assertEqual(got["all"]["documents"], 7)

    def test_every_engine_is_first_in_turn(self):
        self.assertEqual(list(run.turns([1, 2], 3)), [1, 2, 2, 1, 1, 2])

    def test_sizes(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, size in (("a.store", 5), ("a.term", 7), ("meta.json", 1)):
                with open(os.path.join(folder, name), "wb") as file:
                    file.write(b"x" * size)
            self.assertEqual(engines.sizes_by_ending(folder, (".store",)), {"text": 5, "index": 8})

    def test_parts_of_a_knowledge_base(self):
        with tempfile.TemporaryDirectory() as folder:
            connection = sqlite3.connect(os.path.join(folder, "kb.db"))
            connection.executescript("CREATE TABLE section (x); CREATE INDEX i ON section (x); CREATE TABLE gram_index_data (x);"
                                     "CREATE TABLE tag (x);")
            connection.close()
            got = engines.Sakuin("", "", "", []).sizes(folder)
            self.assertEqual(got["text"], 2 * got["index"])
            self.assertEqual(got["other"], 2 * got["index"])  # the schema and the tags

    def test_what_a_command_costs_is_its_own(self):
        ballast = bytearray(200_000_000)
        figures = engines.measured(["true"])
        self.assertLess(figures["peak_mb"], len(ballast) / 2 ** 20)
        with self.assertRaises(engines.Failed):
            engines.measured(["false"])


def main():
    result = unittest.TextTestRunner().run(unittest.defaultTestLoader.loadTestsFromModule(__import__(__name__)))
    return 0 if result.wasSuccessful() else 1
