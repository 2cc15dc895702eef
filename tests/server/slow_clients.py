#!/usr/bin/env python3
"""A hundred clients of each slow kind at once, beside ordinary ones that must all be answered; and more clients than there is room for.

    python3 tests/server/slow_clients.py --sakuin build/sakuin
"""
import argparse
import contextlib
import os
import select
import threading
import time

from server import SEARCH, Checks, Server, knowledge_base

HEADER_SECONDS = 5
SLACK = 1.0


class Slow:
    """Connections that trickle a byte now and then; told is how long each lived."""

    def __init__(self, server, count, first, piece, never_read=False):
        self.open = {}
        self.lived = []
        self.piece = piece
        for _ in range(count):
            s = server.connect()
            s.sendall(first)
            self.open[s] = time.monotonic()
        self.never_read = never_read

    def trickle(self):
        for s in list(self.open):
            try:
                readable = not self.never_read and select.select([s], [], [], 0)[0]
                if readable and not s.recv(65536):
                    raise ConnectionResetError
                s.send(self.piece)
            except OSError:
                self.lived.append(time.monotonic() - self.open.pop(s))
                s.close()

    def close(self):
        for s in self.open:
            s.close()


def ordinary(server, stop, seconds, bad):
    while not stop.is_set():
        began = time.monotonic()
        with contextlib.suppress(OSError):
            if server.request().status == 200:
                seconds.append(time.monotonic() - began)
                time.sleep(.02)
                continue
        bad.append(time.monotonic() - began)


def beside_slow_ones(server, checks):
    host = b"Host: localhost:%d\r\n" % server.port
    kinds = {
        "slow header": Slow(server, 100, b"GET /", b"a"),
        "slow body": Slow(server, 100, b"POST " + SEARCH.encode() + b" HTTP/1.1\r\n" + host + b"Content-Length: 100000\r\n\r\n", b"a"),
        # Each asks for more than its socket holds, and reads nothing of it.
        "slow reading": Slow(server, 100, (b"GET " + SEARCH.encode() + b"&limit=1000 HTTP/1.1\r\n" + host + b"\r\n") * 3, b"", True),
    }
    seconds, bad, stop = [], [], threading.Event()
    threads = [threading.Thread(target=ordinary, args=(server, stop, seconds, bad)) for _ in range(2)]
    for thread in threads:
        thread.start()
    began = time.monotonic()
    while time.monotonic() - began < HEADER_SECONDS + SLACK:
        for slow in kinds.values():
            slow.trickle()
        time.sleep(.2)
    stop.set()
    for thread in threads:
        thread.join()
    checks.that("every ordinary request is answered", not bad and len(seconds) > 20, (len(seconds), bad[:5]))
    seconds.sort()
    print("%d ordinary requests beside 300 slow clients: p50 %.0f ms, p99 %.0f ms" % (
        len(seconds), 1000 * seconds[len(seconds) // 2], 1000 * seconds[len(seconds) * 99 // 100]))
    lived = kinds["slow header"].lived
    checks.that("slow headers are closed", len(lived) == 100, len(lived))
    checks.that("by their deadline", all(HEADER_SECONDS - SLACK < one < HEADER_SECONDS + SLACK + .5 for one in lived), sorted(lived)[-3:])
    for slow in kinds.values():
        slow.close()


def beyond_the_room(server, checks):
    before = server.descriptors()
    idle = [server.connect() for _ in range(600)]
    for _ in range(20):
        checks.status("beside 600 idle connections", server.request(), 200)
    for s in idle:
        s.close()
    half = [server.connect() for _ in range(100)]
    for s in half:
        s.sendall(b"GET / HTTP/1.1\r\n")
        s.close()
    for _ in range(40):
        if server.descriptors() <= before + 5:
            break
        time.sleep(.1)
    checks.that("no descriptor is left open", server.descriptors() <= before + 5, (before, server.descriptors()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sakuin", required=True)
    options = parser.parse_args()
    checks = Checks()
    with knowledge_base(os.path.abspath(options.sakuin)) as kb:
        server = Server(options.sakuin, kb)
        checks.status("alone", server.request(), 200)
        beyond_the_room(server, checks)
        beside_slow_ones(server, checks)
        status, _, said = server.stop()
        checks.that("ends well", status == 0 and said == "", (status, said))
    checks.done()


if __name__ == "__main__":
    main()
