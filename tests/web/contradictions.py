#!/usr/bin/env python3
"""The pages of contradictions and conditions as a browser without scripts gets them: what their numbers
say is what stands behind their links, and a verdict goes its way from the list through a form and back.

    python3 tests/web/contradictions.py --sakuin build/sakuin
"""
import argparse
import collections
import html.parser
import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
SAKUIN = os.path.join(ROOT, "build", "sakuin")
VOID = {"br", "hr", "img", "input", "link", "meta", "col"}


class Node:
    def __init__(self, name, attributes, parent):
        self.name, self.attributes, self.parent, self.parts = name, dict(attributes), parent, []

    def all(self, tag=None, **wanted):
        """Elements below, in their order; cls="a b" wants both classes, other words the attribute's value."""
        for part in self.parts:
            if isinstance(part, Node):
                if part.fits(tag, wanted):
                    yield part
                yield from part.all(tag, **wanted)

    def fits(self, tag, wanted):
        if tag and self.name != tag:
            return False
        for key, value in wanted.items():
            if key == "cls":
                if not set(value.split()) <= set(self.attributes.get("class", "").split()):
                    return False
            elif self.attributes.get(key.replace("_", "-")) != value:
                return False
        return True

    def one(self, tag=None, **wanted):
        found = list(self.all(tag, **wanted))
        assert found, "no <%s %s>" % (tag, wanted)
        return found[0]

    def text(self):
        return "".join(p if isinstance(p, str) else p.text() for p in self.parts)

    def language(self):
        at = self
        while at is not None:
            if "lang" in at.attributes:
                return at.attributes["lang"]
            at = at.parent
        return None


