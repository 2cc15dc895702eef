#!/usr/bin/env python3
"""The JSON API of the real program, over a knowledge base of our own articles.

  api_test.py --sakuin PROGRAM requests      every row of requests.tsv: status, type, and what must hold of the answer
  api_test.py --sakuin PROGRAM laws          pages join, ETags, the same objects as the command line's, decisions, feeds
  api_test.py --sakuin PROGRAM schemathesis  requests that Schemathesis makes up from the OpenAPI document, with a fixed seed;
                                             exit status 77 (skipped) where it is not installed
  api_test.py --self-test                    the checks can fail

Every JSON answer must fit the schema that /api/v1/openapi.json names, closed: a key that is not described is a mistake here.
Needs Debian's python3-jsonschema.
"""
import argparse
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ET

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "<script>alert(1)</script> & ]]> \"x\" 'y'"
SKIPPED = 77
LATEST = 10  # seconds, docs/decisions/0031-kept-answers.md
# What no answer of an error may show.
LEAKS = re.compile(r"\.(?:db|cpp|sql)\b|SELECT |sqlite|no such table|/usr/|" + re.escape(tempfile.gettempdir()), re.I)


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        self.text = body.decode("utf-8", "replace")
        self.type = headers.get("Content-Type", "")
        self.json = json.loads(self.text) if "json" in self.type and "jsonl" not in self.type and body else None


class Server:
    def __init__(self, program, folder):
        self.program, self.db = program, os.path.join(folder, "k.db")
        articles = os.path.join(folder, "articles")
        shutil.copytree(os.path.join(ROOT, "corpus/articles"), articles)
        with open(os.path.join(articles, "hostile.jsonl"), "w", encoding="utf-8") as f:
            f.write(json.dumps({"id": "h/1 <x>", "url": "javascript:alert(1)", "title": HOSTILE, "language": "en",
                                "published": "2019", "sections": [{"text": ""}, {"heading": "=1+1", "level": 2, "text": "=2+2 of a calf cramp & <b>bold</b>\u0001"}]}) + "\n")
        self.cli("ingest", "-q", articles)
        self.process = subprocess.Popen([program, "--db", self.db, "serve", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
        self.base = self.process.stdout.readline().strip().rstrip("/")

    def cli(self, *arguments, status=(0, 1)):
        p = subprocess.run([self.program, "--db", self.db, *arguments], capture_output=True, text=True, env=dict(os.environ, LC_ALL="C"))
        if p.returncode not in status:
            sys.exit("%s: %d %s" % (" ".join(arguments)[:200], p.returncode, p.stderr))
        return p.stdout

    def ask(self, method, path, body=None, **headers):
        data = None if body is None else body.encode()
        request = urllib.request.Request(self.base + path, data=data, method=method)
        if data is not None and "Content-Type" not in headers:
            request.add_header("Content-Type", "application/json")
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with urllib.request.urlopen(request, timeout=60) as r:
                return Answer(r.status, r.headers, r.read())
        except urllib.error.HTTPError as e:
            return Answer(e.code, e.headers, e.read())

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout=60)
        self.process.stdout.close()
        return status


@contextlib.contextmanager
def serving(program):
    with tempfile.TemporaryDirectory() as folder:
        server = Server(program, folder)
        try:
            yield server
        finally:
            status = server.stop()
        if status != 0:
            sys.exit("the server ended with exit status %d" % status)


def closed(schema):
    """The schema without room for keys that it does not describe."""
    if isinstance(schema, list):
        return [closed(x) for x in schema]
    if not isinstance(schema, dict):
        return schema
    out = {k: closed(v) for k, v in schema.items()}
    if "properties" in out and "additionalProperties" not in out and out.get("type") == "object":
        out["additionalProperties"] = False
    return out


class Described:
    """The OpenAPI document: which operation a path is, and the schema of its answers."""

    def __init__(self, document):
        import jsonschema
        self.jsonschema = jsonschema
        self.document = document
        self.components = closed(document["components"])
        self.patterns = [(re.compile("^" + re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(p)) + "$"), p) for p in document["paths"]]

    def operation(self, method, path):
        path = path.split("?")[0]
        exact = [p for r, p in self.patterns if p == path]
        for pattern in exact or [p for r, p in self.patterns if r.match(path)]:
            return self.document["paths"][pattern].get(method.lower())
        return None

    def check(self, value, schema):
        """What does not fit, or nothing. `schema`: a name, or a schema."""
        if isinstance(schema, str):
            schema = {"$ref": "#/components/schemas/" + schema}
        root = dict(closed(schema), components=self.components)
        return [e.json_path + ": " + e.message[:200] for e in self.jsonschema.Draft202012Validator(root).iter_errors(value)]

    def problems(self, method, path, answer):
        operation = self.operation(method, path)
        if operation is None:
            return [] if answer.status in (404, 405, 421) else ["is no operation of the document"]
        responses = operation["responses"]
        told = responses.get(str(answer.status), responses["default"])
        kind = answer.type.split(";")[0]
        if answer.status == 304:
            return []
        if kind not in told["content"]:
            return ["type %s, the document has %s" % (kind, ", ".join(told["content"]))]
        schema = told["content"][kind].get("schema")
        if not schema or answer.json is None:
            return []
        if "fields=" not in path and "$ref" in schema:  # then nothing may be missing
            schema = {"$ref": re.sub("Fields$", "", schema["$ref"])}
        return self.check(answer.json, schema)


