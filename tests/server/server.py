"""A server of our own on a free port, and plain sockets to ask it; for the tests in this folder."""
import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
SEARCH = "/api/v1/search?q=knee"
# What no error may tell: places of files, SQL, our sources.
SECRETS = re.compile(re.escape(ROOT.encode()) + rb"|/usr/|/tmp|\.cpp|\.db\b|SELECT |sqlite", re.I)


class Answer:
    def __init__(self, raw):
        self.raw = raw
        head, _, rest = raw.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        parts = lines[0].split(b" ")
        self.status = int(parts[1]) if len(parts) > 1 and parts[0].startswith(b"HTTP/1.") else 0
        self.headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(b":")
            self.headers.setdefault(name.decode().lower(), []).append(value.strip().decode())
        size = self.headers.get("content-length")
        self.body = rest[:int(size[0])] if size else rest
        self.rest = rest[len(self.body):]

    def header(self, name):
        return ", ".join(self.headers.get(name, []))


class Server:
    def __init__(self, sakuin, kb, *options, address="127.0.0.1"):
        self.address = address
        self.process = subprocess.Popen([sakuin, "--db", kb, "serve", "--listen", address + ":0", *options],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.url = self.process.stdout.readline().decode().strip()
        if not self.url:
            sys.exit("the server did not start: " + self.process.stderr.read().decode())
        self.port = int(self.url.rstrip("/").rsplit(":", 1)[1])

    def connect(self, timeout=5):
        return socket.create_connection((self.address.strip("[]"), self.port), timeout)

    def send(self, raw, timeout=5):
        """What comes back until the server has nothing more to say or closes."""
        with self.connect(timeout) as s:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                s.sendall(raw)
            return Answer(read_answer(s, raw.startswith(b"HEAD ")))

    def request(self, target=SEARCH, method="GET", host=None, headers=(), body=b""):
        host = "%s:%d" % (self.address, self.port) if host is None else host
        lines = ["%s %s HTTP/1.1" % (method, target), "Host: " + host, "Connection: close", *headers]
        if body:
            lines.append("Content-Length: %d" % len(body))
        return self.send("\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body)

    def memory(self):
        with open("/proc/%d/status" % self.process.pid, encoding="ascii") as f:
            return int(re.search(r"VmRSS:\s+(\d+)", f.read()).group(1))

    def descriptors(self):
        return len(os.listdir("/proc/%d/fd" % self.process.pid))

    def stop(self, how=signal.SIGTERM, within=2.0):
        """Exit status and seconds; what it said on standard error must be nothing."""
        began = time.monotonic()
        self.process.send_signal(how)
        try:
            status = self.process.wait(within + 5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            status = None
        took = time.monotonic() - began
        said = self.process.stderr.read().decode()
        self.process.stdout.close()
        self.process.stderr.close()
        return status, took, said


def read_answer(s, is_head=False):
    """Bytes of one answer, or all there is until the other side closes or falls silent."""
    out = b""
    with contextlib.suppress(socket.timeout, ConnectionResetError):
        while True:
            more = s.recv(65536)
            if not more:
                break
            out += more
            head, end, rest = out.partition(b"\r\n\r\n")
            size = re.search(rb"\r\ncontent-length: (\d+)", head, re.I)
            if end and (is_head or (size and len(rest) >= int(size.group(1)))):
                break
    return out


class Checks:
    """Counts what holds and prints what does not."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def that(self, what, holds, seen=""):
        self.count += 1
        if not holds:
            self.failed += 1
            print("FAILED: %s%s" % (what, ": saw %r" % (seen,) if seen != "" else ""))

    def status(self, what, answer, *wanted):
        self.that("%s: wanted %s" % (what, " or ".join(map(str, wanted))), answer.status in wanted,
                  answer.raw[:200])
        if answer.status >= 400:
            self.that(what + ": tells of our files", not SECRETS.search(answer.body), answer.body[:300])

    def done(self):
        print("%d checks, %d failed" % (self.count, self.failed))
        sys.exit(1 if self.failed else 0)


@contextlib.contextmanager
def knowledge_base(sakuin, articles="corpus/articles/en"):
    """Articles of ours in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        kb = os.path.join(folder, "kb.db")
        subprocess.run([sakuin, "-q", "--db", kb, "ingest", os.path.join(ROOT, articles)], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        yield kb
