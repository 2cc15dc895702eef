#!/usr/bin/env python3
"""Whatever may come over the wire: hosts, origins, limits, broken requests, encodings.

    python3 tests/server/wire.py --sakuin build/sakuin
"""
import argparse
import gzip
import json
import os
import re

from server import SEARCH, Checks, Server, knowledge_base, read_answer

FORM = "Content-Type: application/x-www-form-urlencoded"


def hosts(server, checks):
    port = server.port
    for host in ("127.0.0.1:%d", "localhost:%d", "LOCALHOST:%d", "[::1]:%d"):
        checks.status("Host " + host, server.request(host=host % port), 200)
    for host in ("evil.example", "evil.example:%d" % port, "localhost", "localhost.:%d" % port, "127.0.0.1:%d" % (port ^ 1),
                 "[::2]:%d" % port, "127.0.0.1:%d.evil.example" % port, "localhost:%d@evil.example" % port, "", ":%d" % port,
                 "[::1", "127.0.0.1.evil.example:%d" % port, "0.0.0.0:%d" % port, "127.0.0.1:"):
        checks.status("Host %r" % host, server.request(host=host), 421)
    line = b"GET " + SEARCH.encode() + b" HTTP/1.%d\r\n%s\r\n"
    own = b"Host: localhost:%d\r\n" % port
    checks.status("no Host", server.send(line % (1, b"")), 400)
    checks.status("no Host, HTTP/1.0", server.send(line % (0, b"")), 400)
    checks.status("two equal Hosts", server.send(line % (1, own + own)), 400)
    checks.status("two Hosts", server.send(line % (1, own + b"Host: evil.example\r\n")), 400)
    checks.status("HTTP/1.0", server.send(line % (0, own)), 200)
    absolute = b"GET http://%s" + SEARCH.encode() + b" HTTP/1.1\r\nConnection: close\r\nHost: %s\r\n\r\n"
    name = b"localhost:%d" % port
    checks.status("whole address", server.send(absolute % (name, name)), 200)
    checks.status("whole address of another host", server.send(absolute % (b"evil.example", name)), 421)


def origins(server, checks):
    own = "http://localhost:%d" % server.port
    host = "localhost:%d" % server.port
    for header in ("Origin: http://evil.example", "Origin: null", "Origin: http://localhost:1", "Sec-Fetch-Site: cross-site",
                   "Sec-Fetch-Site: same-site", "Origin: %s\r\nOrigin: http://evil.example" % own,
                   "Origin: http://localhost:%d.evil.example" % server.port):
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            answer = server.request(method=method, host=host, headers=[header, "Content-Type: application/json"], body=b"{}")
            checks.status("%s with %s" % (method, header), answer, 403)
    for header in ("Origin: " + own, "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none"):
        answer = server.request(method="POST", host=host, headers=[header, "Content-Type: application/json"], body=b"{}")
        checks.status("POST with " + header, answer, 405)  # let through, and no route takes it
    checks.status("another site may read", server.request(headers=["Origin: http://evil.example"]), 200)
    answer = server.request(headers=["Origin: http://evil.example"])
    checks.that("but its page sees nothing", "access-control-allow-origin" not in answer.headers, answer.headers)
    answer = server.request(method="OPTIONS", headers=["Origin: http://evil.example", "Access-Control-Request-Method: POST"])
    checks.status("it is not told that it may write", answer, 405)
    checks.that("nor by a header", "access-control-allow-origin" not in answer.headers, answer.headers)


