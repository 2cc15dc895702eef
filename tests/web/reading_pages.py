#!/usr/bin/env python3
"""The pages that are read: search, articles, sources. Asks a served knowledge base for every row of reading_pages.tsv
and looks at the markup; what holds of every page (one heading, names of links, unique ids, languages, no scripts or
styles inside) is looked at on each of them.

    python3 tests/web/reading_pages.py --sakuin build/sakuin ROOT
    python3 tests/web/reading_pages.py --self-test
"""
import argparse
import html.parser
import os
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

VOID = {"br", "hr", "img", "input", "link", "meta", "col"}


class Element:
    def __init__(self, tag, attrs, parent):
        self.tag, self.attrs, self.parent, self.parts = tag, dict(attrs), parent, []

    def text(self):
        return "".join(p if isinstance(p, str) else p.text() for p in self.parts)

    def language(self):
        at = self
        while at is not None:
            if at.attrs.get("lang"):
                return at.attrs["lang"]
            at = at.parent
        return ""


class Tree(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.at = self.root = Element("root", {}, None)
        self.all, self.errors = [], []
        self.feed(text)
        self.close()
        if self.at is not self.root:
            self.errors.append("<%s> is not closed" % self.at.tag)

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        if len(set(names)) != len(names):
            self.errors.append("<%s> has an attribute twice" % tag)
        element = Element(tag, attrs, self.at)
        self.at.parts.append(element)
        self.all.append(element)
        if tag not in VOID:
            self.at = element

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if self.at.tag != tag:
            self.errors.append("</%s> closes <%s>" % (tag, self.at.tag))
            return
        self.at = self.at.parent

    def handle_data(self, data):
        self.at.parts.append(data)

    def find(self, selector):
        """tag.class[attr=value]: each part may be missing; a value that ends with * is a beginning."""
        m = re.fullmatch(r"([\w-]*)((?:\.[\w-]+)*)(?:\[([\w-]+)(?:=([^\]]*))?\])?", selector)
        if not m:
            raise ValueError("no selector: " + selector)
        tag, classes, name, value = m.group(1), m.group(2).split(".")[1:], m.group(3), m.group(4)
        out = []
        for e in self.all:
            if tag and e.tag != tag or not set(classes) <= set((e.attrs.get("class") or "").split()):
                continue
            if name and name not in e.attrs:
                continue
            own = e.attrs.get(name) or ""
            if value and not (own.startswith(value[:-1]) if value.endswith("*") else own == value):
                continue
            out.append(e)
        return out


def general(tree, ui):
    """What holds of every page; a sentence for everything that does not."""
    out = list(tree.errors)
    if [e.attrs.get("lang") for e in tree.find("html")] != [ui]:
        out.append("the page is not in %s" % ui)
    if len(tree.find("h1")) != 1:
        out.append("%d first headings" % len(tree.find("h1")))
    ids = [e.attrs["id"] for e in tree.all if e.attrs.get("id")]
    out += ["id %s stands twice" % i for i in sorted({i for i in ids if ids.count(i) > 1})]
    for e in tree.all:
        for name, value in e.attrs.items():
            if name.startswith("on") or name == "style":
                out.append("<%s %s>" % (e.tag, name))
            if name in ("href", "src", "action") and not re.match(r"(/(?!/)|#|\?|https?://)", value or ""):
                out.append("<%s %s=%s>" % (e.tag, name, value))
        if e.tag == "script" and (e.text().strip() or not e.attrs.get("src")):
            out.append("a script inside of the page")
        if e.tag == "style":
            out.append("a style inside of the page")
        if e.tag == "a" and not (e.text().strip() or e.attrs.get("aria-label")):
            out.append("a link to %s has no name" % e.attrs.get("href"))
        href = e.attrs.get("href") or ""
        if e.tag == "a" and href.startswith("#") and href[1:] not in ids:
            out.append("%s is nowhere" % href)
        if e.tag in ("input", "select", "textarea") and e.attrs.get("type") != "hidden":
            if not any(l.attrs.get("for") == e.attrs.get("id") for l in tree.find("label")):
                out.append("a field %s has no label" % e.attrs.get("name"))
    return out


def holds(tree, check):
    """SELECTOR: there is one; SELECTOR=N: N of them; !SELECTOR: none; SELECTOR~TEXT: one with this text;
    SELECTOR@LANG: all are in this language, and there is one."""
    if check.startswith("!"):
        return not tree.find(check[1:])
    body = re.match(r"^([\w.-]*(?:\[[^\]]*\])?)(?:([~@=])(.*))?$", check)
    if not body:
        raise ValueError("no check: " + check)
    found, sign, value = tree.find(body.group(1)), body.group(2), body.group(3)
    if sign == "=":
        return len(found) == int(value)
    if sign == "~":
        return any(value in e.text() for e in found)
    if sign == "@":
        return bool(found) and all(e.language() == value for e in found)
    return bool(found)


def self_test():
    good = ('<!doctype html><html lang="ja"><body><h1>A</h1><p lang="en" class="x y" id="i">one <b>two</b></p>'
            '<a href="#i">go</a><label for="q">l</label><input id="q"></body></html>')
    tree = Tree(good)
    assert not general(tree, "ja"), general(tree, "ja")
    for check in ("p.x.y", "p[id=i]", "p[id=*]", "b~two", "p=1", "b@en", "h1@ja", "!em", "a[href=#i]"):
        assert holds(tree, check), check
    for check in ("em", "p.z", "p=2", "b~three", "b@ja", "!b", "p[id=j]"):
        assert not holds(tree, check), check
    for bad in ('<p>', '<p id="i" id="j">x</p>', '<h1>B</h1>', '<b id="i">x</b>', '<a href="#nowhere">x</a>', '<a href="/x"></a>',
                '<a href="javascript:1">x</a>', '<p onclick="1">x</p>', '<p style="a">x</p>', '<script>1</script>', '<input name="n">',
                '<style>a</style>', '<a href="//x.y/">x</a>'):
        assert general(Tree(good.replace("</body>", bad + "</body>")), "ja"), bad
    assert general(tree, "en")
    print("can fail")


class Server:
    def __init__(self, sakuin, kb):
        self.process = subprocess.Popen([sakuin, "--db", kb, "serve", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip().rstrip("/")

    def get(self, path, language):
        request = urllib.request.Request(self.address + path, headers={"Accept-Language": language, "Accept": "text/html,*/*"})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.headers, answer.read().decode("utf-8")
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers, answer.read().decode("utf-8")

    def close(self):
        self.process.terminate()
        self.process.wait()


ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def make(sakuin, root, folder):
    """A knowledge base of our own articles, an article that attacks, one of ruby and lists, and what is rejected."""
    pages = os.path.join(folder, "pages")
    os.mkdir(pages)
    def write(name, text, mode="w"):
        with open(os.path.join(pages, name), mode, **({} if "b" in mode else {"encoding": "utf-8"})) as f:
            f.write(text)
    write("attack.jsonl", '{"id":"attack","url":"javascript:alert(3)","title":%s,"site":%s,"author":%s,"language":"en","sections":[{"text":%s},'
          '{"heading":%s,"text":"You should rest the knee. %s"}]}\n' % ((quoted(ATTACK),) * 5 + (quoted(ATTACK)[1:-1],)))
    write("ruby.html", '<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>\u819d\u306e\u6c34</title>'
          '<link rel="canonical" href="https://example.org/knee"></head><body><nav><a href="/">\u30db\u30fc\u30e0</a></nav><article>'
          '<h1>\u819d\u306e\u6c34</h1><p><ruby>\u819d\u7aa9<rp>(</rp><rt>\u3057\u3064\u304b</rt><rp>)</rp></ruby>\u304c\u816b\u308c\u308b\u3053\u3068\u304c\u3042\u308a\u307e\u3059\u3002'
          '\u51b7\u3084\u3057\u3066\u304f\u3060\u3055\u3044\u3002</p><h2>\u624b\u5f53\u3066</h2><ul><li>\u819d\u3092\u51b7\u3084\u3059</li><li>\u811a\u3092\u4e0a\u3052\u308b</li></ul></article></body></html>')
    write("broken.zip", b"PK\x03\x04 and no more", "wb")
    kb = os.path.join(folder, "kb.db")
    done = subprocess.run([sakuin, "--db", kb, "-q", "ingest", os.path.join(root, "corpus/articles"), pages], capture_output=True, text=True)
    if done.returncode != 1:
        sys.exit("ingest: exit status %d\n%s" % (done.returncode, done.stderr))
    listed = subprocess.run([sakuin, "--db", kb, "list", "--json"], capture_output=True, text=True).stdout
    return kb, {m[1].rsplit("/", 2)[-2 if m[1].endswith(("source.txt", "source.html")) else -1]: m[0]
                for m in re.findall(r'"id":"([^"]+)","uri":"([^"]+)"', listed)}


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sakuin")
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("root", nargs="?")
    args = parser.parse_args()
    if args.self_test:
        return self_test()
    failed = rows = 0
    with tempfile.TemporaryDirectory() as folder:
        kb, ids = make(args.sakuin, args.root, folder)
        server = Server(args.sakuin, kb)
        try:
            table = os.path.join(os.path.dirname(os.path.abspath(__file__)), "reading_pages.tsv")
            for number, line in enumerate(open(table, encoding="utf-8").read().split("\n"), 1):
                if not line or line.startswith("#"):
                    continue
                path, language, status, *checks = line.split("\t")
                known = lambda text: re.sub(r"\{([\w.-]+)\}", lambda m: ids.get(m.group(1), m.group(0)), text)
                path, checks = known(path), [known(c) for c in checks]
                path = urllib.parse.quote(path, safe="/?&=%#-:.")
                rows += 1
                code, headers, text = server.get(path, language)
                wrong = [] if code == int(status) else ["status %d" % code]
                if headers.get_content_type() == "text/html":
                    tree = Tree(text)
                    wrong += general(tree, language)
                    wrong += [c for c in checks if c and not holds(tree, c)]
                else:
                    wrong += [c for c in checks if c and c not in text and c not in headers.get("Content-Type", "")]
                for one in wrong:
                    failed += 1
                    print("%s:%d: %s: %s" % (table, number, path, one))
        finally:
            server.close()
    print("%d pages, %d failures" % (rows, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