def error_problems(answer):
    out = []
    if answer.type != "application/problem+json":
        return ["an error is application/problem+json, not " + answer.type]
    if answer.json.get("status") != answer.status or not answer.json.get("code") or not answer.json.get("detail"):
        out.append("a problem has status, code and detail")
    if LEAKS.search(answer.text):
        out.append("shows what is inside")
    return out


def names(server):
    """What rows call {document}, {section}, {pair}, {finding}: of this knowledge base."""
    documents = json.loads(server.cli("list", "--json"))
    document = next(d["id"] for d in documents if "calf-cramp-and-strain" in d["uri"])
    pair = json.loads(server.cli("contradictions", "--json"))["contradictions"][0]
    return {"document": document, "section": document + "%231", "pair": pair["id"], "finding": pair["cluster"],
            "hostile": urllib.parse.quote("h/1 <x>", safe="")}


def rows():
    with open(os.path.join(HERE, "requests.tsv"), encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            if line.strip() and not line.startswith("#"):
                method, path, body, status, holds = (line.rstrip("\n").split("\t") + ["", "", ""])[:5]
                yield number, method, path, body, int(status), holds


def fill(text, known):
    return re.sub(r"\{(\w+)\}", lambda m: known.get(m.group(1), m.group(0)), text)


def run_row(server, described, known, method, path, body, status, holds):
    path = urllib.parse.quote(fill(path, known), safe="/?=&%:,.-_~+")
    headers = {}
    if body.startswith("!"):  # of another type
        kind, body = body[1:].split(" ", 1)
        headers["Content_Type"] = kind
    answer = server.ask(method, path, fill(body, known) if body else None, **headers)
    out = [] if answer.status == status else ["status %d, not %d: %s" % (answer.status, status, answer.text[:200])]
    out += described.problems(method, path, answer)
    if answer.status >= 400:
        out += error_problems(answer)
    if not out and holds and not eval(holds, {"j": answer.json, "t": answer.text, "h": answer.headers, "ET": ET, "HOSTILE": HOSTILE, **known}):
        out.append("does not hold: %s; %s" % (holds, answer.text[:300]))
    return out


def requests(program):
    failed = 0
    with serving(program) as server:
        described = Described(server.get("/api/v1/openapi.json").json)
        known = names(server)
        asked = set()
        for number, method, path, body, status, holds in rows():
            operation = described.operation(method, fill(path, known))
            asked.add(operation["operationId"] if operation else "")
            for problem in run_row(server, described, known, method, path, body, status, holds):
                failed += 1
                print("requests.tsv:%d: %s %s: %s" % (number, method, path, problem))
        for methods in described.document["paths"].values():
            for operation in methods.values():
                if operation["operationId"] not in asked:
                    failed += 1
                    print("requests.tsv: no row asks for %s" % operation["operationId"])
        with open(os.path.join(ROOT, "docs/api.md"), encoding="utf-8") as f:
            docs = f.read()
        for path in described.document["paths"]:
            if path not in docs:
                failed += 1
                print("docs/api.md: does not name %s" % path)
    print("%d requests, %d problems" % (len(list(rows())), failed))
    return failed


def pages(server, path, key, size):
    """All items, page by page."""
    out, after = [], ""
    for _ in range(1000):
        answer = server.get(path + "&limit=%d" % size + ("&after=" + after if after else "")).json
        out += answer[key]
        if len(answer[key]) > size or not answer.get("next"):
            return out
        after = answer["next"]
    return out


def check_pages(server):
    lists = {"/api/v1/documents?": "documents", "/api/v1/advice?": "advice", "/api/v1/contradictions?state=all": "contradictions",
             "/api/v1/contradictions?pairs=false": "contradictions", "/api/v1/concepts?scheme=symptoms": "concepts", "/api/v1/search?q=knee&facets=0": "hits"}
    for path, key in lists.items():
        whole = server.get(path + "&limit=1000").json
        yield len(whole[key]) == whole["total"] > 7, "%s: %d of %d" % (path, len(whole[key]), whole["total"])
        yield pages(server, path, key, 97 if whole["total"] > 200 else 7) == whole[key], path + ": its pages do not join"
        lines = server.get(path + "&limit=1000&format=jsonl")
        yield [json.loads(x) for x in lines.text.split("\n") if x] == whole[key], path + ": other objects as JSON Lines"
    first = server.get("/api/v1/documents?limit=5&format=csv")
    link = re.match(r'<(/[^>]+)>; rel="next"', first.headers["Link"] or "")
    yield bool(link) and "after=" in link.group(1), "CSV does not say where it goes on"
    yield len(server.get(link.group(1)).text.strip().split("\n")) == 6, "the next page of CSV is none"


def check_etags(server):
    for path in ("/api/v1/search?q=knee", "/api/v1/documents?limit=3", "/api/v1/contradictions?limit=2", "/api/v1/openapi.json"):
        first = server.get(path)
        again = server.get(path, If_None_Match=first.headers["ETag"])
        yield (again.status, again.body) == (304, b""), path + ": not 304"
        yield server.get(path, If_None_Match='W/"other"').status == 200, path + ": 304 for another tag"
    tag = server.get("/api/v1/search?q=knee&limit=5").headers["ETag"]
    yield server.get("/api/v1/search?limit=5&q=knee&language=").headers["ETag"] == tag, "the order of parameters changes the tag"
    yield server.get("/api/v1/search?q=knees&limit=5").headers["ETag"] != tag, "another query has the same tag"


def check_same_as_command_line(server, known):
    def command(*arguments):
        return json.loads(server.cli(*arguments))

    def without_time(answer):
        return {k: v for k, v in answer.items() if k != "seconds"}
    get = lambda path: server.get(path).json
    document, finding = known["document"], known["finding"]
    yield get("/api/v1/documents?limit=1000")["documents"] == command("list", "--json"), "documents"
    yield get("/api/v1/documents/" + document) == command("show", document, "--json"), "a document"
    yield get("/api/v1/sections/" + document + "%231") == command("show", document + "#1", "--json"), "a section"
    yield server.get("/api/v1/documents/%s?format=markdown" % document).text == server.cli("show", document, "--format", "markdown"), "Markdown"
    yield get("/api/v1/concepts/cramp") == command("thesaurus", "show", "cramp", "--json") if get("/api/v1/concepts/cramp").get("id") else True, "a concept"
    yield get("/api/v1/concepts?limit=1000")["concepts"] == command("thesaurus", "list", "--json")[:1000], "concepts"
    yield get("/api/v1/conditions?ui=ja") == command("conditions", "--ui-language", "ja", "--json"), "conditions"
    yield get("/api/v1/conditions/knee-pain") == command("conditions", "knee-pain", "--json"), "a condition"
    yield get("/api/v1/stats") == command("stats", "--json"), "stats"
    yield get("/api/v1/advice?condition=muscle-cramp&limit=1000") == command("advice", "--condition", "muscle-cramp", "--json"), "advice"
    yield get("/api/v1/positions?condition=muscle-cramp") == command("positions", "--condition", "muscle-cramp", "--json"), "positions"
    yield get("/api/v1/contradictions?limit=1000&severity=high&ui=ja") == command("contradictions", "--severity", "high", "--ui-language", "ja", "--json"), "contradictions"
    yield without_time(get("/api/v1/search?q=calf+cramp")) == without_time(command("search", "calf", "cramp", "--json")), "a search"
    yield without_time(get("/api/v1/suggest?q=kn")) == without_time(command("complete", "kn", "--json")), "a completion"
    for path, arguments in (("search?q=calf", ("search", "calf")), ("advice?limit=1000", ("advice",)), ("positions?condition=muscle-cramp", ("positions", "--condition", "muscle-cramp"))):
        yield server.get("/api/v1/" + path + "&format=csv").text == server.cli(*arguments, "--format", "csv"), path + " as CSV"
    mine = sorted(server.get("/api/v1/contradictions?limit=1000&format=csv").text.split("\n"))
    yield mine == sorted(server.cli("contradictions", "--format", "csv").split("\n")), "contradictions as CSV"
    yield get("/api/v1/contradictions/" + finding)["id"] == finding, "a finding"
    yield get("/api/v1/contradictions/" + known["pair"]) == command("contradictions", "--json")["contradictions"][0], "a pair"


def check_decisions(server, described, known):
    post = lambda path, **body: server.ask("POST", "/api/v1/" + path, json.dumps(body))
    contradictions = server.get("/api/v1/contradictions").headers["ETag"]
    documents = server.get("/api/v1/documents").headers["ETag"]
    made = post("reviews", **{"target": known["finding"], "as": "false-positive", "reason": "N2", "note": "only \u0007after exercise", "by": "kim"})
    yield made.status == 201 and made.json["note"] == "only after exercise", "not decided: " + made.text
    yield not described.check(made.json, "Review"), "the entry is of another form"
    yield server.get("/api/v1/contradictions", If_None_Match=contradictions).status == 200, "a verdict did not change the tag"
    yield server.get("/api/v1/documents", If_None_Match=documents).status == 304, "a verdict changed the tag of documents"
    pair = server.get("/api/v1/contradictions/" + known["pair"]).json
    yield (pair["state"], pair["reviewed_by"], pair["review_reason"]) == ("false-positive", "kim", "N2"), "not shown: %s" % pair["state"]
    open_ones = server.get("/api/v1/contradictions?limit=1000").json["contradictions"]
    yield known["finding"] not in {p["cluster"] for p in open_ones}, "still among the open ones"
    held = server.get("/api/v1/reviews").json
    yield held == json.loads(server.cli("review", "--list", "--json")) and held["reviews"][0]["now"] == "stands", "reviews: %s" % held
    yield server.get("/api/v1/reviews/log").json == json.loads(server.cli("review", "--log", "--json")), "the log"
    yield server.get("/api/v1/reviews/log?format=jsonl").text == server.cli("review", "--export", "-"), "the log as JSON Lines"
    yield post("reviews", **{"target": known["finding"][:8], "as": "confirmed"}).json["by"] == "api", "the beginning of an id, nobody named"
    yield post("reviews/undo", target=known["finding"], by="lee").json["state"] == "undo", "not taken back"
    yield server.get("/api/v1/contradictions/" + known["pair"]).json["state"] == "false-positive", "the verdict before it does not hold"
    yield post("reviews/undo", target=known["finding"]).status == 201, "not taken back again"
    yield post("reviews/undo", target=known["finding"]).status == 404, "nothing is left to take back"
    yield server.get("/api/v1/contradictions/" + known["pair"]).json["state"] == "open", "not open again"
    yield server.get("/api/v1/reviews/log").json["total"] == 4, "the log does not grow"
    yield server.cli("verify").strip() == "sound", "verify"


def check_feeds(server):
    for path in ("/feed/search?q=cramp&limit=1000", "/feed/contradictions?limit=1000"):
        feed = ET.fromstring(server.get(path).body)
        for name in ("id", "title", "updated", "author"):
            yield feed.find(ATOM + name) is not None, "%s: no %s" % (path, name)
        entries = feed.findall(ATOM + "entry")
        ids = [e.find(ATOM + "id").text for e in entries]
        yield len(ids) == len(set(ids)) > 3, path + ": ids"
        times = [e.find(ATOM + "updated").text for e in entries]
        yield all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", t) for t in times), path + ": times"
        yield times == sorted(times, reverse=True), path + ": not the newest first"
        yield feed.find(ATOM + "updated").text == max(times), path + ": updated"
        yield all(e.find(ATOM + "link").get("href").startswith(server.base + "/") for e in entries), path + ": links"
    titles = [e.find(ATOM + "title").text for e in ET.fromstring(server.get("/feed/search?q=cramp&limit=1000").body).findall(ATOM + "entry")]
    yield any(t.startswith(HOSTILE) for t in titles), "a hostile title is not as it was"
    yield server.get("/feed/search?q=cramp").body == server.get("/feed/search?q=cramp").body, "a feed changes by itself"
    description = ET.fromstring(server.get("/opensearch.xml").body)
    templates = [u.get("template") for u in description.iter() if u.tag.endswith("}Url")]
    yield any(t.startswith(server.base) and "{searchTerms}" in t for t in templates), "templates: %s" % templates


def check_metrics(server):
    text = server.get("/metrics").text
    line = re.compile(r"# (?:HELP|TYPE) .*|sakuin_\w+(?:\{[^}]*\})? [0-9.e+-]+(?:inf)?")
    bad = [x for x in text.split("\n") if x and not line.fullmatch(x)]
    yield not bad, "metrics: %s" % bad[:3]
    yield "sakuin_documents 22" in text and 'sakuin_http_requests_total{route="search",status="200"}' in text, "metrics: " + text[:300]


def check_after_ingest(server):
    """What others add is seen at once, and changes the tags."""
    tag = server.get("/api/v1/search?q=knee").headers["ETag"]
    path = os.path.join(os.path.dirname(server.db), "new.txt")
    with open(path, "w") as f:
        f.write("A zebra finch\n\nOf a knee.\n")
    server.cli("ingest", "-q", path)
    yield server.get("/api/v1/search?q=knee", If_None_Match=tag).status == 200, "an ingest did not change the tag"
    yield server.get("/api/v1/search?q=%22zebra+finch%22").json["total"] == 1, "an ingest is not seen"
    # Others' kept answer may be late where many ask, but no more than is promised, and never for one who wants it new.
    now = server.get("/healthz").json["generation"]
    asked_new = server.get("/api/v1/search?q=knee", Cache_Control="no-cache").headers["Sakuin-Generation"]
    yield asked_new == str(now), "with no-cache of generation %s, now %d" % (asked_new, now)
    until = time.time() + LATEST
    while server.get("/api/v1/stats").json["versions"]["generation"] != now and time.time() < until:
        time.sleep(.2)
    kept = server.get("/api/v1/stats")
    yield kept.json["versions"]["generation"] == now, "after %d seconds an ingest is not seen" % LATEST
    yield kept.headers["Sakuin-Generation"] == str(now), "made of %s, now %d" % (kept.headers["Sakuin-Generation"], now)


def laws(program):
    failed = count = 0
    with serving(program) as server:
        described = Described(server.get("/api/v1/openapi.json").json)
        known = names(server)
        for checks in (check_pages(server), check_etags(server), check_same_as_command_line(server, known), check_decisions(server, described, known),
                       check_feeds(server), check_metrics(server), check_after_ingest(server)):
            for good, message in checks:
                count += 1
                if not good:
                    failed += 1
                    print("api_test.py: " + message)
    print("%d laws, %d broken" % (count, failed))
    return failed


def schemathesis(program, examples):
    tool = shutil.which("schemathesis")
    if not tool:
        print("skipped: schemathesis is not installed; docs/api.md says how")
        sys.exit(SKIPPED)
    with serving(program) as server:
        p = subprocess.run([tool, "run", server.base + "/api/v1/openapi.json", "--seed", "1", "--generation-deterministic", "--max-examples", str(examples),
                            "--checks", "all", "--request-timeout", "60", "--no-color", "--warnings", "off"], cwd=os.path.dirname(server.db), capture_output=True, text=True)
        alive = server.get("/healthz").status == 200
    print(p.stdout[-6000:] + p.stderr[-1000:])
    return 0 if p.returncode == 0 and alive else 1


def self_test():
    document = {"paths": {"/a/{id}": {"get": {"operationId": "a", "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/AFields"}}}},
                                                                                "default": {"content": {"application/problem+json": {}}}}}}},
                "components": {"schemas": {"A": {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]},
                                           "AFields": {"type": "object", "properties": {"n": {"type": "integer"}}}}}}
    described = Described(document)
    good = lambda text, path="/a/1", status=200, kind="application/json": described.problems("GET", path, Answer(status, {"Content-Type": kind}, text.encode()))
    assert good('{"n":1}') == []
    assert good('{}') and good('{"n":"1"}') and good('{"n":1,"m":2}') and good("{}", kind="text/html")
    assert good("{}", path="/a/1?fields=n") == [] and good('{"m":1}', path="/a/1?fields=n")
    assert good("{}", path="/b")
    problem = lambda text, kind="application/problem+json": error_problems(Answer(404, {"Content-Type": kind}, text.encode()))
    assert problem('{"status":404,"code":"x","detail":"y"}') == []
    assert problem('{"status":500,"code":"x","detail":"y"}') and problem('{"status":404,"code":"x","detail":"y in k.db"}') and problem("{}", "text/html")
    print("self-test passed")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=["requests", "laws", "schemathesis"])
    parser.add_argument("--sakuin")
    parser.add_argument("--examples", type=int, default=10)
    parser.add_argument("--self-test", action="store_true")
    o = parser.parse_args()
    if o.self_test:
        return self_test()
    if not o.sakuin or not o.what:
        parser.error("wants --sakuin and what to run")
    run = {"requests": requests, "laws": laws, "schemathesis": lambda program: schemathesis(program, o.examples)}[o.what]
    sys.exit(1 if run(os.path.abspath(o.sakuin)) else 0)


if __name__ == "__main__":
    main()