class Reader(html.parser.HTMLParser):
    """A tree; fails on an element that is closed by another one's end."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.root = self.at = Node("#document", {}, None)
        self.feed(text)
        self.close()
        assert self.at is self.root, "<%s> stays open" % self.at.name

    def handle_starttag(self, name, attributes):
        for key, _ in attributes:
            assert key != "style" and not key.startswith("on"), "%s in <%s>" % (key, name)
        node = Node(name, attributes, self.at)
        self.at.parts.append(node)
        if name not in VOID:
            self.at = node

    def handle_endtag(self, name):
        assert self.at.name == name, "<%s> ends in <%s>" % (name, self.at.name)
        self.at = self.at.parent

    def handle_data(self, text):
        self.at.parts.append(text)


class Site:
    """A served knowledge base, and a browser without scripts."""

    def __init__(self, kb, *options):
        self.kb = kb
        self.process = subprocess.Popen([SAKUIN, "--db", kb, "serve", "--listen", "127.0.0.1:0", *options],
                                        stdout=subprocess.PIPE, text=True)
        self.host = self.process.stdout.readline().strip().split("//")[1].rstrip("/")
        self.cookies = {}

    def end(self):
        self.process.terminate()
        self.process.wait(10)
        self.process.stdout.close()

    def ask(self, method, path, fields=None, **headers):
        at = http.client.HTTPConnection(self.host, timeout=20)
        send = {"Accept": "text/html", "Accept-Language": "en", **{k.replace("_", "-"): v for k, v in headers.items()}}
        if self.cookies:
            send["Cookie"] = "; ".join("%s=%s" % item for item in self.cookies.items())
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            send["Content-Type"] = "application/x-www-form-urlencoded"
        at.request(method, path, body, send)
        answer = at.getresponse()
        answer.text = answer.read().decode("utf-8")
        for value in answer.headers.get_all("Set-Cookie") or []:
            name, _, content = value.partition(";")[0].partition("=")
            self.cookies[name] = content
        at.close()
        return answer

    def page(self, path, status=200, **headers):
        answer = self.ask("GET", path, **headers)
        assert answer.status == status, "%s: %d %s" % (path, answer.status, answer.text[:400])
        return Reader(answer.text).root

    def send(self, form, **chosen):
        """The form with what is chosen, as a browser sends it; the answer."""
        fields = {n.attributes["name"]: n.attributes.get("value", "") for n in form.all("input") if "name" in n.attributes}
        fields.update({n.attributes["name"]: n.text() for n in form.all("textarea")})
        fields.update(chosen)
        return self.ask("POST", form.attributes["action"], fields)


def run(*words, kb, expect=(0, 1)):
    done = subprocess.run([SAKUIN, "--db", kb, *words], capture_output=True, text=True)
    assert done.returncode in expect, done.stderr
    return done.stdout


def number(text):
    found = re.search(r"\d[\d,]*", text)
    return int(found.group().replace(",", "")) if found else 0


def count(page):
    return number(page.one(id="count").text())


def log(kb):
    return json.loads(run("review", "--log", "--json", kb=kb))["log"]


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    return path


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.kb = os.path.join(cls.folder.name, "kb.db")
        run("-q", "ingest", os.path.join(ROOT, "corpus", "articles"), kb=cls.kb)
        cls.site = Site(cls.kb)

    @classmethod
    def tearDownClass(cls):
        cls.site.end()
        cls.folder.cleanup()

    def findings(self, path="/contradictions?limit=500"):
        return [a.attributes["href"] for item in self.site.page(path).all("li", cls="finding") for a in item.one("h2").all("a")]

    def test_the_list_is_what_the_command_finds(self):
        found = json.loads(run("contradictions", "--json", kb=self.kb))
        page = self.site.page("/contradictions?limit=500")
        self.assertEqual(count(page), found["findings"])
        clusters = [p["cluster"] for p in found["contradictions"][: found["findings"]]]
        self.assertEqual([h.rsplit("/", 1)[1] for h in self.findings()], clusters)
        self.assertGreater(len(clusters), 5)

    def test_pages_join_to_the_whole_list(self):
        path, seen = "/contradictions?limit=3", []
        while path:
            page = self.site.page(path)
            seen += [a.attributes["href"] for item in page.all("li", cls="finding") for a in item.one("h2").all("a")]
            path = next((a.attributes["href"] for a in page.all("a", rel="next")), None)
            path = path and path + "&limit=3"
        self.assertEqual(seen, self.findings())

    def test_every_number_of_a_filter_is_what_stands_behind_it(self):
        seen = 0
        for start in ("/contradictions", "/contradictions?severity=medium", "/contradictions?languages=cross"):
            for link in self.site.page(start).one(cls="facets").all("a"):
                if "aria-current" in link.attributes:
                    continue  # takes a filter off
                shown = number(link.one(cls="number").text())
                there = link.attributes["href"]
                self.assertEqual(count(self.site.page(there)), shown, there)
                seen += 1
        self.assertGreater(seen, 20)

    def test_picture_and_table_of_the_matrix_have_equal_numbers(self):
        page = self.site.page("/contradictions")
        picture = sum(number(t.text()) for t in page.one("svg", cls="matrix").all("text", cls="count"))
        rows = list(page.one(cls="gather").one("tbody").all("tr"))
        cells = sum(number(td.text()) for row in rows for td in list(row.all("td"))[:-1])
        self.assertEqual(picture, cells)
        self.assertEqual(cells, count(page))
        links = [a for a in page.one("svg", cls="matrix").all("a")]
        self.assertGreater(len(links), 8)
        for link in links:
            there = self.site.page(link.attributes["href"])
            self.assertEqual(count(there), number(link.one("text").text()))
            self.assertTrue(link.one("title").text())
            pill = next(there.one(cls="pills").all("a"))
            self.assertEqual(pill.attributes["href"], "/contradictions")

    def test_exports_have_what_the_page_lists(self):
        for path in ("/contradictions", "/contradictions?severity=medium&languages=cross&ui=ja", "/contradictions?kind=dose&state=all"):
            page = self.site.page(path)
            links = {a.text(): a.attributes["href"] for a in page.one(cls="exports").all("a")}
            told = json.loads(self.site.ask("GET", links["JSON"]).text)
            self.assertEqual(told["findings"], count(page), path)
            self.assertEqual(self.site.ask("GET", links["CSV"]).headers["Content-Type"].split(";")[0], "text/csv")
            feed = next(href for href in links.values() if href.startswith("/feed/"))
            self.assertEqual(self.site.ask("GET", feed).status, 200)
        self.site.cookies.pop("sakuin-ui", None)
        for path in ("/contradictions?cell=%2Bice", "/contradictions?languages=ja%2Bzh"):  # the API has no such filter
            self.assertEqual(list(self.site.page(path).all(cls="exports")), [])
        page = self.site.page("/conditions/calf-muscle-strain")
        told = json.loads(self.site.ask("GET", next(page.one(cls="exports").all("a")).attributes["href"].replace("&format=csv", "")).text)
        self.assertEqual(len(told["actions"]), len(list(page.all("section", cls="action"))))

    def test_what_was_chosen_can_be_taken_off(self):
        page = self.site.page("/contradictions?severity=high&kind=opposite-stance")
        pills = [a.attributes["href"] for a in page.one(cls="pills").all("a")]
        self.assertEqual(pills, ["/contradictions?severity=high", "/contradictions?kind=opposite-stance", "/contradictions"])
        self.assertEqual(count(self.site.page("/contradictions?kind=quarrel&severity=fatal")),
                         count(self.site.page("/contradictions")))
        empty = self.site.page("/contradictions?condition=no-such-condition")
        self.assertEqual(count(empty), 0)
        self.assertTrue(list(empty.one("main").all("a", href="/contradictions")))

    def test_next_leads_through_the_list(self):
        listed = self.findings("/contradictions?limit=500&severity=medium")
        path, seen = listed[0], []
        while path:
            seen.append(path)
            page = self.site.page(path)
            path = next((a.attributes["href"] for a in page.one(cls="trail").all("a", rel="next")), None)
        self.assertEqual(seen, listed)
        back = next(self.site.page(seen[1]).one(cls="trail").all("a", rel="prev"))
        self.assertEqual(back.attributes["href"], seen[0])

    def test_a_finding_shows_both_originals_in_their_languages(self):
        for pair in json.loads(run("contradictions", "--json", kb=self.kb))["contradictions"][:8]:
            page = self.site.page("/contradictions/" + pair["id"])
            sides = list(page.all("section", cls="side"))
            self.assertEqual(len(sides), 2)
            for side, advice in zip(sides, (pair["a"], pair["b"])):
                quote = side.one("blockquote")
                self.assertEqual(quote.one(cls="said").text(), advice["quote"])
                self.assertEqual(quote.language(), advice["language"])
                address = "/a/%s#advice-%s" % (urllib.parse.quote(advice["document"], safe=""), advice["id"])
                self.assertIn(address, [a.attributes["href"] for a in side.all("a")])
                there = self.site.page(address.split("#")[0]).one("li", id=address.split("#")[1])
                self.assertIn("note", there.attributes["class"])
            rows = list(page.one("table", cls="axes").one("tbody").all("tr"))
            self.assertEqual(len(rows), 6)
            for row, axis in zip(rows[1:], ("condition", "phase", "population", "window", "dose")):
                self.assertEqual(row.attributes["class"], pair["axes"][axis])
                self.assertTrue(row.one(cls="agreement").text().strip())
            self.assertEqual([li.text() for li in page.one(cls="arithmetic").all("li")], pair["steps"])

    def test_every_page_speaks_every_language_and_shows_no_key(self):
        paths = ["/contradictions", "/contradictions?state=all&limit=500", self.findings()[0], "/conditions",
                 "/conditions?all=1", "/conditions?name=knee", "/conditions/knee-pain", "/login", "/contradictions/gone"]
        for language in ("en", "ja", "zh-Hans", "zh-Hant"):
            for path in paths:
                wanted = 404 if path.endswith("gone") else 200
                page = self.site.page(path + ("&" if "?" in path else "?") + "ui=" + language, wanted)
                self.assertEqual(page.one("html").attributes["lang"], language)
                keys = re.findall(r"\b(?:contradictions|finding|decide|state|reason|severity|conditions?|keys|login|ui)\.[a-z][\w.-]*",
                                  page.one("main").text())
                self.assertEqual(keys, [], path)
        self.site.cookies.pop("sakuin-ui", None)

    def test_the_tree_has_the_numbers_of_the_command(self):
        def flat(nodes):
            for node in nodes:
                yield node["id"], node
                yield from flat(node.get("narrower", []))
        told = json.loads(run("conditions", "--json", kb=self.kb))
        tree = dict(flat(told if isinstance(told, list) else told.get("conditions", told.get("tree", []))))
        shown = {}
        for row in list(self.site.page("/conditions").one(cls="forest").all()):
            if row.name == "h2" or "row" in row.attributes.get("class", "").split():
                links = list(row.all("a"))
                shown[links[0].attributes["href"].rsplit("/", 1)[1]] = number(row.one(cls="count").text())
        self.assertGreater(len(shown), 10)
        self.assertEqual(set(shown), set(tree))

    def test_a_condition_leads_to_what_its_numbers_count(self):
        page = self.site.page("/conditions/calf-muscle-strain")
        links = list(page.one("table", cls="spread").all("a"))
        self.assertGreater(len(links), 4)
        for link in links:
            query = link.attributes["href"].split("?", 1)[1]
            answer = json.loads(self.site.ask("GET", "/api/v1/search?limit=0&" + query).text)
            self.assertEqual(answer["total"], number(link.text()), query)
        names = page.one(cls="labels")
        self.assertEqual({li.language() for li in names.all("li")}, {"en", "ja", "zh-Hans", "zh-Hant"})

    def test_a_number_of_contradictions_is_what_stands_behind_it(self):
        for path in ("/conditions", "/conditions/calf-muscle-strain"):
            links = [a for a in self.site.page(path).one("main").all("a")
                     if a.attributes["href"].startswith("/contradictions?condition=")]
            self.assertTrue(links, path)
            for link in links:
                there = link.attributes["href"]
                self.assertEqual(count(self.site.page(there)), number(next(link.all("span"), link).text()), there)

    def test_positions_are_those_of_the_command(self):
        told = json.loads(run("positions", "--condition", "calf-muscle-strain", "--json", kb=self.kb))
        page = self.site.page("/conditions/calf-muscle-strain")
        self.assertEqual([s.attributes["aria-labelledby"] for s in page.all("section", cls="action")],
                         ["action-" + a["action"] for a in told["actions"]])
        quotes = collections.Counter(q.text() for q in page.one(cls="advice").all("blockquote"))
        wanted = collections.Counter(x["quote"] for a in told["actions"] for p in a["positions"] for x in p["advice"])
        self.assertEqual(quotes, wanted)


class Decisions(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.kb = os.path.join(self.folder.name, "kb.db")
        self.files = [
            write(self.folder.name, "a.md", "# Ankle sprain\n\n## What to do\n\nPut ice on the ankle for 15 minutes.\n\n"
                  "You should massage the ankle every day.\n"),
            write(self.folder.name, "b.md", "# Sprained ankle\n\n## Treatment\n\nDo not use ice on a sprained ankle.\n\n"
                  "Never massage a sprained ankle.\n")]
        run("-q", "ingest", *self.files, kb=self.kb)
        self.sites = []
        self.site = self.serve()

    def tearDown(self):
        for site in self.sites:
            site.end()
        self.folder.cleanup()

    def serve(self, *options):
        self.sites.append(Site(self.kb, *options))
        return self.sites[-1]

    def first(self):
        page = self.site.page("/contradictions")
        return next(page.one("li", cls="finding").one("h2").all("a")).attributes["href"]

    def form(self, path):
        return self.site.page(path).one(cls="decide").one("form")

    def test_a_verdict_leads_to_the_next_finding_and_can_be_undone(self):
        before = count(self.site.page("/contradictions"))
        self.assertGreaterEqual(before, 2)
        path = self.first()
        answer = self.site.send(self.form(path), **{"as": "confirmed", "note": "ask <Dr. Kim>", "by": "\u6797"})
        self.assertEqual(answer.status, 303)
        there = answer.headers["Location"]
        self.assertTrue(there.startswith("/contradictions/") and not there.startswith(path))
        entry = log(self.kb)[-1]
        self.assertEqual((entry["state"], entry["note"], entry["by"]), ("confirmed", "ask <Dr. Kim>", "\u6797"))
        page = self.site.page(there)
        self.assertEqual(page.one(cls="notice").attributes["role"], "status")
        self.assertEqual(next(page.all("input", name="by")).attributes["value"], "\u6797")  # remembered
        self.assertEqual(count(self.site.page("/contradictions")), before - 1)
        self.assertEqual(count(self.site.page("/contradictions?state=confirmed")), 1)
        self.assertIn("ask <Dr. Kim>", self.site.page(path).one(cls="history").text())

        undone = self.site.send(page.one(cls="notice").one("form"))
        self.assertEqual(undone.status, 303)
        self.assertTrue(undone.headers["Location"].startswith(path))
        self.assertEqual(log(self.kb)[-1]["undoes"], entry["id"])
        self.assertEqual(count(self.site.page("/contradictions")), before)
        self.assertEqual(self.site.send(page.one(cls="notice").one("form")).status, 404)  # none stands

    def test_the_last_one_leads_back_to_the_list(self):
        for _ in range(20):
            if not count(self.site.page("/contradictions")):
                break
            answer = self.site.send(self.form(self.first()), **{"as": "fixed"})
        self.assertTrue(answer.headers["Location"].startswith("/contradictions?done="))
        page = self.site.page(answer.headers["Location"])
        self.assertTrue(list(page.one("main").all("a", href="/contradictions?state=all")))
        self.assertEqual(log(self.kb)[-1]["by"], "web")  # who gives no name

    def test_no_conflict_needs_a_reason(self):
        path = self.first()
        answer = self.site.send(self.form(path), **{"as": "false-positive", "note": "kept"})
        self.assertEqual(answer.status, 422)
        page = Reader(answer.text).root
        self.assertEqual(page.one("select", id="reason").attributes["aria-invalid"], "true")
        self.assertEqual(page.one("textarea").text(), "kept")
        self.assertEqual(log(self.kb), [])
        again = self.site.send(page.one(cls="decide").one("form"), **{"as": "false-positive", "reason": "N3"})
        self.assertEqual(again.status, 303)
        self.assertEqual(log(self.kb)[-1]["reason"], "N3")
        # Of another verdict a reason says nothing.
        self.site.send(self.form(self.first()), **{"as": "controversy", "reason": "N3"})
        self.assertNotIn("reason", log(self.kb)[-1])

    def test_what_is_no_verdict_is_told_and_not_stored(self):
        form = self.form(self.first())
        for chosen in ({}, {"as": "undo"}, {"as": "open-sesame"}, {"as": "confirmed", "note": "x" * 2001},
                       {"as": "confirmed", "by": "x" * 201}, {"as": "false-positive", "reason": "N9"}):
            self.assertEqual(self.site.send(form, **chosen).status, 422, chosen)
        self.assertEqual(self.site.send(form, **{"as": "confirmed", "csrf": "x"}).status, 403)
        gone = dict(form.attributes, action="/contradictions/0123456789abcdef/decide")
        form.attributes = gone
        self.assertEqual(self.site.send(form, **{"as": "confirmed"}).status, 404)
        self.assertEqual(self.site.ask("GET", gone["action"]).status, 405)
        self.assertEqual(log(self.kb), [])

    def test_the_filter_goes_along(self):
        path = self.first() + "?severity=low&languages=en"
        answer = self.site.send(self.form(path), **{"as": "duplicate"})
        self.assertRegex(answer.headers["Location"], r"^/contradictions/[0-9a-f]+\?severity=low&languages=en&done=")

    def test_a_pair_is_decided_alone(self):
        pair = json.loads(run("contradictions", "--json", kb=self.kb))["contradictions"][0]["id"]
        self.site.send(self.form("/contradictions/" + pair), **{"as": "confirmed"})
        self.assertEqual(log(self.kb)[-1]["target"], pair)

    def test_an_edited_sentence_comes_back_with_what_it_was(self):
        path = self.first()
        quotes = [q.text() for q in self.site.page(path).all(cls="said")]
        self.site.send(self.form(path), **{"as": "confirmed", "by": "kim"})
        for name in self.files:
            with open(name, encoding="utf-8") as f:
                text = f.read()
            write(self.folder.name, os.path.basename(name), text.replace("Never massage", "Never ever massage"))
        run("-q", "ingest", *self.files, kb=self.kb)
        page = self.site.page("/contradictions?state=changed")
        self.assertEqual(count(page), 1)
        shown = self.site.page(next(page.one("li", cls="finding").one("h2").all("a")).attributes["href"])
        then = [dd.text() for dd in shown.one(cls="changed").all("dd")]
        self.assertEqual(sorted(then), sorted(quotes))
        self.assertIn("kim", shown.one(cls="changed").text())

    def test_a_server_that_only_reads_has_no_form(self):
        path, form = self.first(), self.form(self.first())
        site = self.serve("--read-only")
        self.assertEqual(list(site.page(path).one("main").all("form", method="post")), [])
        self.assertEqual(site.send(form, **{"as": "confirmed"}).status, 403)
        self.assertEqual(log(self.kb), [])


class SignIn(unittest.TestCase):
    def test_a_token_is_asked_for_once(self):
        with tempfile.TemporaryDirectory() as folder:
            kb = os.path.join(folder, "kb.db")
            run("-q", "ingest", write(folder, "a.md", "# Ice\n\nApply ice.\n"), kb=kb)
            token = write(folder, "token", "correct-horse-battery\n")
            site = Site(kb, "--token-file", token)
            try:
                refused = site.page("/contradictions?severity=high", 401)
                link = next(a.attributes["href"] for a in refused.one("main").all("a"))
                self.assertEqual(link, "/login?next=%2Fcontradictions%3Fseverity%3Dhigh")
                form = site.page(link).one("main").one("form")
                self.assertEqual(site.send(form, token="wrong").status, 401)
                right = site.send(form, token="correct-horse-battery")
                self.assertEqual((right.status, right.headers["Location"]), (303, "/contradictions?severity=high"))
                site.page("/contradictions")
                site.cookies.pop("sakuin-token")
                elsewhere = site.send(form, token="correct-horse-battery", next="//evil.example/")
                self.assertEqual(elsewhere.headers["Location"], "/")
                site.cookies.pop("sakuin-token")
                for _ in range(4):
                    self.assertEqual(site.send(form, token="wrong").status, 401)
                slow = site.send(form, token="correct-horse-battery")
                self.assertEqual((slow.status, slow.headers["Retry-After"]), (429, "60"))
            finally:
                site.end()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--sakuin", default=SAKUIN)
    options, rest = parser.parse_known_args()
    SAKUIN = os.path.abspath(options.sakuin)
    unittest.main(argv=[sys.argv[0], *rest])
