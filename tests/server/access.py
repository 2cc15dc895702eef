#!/usr/bin/env python3
"""Who may ask: addresses, tokens, certificates; and how a server ends.

    python3 tests/server/access.py --sakuin build/sakuin
"""
import argparse
import contextlib
import os
import signal
import socket
import ssl
import subprocess
import threading
import time
import warnings

from server import SEARCH, Answer, Checks, Server, knowledge_base, read_answer

TOKEN = "a word that nobody guesses"
WRONG_SECONDS = .5


def refusals(sakuin, kb, folder, checks):
    token, short = os.path.join(folder, "token"), os.path.join(folder, "short")
    for path, text in ((token, TOKEN + "\n"), (short, "short\n")):
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
    for what, options, wanted in (
            ("all addresses", ["--listen", "0.0.0.0:0"], "token"),
            ("all IPv6 addresses", ["--listen", "[::]:0"], "token"),
            ("an IPv4 address in IPv6's form", ["--listen", "[::ffff:0.0.0.0]:0"], "token"),
            ("a token without TLS", ["--listen", "0.0.0.0:0", "--token-file", token], "tls"),
            ("TLS without a token", ["--listen", "0.0.0.0:0", "--tls-cert", "c", "--tls-key", "k"], "token"),
            ("a proxy without a token", ["--listen", "0.0.0.0:0", "--behind-proxy"], "token"),
            ("a short token", ["--token-file", short], "16"), ("no token", ["--token-file", short + "x"], "short"),
            ("no port", ["--listen", "127.0.0.1"], "ADDRESS:PORT"), ("port 65536", ["--listen", "127.0.0.1:65536"], "ADDRESS:PORT"),
            ("no address", ["--listen", "127.evil.example:0"], "address"),
            ("a certificate alone", ["--tls-cert", token], "together"),
            ("no certificate", ["--tls-cert", token, "--tls-key", token], "certificate")):
        p = subprocess.run([sakuin, "--db", kb, "serve", *options], capture_output=True, text=True, timeout=10)
        checks.that(what + " is refused", p.returncode == 2 and wanted in p.stderr and p.stdout == "", (p.returncode, p.stderr))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        p = subprocess.run([sakuin, "--db", kb, "serve", "--listen", "127.0.0.1:%d" % taken.getsockname()[1]],
                           capture_output=True, text=True, timeout=10)
        checks.that("a taken port", p.returncode == 2 and "listens there" in p.stderr, p.stderr)
    p = subprocess.run([sakuin, "--db", kb + "x", "serve"], capture_output=True, text=True, timeout=10)
    checks.that("no knowledge base", p.returncode == 2 and "ingest" in p.stderr, p.stderr)
    return token


def listening(sakuin, kb, checks):
    addresses = ["127.0.0.2"]
    with contextlib.suppress(OSError), socket.create_server(("::1", 0), family=socket.AF_INET6):
        addresses.append("[::1]")  # where the machine has IPv6 at all
    for address in addresses:
        server = Server(sakuin, kb, "--host-name", "Knee.example", address=address)
        checks.status("under its own address " + address, server.request(), 200)
        checks.status("under the name it was given", server.request(host="knee.Example:%d" % server.port), 200)
        checks.status("under another", server.request(host="127.0.0.3:%d" % server.port), 421)
        status, _, said = server.stop()
        checks.that("ends well", status == 0 and said == "", (status, said))


def tokens(sakuin, kb, token, checks):
    server = Server(sakuin, kb, "--token-file", token)

    def timed(*headers):
        began = time.monotonic()
        return server.request(headers=list(headers)), time.monotonic() - began

    answer, _ = timed()
    checks.status("no token", answer, 401)
    checks.that("what is wanted is said", answer.header("www-authenticate") == "Bearer", answer.headers)
    for scheme in ("Bearer", "bearer"):
        answer, took = timed("Authorization: %s %s" % (scheme, TOKEN))
        checks.status("the token, " + scheme, answer, 200)
    for wrong in ("Bearer ", "Bearer x", "Bearer " + TOKEN[:-1], "Bearer " + TOKEN + "x", "Bearer " + TOKEN.upper(), "Basic " + TOKEN, TOKEN,
                  "Bearer " + "x" * 9000, "Bearer %s\r\nAuthorization: Bearer x" % TOKEN):
        answer, took = timed("Authorization: " + wrong)
        checks.status("Authorization: " + wrong[:30], answer, 401)
        checks.that("it takes its time", took >= WRONG_SECONDS, took)
    answer, took = timed("Cookie: sakuin-token=x")
    checks.status("a cookie of one's own", answer, 401)
    checks.that("the token is in no answer", TOKEN.encode() not in answer.raw)
    checks.status("the token in the address", server.request(SEARCH + "&token=" + TOKEN.replace(" ", "%20")), 401)
    # Who guesses keeps nobody waiting.
    with contextlib.ExitStack() as stack:
        for _ in range(50):
            s = stack.enter_context(server.connect())
            s.sendall(("GET / HTTP/1.1\r\nHost: localhost:%d\r\nAuthorization: Bearer x\r\n\r\n" % server.port).encode())
        answer, took = timed("Authorization: Bearer " + TOKEN)
        checks.that("an ordinary request beside 50 guesses", answer.status == 200 and took < WRONG_SECONDS, (answer.status, took))
    status, _, said = server.stop()
    checks.that("ends well", status == 0 and said == "", (status, said))