def methods(server, checks):
    for method in ("BREW", "TRACE", "PROPFIND", "POST", "PUT", "DELETE", "PATCH", "get"):
        answer = server.request(method=method)
        checks.status("method " + method, answer, 405, 501)
        checks.that(method + ": the methods that are taken", method == "get" or "GET" in answer.header("allow"), answer.headers)
    checks.status("CONNECT", server.request("127.0.0.1:1", method="CONNECT"), 400)
    checks.status("OPTIONS *", server.request("*", method="OPTIONS"), 404, 405)
    head = server.request(method="HEAD")
    get = server.request()
    checks.status("HEAD", head, 200)
    checks.that("HEAD has no body", head.rest == b"" and head.raw.endswith(b"\r\n\r\n"))
    # The time that a search took is a part of its answer, and of another length each time.
    size = abs(int(head.header("content-length")) - int(get.header("content-length")))
    checks.that("HEAD tells the size of GET", size <= 12, (head.headers, get.headers))
    checks.status("POST to nowhere", server.request("/nowhere", method="POST", headers=[FORM], body=b"a=1"), 404)


def broken(server, checks):
    host = b"Host: localhost:%d\r\n" % server.port
    get = b"GET " + SEARCH.encode()
    post = b"POST " + SEARCH.encode() + b" HTTP/1.1\r\n" + host
    for what, raw in (
            ("HTTP/0.9", get + b"\r\n\r\n"), ("HTTP/2", get + b" HTTP/2.0\r\n" + host + b"\r\n"),
            ("h2 preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), ("HTTP/1.11", get + b" HTTP/1.11\r\n" + host + b"\r\n"),
            ("TLS hello", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 600), ("zeros", b"\x00" * 100 + b"\r\n\r\n"),
            ("nothing but a line", b"hello\r\n\r\n"), ("no name of a field", get + b" HTTP/1.1\r\n" + host + b": x\r\n\r\n"),
            ("blank before the colon", get + b" HTTP/1.1\r\n" + host + b"X : y\r\n\r\n"),
            ("NUL in a field", get + b" HTTP/1.1\r\n" + host + b"X: a\x00b\r\n\r\n"),
            ("bare CR in a field", get + b" HTTP/1.1\r\n" + host + b"X: a\rb\r\n\r\n"),
            ("no path", b"GET api HTTP/1.1\r\n" + host + b"\r\n"), ("fragment", b"GET /a#b HTTP/1.1\r\n" + host + b"\r\n"),
            ("blank in the target", b"GET /a b HTTP/1.1\r\n" + host + b"\r\n"),
            ("negative length", post + b"Content-Length: -1\r\n\r\n"), ("length in words", post + b"Content-Length: ten\r\n\r\n"),
            ("length beyond 64 bits", post + b"Content-Length: 99999999999999999999999\r\n\r\n"),
            ("two lengths", post + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
            ("length list", post + b"Content-Length: 1, 2\r\n\r\nab"),
            ("length and chunked", post + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            ("chunked and length", post + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"),
            ("bad chunk", post + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n"),
            ("chunk of negative size", post + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n"),
            ("chunk that lies", post + b"Transfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n0\r\n\r\n"),
            ("chunk beyond 64 bits", post + b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nhello\r\n0\r\n\r\n")):
        answer = server.send(raw)
        checks.status(what, answer, 400, 413)
        checks.that(what + ": the connection ends", answer.header("connection").lower() == "close", answer.headers)
    for coding in (b"xchunked", b"chunked, identity", b"gzip, chunked", b"identity", b"chunked\r\nTransfer-Encoding: chunked"):
        answer = server.send(post + b"Transfer-Encoding: " + coding + b"\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n" + host + b"\r\n")
        checks.status("Transfer-Encoding %r" % coding, answer, 400, 501)
        checks.that("%r: nothing behind it is a request" % coding, b"HTTP/1.1" not in answer.rest, answer.rest)


def limits(server, checks):
    start = ("GET %s HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\nX: " % (SEARCH, server.port)).encode()
    for extra, wanted in ((-1, 200), (0, 200), (1, 431), (4096, 431)):
        fill = 16 * 1024 - len(start) - 4 + extra
        checks.status("header of 16 KiB %+d" % extra, server.send(start + b"a" * fill + b"\r\n\r\n"), wanted)
    many = b"".join(b"a%d:\r\n" % i for i in range(3000))
    checks.status("3,000 fields", server.send(start + b"\r\n" + many + b"\r\n"), 431)
    post = ("POST %s HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\nContent-Type: application/json\r\n"
            % (SEARCH, server.port)).encode()
    for extra, wanted in ((-1, 405), (0, 405), (1, 413), (1 << 20, 413)):
        size = (1 << 20) + extra
        raw = post + b"Content-Length: %d\r\n\r\n" % size + b"a" * size
        checks.status("body of 1 MiB %+d" % extra, server.send(raw), wanted)
        chunked = post + b"Transfer-Encoding: chunked\r\n\r\n"
        for at in range(0, size, 65536):
            piece = b"a" * min(65536, size - at)
            chunked += b"%x\r\n" % len(piece) + piece + b"\r\n"
        checks.status("chunked body of 1 MiB %+d" % extra, server.send(chunked + b"0\r\n\r\n"), wanted)
    checks.status("a body that is refused unread",
                  server.send(post + b"Expect: 100-continue\r\nContent-Length: 9999999\r\n\r\n"), 413)


def pipelining(server, checks):
    one = "GET /%%d HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % server.port
    with server.connect(10) as s:
        s.sendall("".join(one % i for i in range(1000)).encode())
        got = b""
        while got.count(b"HTTP/1.1 404") < 1000:
            more = s.recv(65536)
            if not more:
                break
            got += more
    checks.that("1,000 requests in one go", got.count(b"HTTP/1.1 404") == 1000, got.count(b"HTTP/1.1 "))
    with server.connect() as s:  # byte by byte is a request too
        for byte in ("GET %s HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % (SEARCH, server.port)).encode():
            s.sendall(bytes([byte]))
        checks.that("byte by byte", b" 200 OK" in read_answer(s))


def caching(server, checks):
    checks.that("no error is kept", server.request(SEARCH + "&limit=x").header("cache-control") == "no-store")
    answer = server.request()
    for name, value in (("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"), ("x-frame-options", "DENY"),
                        ("cross-origin-opener-policy", "same-origin"), ("cross-origin-resource-policy", "same-origin"),
                        ("cache-control", "no-cache")):
        checks.that(name, answer.header(name) == value, answer.header(name))
    policy = answer.header("content-security-policy")
    for part in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"):
        checks.that(part, part in policy and "unsafe" not in policy, policy)
    tag = answer.header("etag")
    checks.that("an ETag", re.fullmatch(r'W/"\w+"', tag), tag)
    checks.status("If-None-Match: *", server.request(headers=["If-None-Match: *"]), 304)
    checks.status("If-None-Match of something else", server.request(headers=['If-None-Match: "x"']), 200)
    answer = server.request(headers=["If-None-Match: *"])
    checks.that("304 has no body and says by what it varies", answer.body == b"" and answer.header("vary"), answer.raw)
    for accepted, packed in (("gzip", True), ("GZIP", True), ("gzip;q=0", False), ("gzip; q=0.000", False), ("gzip;q=0.001", True),
                             ("*", True), ("*;q=0", False), ("*;q=0, gzip", True), ("gzip;q=0, *", False), ("br, deflate", False),
                             ("identity", False), ("br;q=1.0, gzip;q=0.8, *;q=0.1", True), ("", False), (";;,,=q", False)):
        answer = server.request(headers=["Accept-Encoding: " + accepted])
        checks.that("Accept-Encoding %r" % accepted, (answer.header("content-encoding") == "gzip") == packed, answer.headers)
        body = gzip.decompress(answer.body) if packed else answer.body
        checks.that("%r can be read" % accepted, json.loads(body)["query"] == "knee")


def addresses(server, checks):
    search = "/api/v1/search?q="
    for path in ("/", "/..", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/api/v1/documents/%2e%2e%2fx", "//", "/%00", "/%",
                 "/%zz", "/api/v1/documents/%00", "/api/v1/documents/a%0d%0ab", "/api/v1/documents/%ff", "/\\..\\x", "/api/v1/search/",
                 "/api/v1//search", "/assets/../x", "/assets/%2e%2e/x", "/API/V1/SEARCH", "/\u00e9"):
        answer = server.request(path)
        checks.status("GET " + path, answer, 200 if path == "/" else 404, 404)
    for query in ("%", "%zz", "%f", "%00", "a%00b", "%ff%fe", "%ed%a0%80", "%f4%90%80%80", "'", '"', "';DROP%20TABLE%20documents;--", "(", "*",
                  "NEAR(", "%22%22%22", "AND", "a" * 8000, "%e8%86%9d", "+", "&", "=", "<script>alert(1)</script>",
                  "%E2%80%AE", "title:", "lang:x", "secret:x", "-", "\u819d"):
        answer = server.request(search + query)
        checks.status("q=" + query[:40], answer, 200)
        json.loads(answer.body)
    checks.status("two queries", server.request(search + "a&q=b"), 422)
    checks.status("an empty field of a form", server.request(search + "knee&limit="), 200)
    for name, value in (("limit", "-1"), ("limit", "1001"), ("limit", "x"), ("limit", "1e3"), ("limit", "99999999999999999999"),
                        ("by", "x"), ("sort", "x"), ("after", "x"), ("after", "1.2"), ("after", "-1.0.0")):
        checks.status("%s=%s" % (name, value), server.request("%sknee&%s=%s" % (search, name, value)), 422)
    for name in ("language", "condition", "aspect", "site", "published", "ui", "by", "sort", "after", "limit", "expand", "x"):
        for value in ("'", "%27%20OR%201=1--", "%00", "%0d%0aSet-Cookie:%20a=b", "x" * 3000, "%ff"):
            answer = server.request("%sknee&%s=%s" % (search, name, value))
            # A name that nothing has is not found; a value that no name can be is refused.
            checks.status("%s=%s" % (name, value[:20]), answer, 200, 422, 404 if name in ("condition", "aspect") else 422)
            checks.that("%s=%s: a header of its own" % (name, value[:20]), b"\nset-cookie: a=b" not in answer.raw.lower(), answer.raw[:300])


def deadlines(sakuin, checks):
    """A search that takes too long is given up, and whoever did it serves the next one."""
    # Finds every section there is, and shows them all.
    words = "%20OR%20".join(("the", "of", "a", "to", "の", "は", "を", "に", "的", "不", "膝", "痛", "腰", "\"e\"", "\"t\""))
    with knowledge_base(sakuin, "corpus/articles") as kb:
        server = Server(sakuin, kb, "--query-time", "1")
        for _ in range(10):
            answer = server.request("/api/v1/search?limit=1000&q=" + words)
            checks.status("a search of more than a millisecond", answer, 503)
            checks.that("says why", json.loads(answer.body)["code"] == "timeout", answer.body)
        statuses = [server.request("/api/v1/search?limit=0&q=title:zz").status for _ in range(50)]
        checks.that("a quick one is answered after these", 200 in statuses and set(statuses) <= {200, 503}, statuses)
        server.stop()
        server = Server(sakuin, kb, "--query-time", "3600000")
        checks.status("with more time", server.request("/api/v1/search?limit=1000&q=" + words), 200)
        status, _, said = server.stop()
        checks.that("ends well", status == 0 and said == "", (status, said))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sakuin", required=True)
    options = parser.parse_args()
    checks = Checks()
    with knowledge_base(os.path.abspath(options.sakuin)) as kb:
        server = Server(options.sakuin, kb)
        for part in (hosts, origins, methods, broken, limits, pipelining, caching, addresses):
            part(server, checks)
        checks.status("after all of it", server.request(), 200)
        status, _, said = server.stop()
        checks.that("ends well", status == 0 and said == "", (status, said))
    deadlines(os.path.abspath(options.sakuin), checks)
    checks.done()


if __name__ == "__main__":
    main()