def certificates(sakuin, kb, token, folder, checks):
    cert, key = os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert],
                   check=True, capture_output=True)
    server = Server(sakuin, kb, "--tls-cert", cert, "--tls-key", key, "--token-file", token)
    checks.that("says https", server.url.startswith("https://"), server.url)

    def secure(context, raw):
        with server.connect() as plain, context.wrap_socket(plain, server_hostname="localhost", suppress_ragged_eofs=False) as s:
            s.sendall(raw)
            return Answer(read_answer(s)), s.version(), s.recv(1)

    context = ssl.create_default_context(cafile=cert)
    get = ("GET %s HTTP/1.1\r\nHost: localhost:%d\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n" % (
        SEARCH, server.port, TOKEN)).encode()
    answer, version, rest = secure(context, get)
    checks.status("over TLS", answer, 200)
    checks.that("TLS 1.3, and its end is told", version == "TLSv1.3" and rest == b"", (version, rest))
    answer, version, _ = secure(context, b"hello\r\n\r\n")
    checks.status("what is no request", answer, 400)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    answer, version, _ = secure(context, get)
    checks.that("TLS 1.2", answer.status == 200 and version == "TLSv1.2", (answer.status, version))
    for old in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
        with contextlib.suppress(ssl.SSLError, ConnectionError, OSError):
            older = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            older.check_hostname = False
            older.verify_mode = ssl.CERT_NONE
            older.set_ciphers("DEFAULT@SECLEVEL=0")  # or the client itself would not offer it
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                older.minimum_version = old
                older.maximum_version = old
            secure(older, get)
            checks.that("an old TLS is refused", False, old)
    checks.that("plain HTTP to it is no answer", server.send(get.replace(b"Bearer", b"B")).status in (0, 400))
    held = [server.connect() for _ in range(20)]  # that never begin their handshake
    answer, _, _ = secure(ssl.create_default_context(cafile=cert), get)
    checks.status("beside half-open ones", answer, 200)
    for s in held:
        s.close()
    status, _, said = server.stop()
    checks.that("ends well", status == 0 and said == "", (status, said))


def endings(sakuin, kb, checks):
    for how, wanted in ((signal.SIGTERM, 0), (signal.SIGINT, 0)):
        server = Server(sakuin, kb)
        idle = [server.connect() for _ in range(10)]
        slow = [server.connect() for _ in range(10)]
        for s in slow:
            s.sendall(b"GET / HT")
        line = ("GET %s&limit=100 HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % (SEARCH, server.port)).encode()
        asked = [server.connect(10) for _ in range(40)]
        for s in asked:
            s.sendall(line)
        # Until the first one is answered: the others are under way or in the line.
        first = read_answer(asked[0])
        ended = []
        stopping = threading.Thread(target=lambda: ended.append(server.stop(how)))
        stopping.start()
        answers = [first] + [read_answer(s) for s in asked[1:]]
        stopping.join()
        status, took, said = ended[0]
        whole = sum(Answer(raw).status == 200 and len(Answer(raw).body) == int(Answer(raw).header("content-length")) for raw in answers)
        checks.that("what was asked is answered (%s)" % how.name, whole == len(asked), whole)
        checks.that("ends with 0, saying nothing", status == wanted and said == "", (status, said))
        checks.that("within two seconds", took <= 2, took)
        for s in idle + slow + asked:
            s.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sakuin", required=True)
    options = parser.parse_args()
    sakuin = os.path.abspath(options.sakuin)
    checks = Checks()
    with knowledge_base(sakuin) as kb:
        folder = os.path.dirname(kb)
        token = refusals(sakuin, kb, folder, checks)
        listening(sakuin, kb, checks)
        tokens(sakuin, kb, token, checks)
        certificates(sakuin, kb, token, folder, checks)
        endings(sakuin, kb, checks)
    checks.done()


if __name__ == "__main__":
    main()
