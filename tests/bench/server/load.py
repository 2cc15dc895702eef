#!/usr/bin/env python3
"""Many clients ask a server over a large knowledge base while more is read into it. Needs wrk.

    python3 tests/bench/server/load.py --sakuin build/sakuin [--documents 10000] [--clients 32] [--seconds 15] [--check]

The articles are made of our own (records.py). The requests are drawn from a few hundred different ones, the n-th of them
1/n as often as the first: searches by names of conditions and by words, with filters and further pages, documents, sections,
contradictions, pages. Those that the server does not have are left out and named. Exit status 1 after any error;
with --check also beyond the bounds of docs/benchmarks.md.
"""
import argparse
import contextlib
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, "..", "..", ".."))
MOST_P50, MOST_P99, MOST_MEMORY = 20.0, 250.0, 256.0  # milliseconds, MiB
SCRIPT = """
local paths, at, mine = {}, 0, 0
for line in io.lines(os.getenv("LOAD_PATHS")) do paths[#paths + 1] = line end
function setup(thread) thread:set("mine", at); at = at + 1 end
function init(args) next_one = mine * 7919 end
function request()
  next_one = next_one + 1
  return wrk.format("GET", paths[next_one % #paths + 1])
end
function response(status, headers, body)
  if status ~= 200 then print("STATUS " .. status) end
end
"""


def get(url):
    """Status and body."""
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def answered(url):
    """The same of what may still be being computed."""
    until = time.time() + 120
    while True:
        code, body = get(url)
        if code != 503 or time.time() > until:
            return code, body
        time.sleep(.5)


def names(sakuin, count, chance):
    """Names of conditions in all languages, those of few letters first, as people type them."""
    concepts = json.loads(subprocess.run([sakuin, "thesaurus", "list", "--json"], check=True, capture_output=True).stdout)
    wanted = ("knee", "calf", "ankle", "back", "disc", "cramp", "strain", "baker", "hamstring", "sciatica", "meniscus")
    near = [c for c in concepts if any(w in c["id"] for w in wanted)]
    labels = [label for c in near for of in c["labels"].values() for label in of[:2]]
    chance.shuffle(labels)
    return labels[:count]


def different_requests(sakuin, ids, chance):
    quote = urllib.parse.quote
    search = "/api/v1/search?q="
    queries = names(sakuin, 120, chance)
    out = [search + quote(q) for q in queries]
    out += [search + quote(q) for q in ("knee pain at night", "膝关节疼痛 怎么办", "膝が痛い 階段", "冷敷 OR 热敷", "\"low back pain\"",
                                       "腰痛 運動 -手術", "calf cramp magnesium", "走る ふくらはぎ", "小腿 抽筋 夜间", "heading:exercise knee",
                                       "ice*", "安静 NEAR/5 痛み")]
    for q in queries[:40]:
        out.append(search + quote(q) + "&language=" + chance.choice(("ja", "zh", "en")))
        out.append(search + quote(q) + "&limit=20&sort=date")
        out.append("/?q=" + quote(q))
    for one in ids[:60]:
        out.append("/api/v1/documents/" + quote(one, safe=""))
        out.append("/api/v1/sections/" + quote(one + "#1", safe=""))
    out += ["/a/" + quote(one, safe="") for one in ids[:20]]
    out += ["/", "/healthz", "/api/v1/stats", "/api/v1/conditions", "/api/v1/contradictions?limit=20", "/conditions", "/contradictions"]
    chance.shuffle(out)
    return out


def kind(path):
    return re.sub(r"\?.*", "", re.sub(r"(documents|sections|^/a)/.*", r"\1/ID", path))


def drawn(requests, count, chance):
    """Each kind where it may, the first of all requests most often."""
    weights = [1 / (n + 1) for n in range(len(requests))]
    return chance.choices(requests, weights, k=count)


def made(sakuin, folder, count, first):
    path = os.path.join(folder, "articles-%d.jsonl" % first)
    extracted = subprocess.run([sakuin, "extract", os.path.join(ROOT, "corpus/articles")], check=True, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL).stdout
    with open(path, "wb") as f:
        subprocess.run([sys.executable, os.path.join(HERE, "records.py"), "--documents", str(count), "--first", str(first)],
                       input=extracted, stdout=f, check=True)
    return path


def ingest(sakuin, kb, path):
    return subprocess.Popen([sakuin, "-q", "--db", kb, "ingest", "--format", "jsonl", path], stdout=subprocess.DEVNULL)


def watch_memory(pid, most, stop):
    while not stop.is_set():
        with contextlib.suppress(OSError, AttributeError):
            with open("/proc/%d/status" % pid, encoding="ascii") as f:
                most.append(int(re.search(r"VmRSS:\s+(\d+)", f.read()).group(1)) / 1024)
        time.sleep(.1)


def cpu_seconds(pid):
    with open("/proc/%d/stat" % pid, encoding="ascii") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def milliseconds(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * {"us": .001, "ms": 1, "s": 1000, "m": 60000}[unit]


def measure(options, kb, folder, url, pid):
    chance = random.Random(1)
    code, body = get(url + "api/v1/documents?limit=100")
    ids = [d["id"] for d in json.loads(body)["documents"]] if code == 200 else ["made-%d" % n for n in range(60)]
    requests, missing = [], {}
    for path in different_requests(options.sakuin, ids, chance):
        code, _ = answered(url.rstrip("/") + path) if kind(path) not in missing else (404, b"")
        if code == 200:
            requests.append(path)
        else:
            missing[kind(path)] = code
    print("%d different requests; not there: %s" % (len(requests), missing or "none"))
    script, paths = os.path.join(folder, "load.lua"), os.path.join(folder, "paths.txt")
    with open(script, "w", encoding="utf-8") as f:
        f.write(SCRIPT)
    with open(paths, "w", encoding="utf-8") as f:
        f.write("\n".join(drawn(requests, 20000, chance)) + "\n")
    # More than can be read meanwhile: the ingest lasts as long as the load.
    more = made(options.sakuin, folder, max(options.documents * 3, 10), options.documents)
    memory, stop = [0.0], threading.Event()
    watcher = threading.Thread(target=watch_memory, args=(pid, memory, stop))
    watcher.start()
    writer = ingest(options.sakuin, kb, more) if not options.alone else None
    print("load average before: %s" % (os.getloadavg(),))
    before = cpu_seconds(pid)
    run = subprocess.run(["wrk", "-t2", "-c%d" % options.clients, "-d%ds" % options.seconds, "--latency", "--timeout", "10s", "-s", script, url],
                         capture_output=True, text=True, env=dict(os.environ, LOAD_PATHS=paths))
    still = writer is not None and writer.poll() is None
    spent = cpu_seconds(pid) - before
    stop.set()
    watcher.join()
    if writer is not None:
        writer.terminate()
        writer.wait()
    return run.stdout, memory, still, spent


def report(options, out, memory, still, spent):
    p50, p99 = (milliseconds(re.search(r"^ +%s%% +(\S+)$" % p, out, re.M).group(1)) for p in ("50", "99"))
    count, rate = int(re.search(r"(\d+) requests in", out).group(1)), float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))
    failed = out.count("STATUS ") + sum(map(int, re.findall(r"(?:connect|read|write|timeout) (\d+)", out)))
    print("ingest beside it: %s" % ("all the time" if still else "none" if options.alone else "it ended before"))
    print("%d requests, %.0f a second, %d errors; p50 %.1f ms, p99 %.1f ms; at most %.0f MiB" % (
        count, rate, failed, p50, p99, max(memory)))
    print("%.2f ms of the server's processors a request" % (1000 * spent / max(count, 1)))
    good = p50 <= MOST_P50 and p99 <= MOST_P99 and max(memory) <= MOST_MEMORY
    if failed:
        print(out[:2000])
    return failed == 0 and (good or not options.check)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sakuin", required=True)
    parser.add_argument("--documents", type=int, default=10000)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--kb", help="a knowledge base that was made before; it is changed")
    parser.add_argument("--alone", action="store_true", help="without an ingest")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    options.sakuin = os.path.abspath(options.sakuin)
    with tempfile.TemporaryDirectory() as folder:
        kb = options.kb or os.path.join(folder, "kb.db")
        if not options.kb and ingest(options.sakuin, kb, made(options.sakuin, folder, options.documents, 0)).wait() != 0:
            sys.exit("the articles could not be read")
        server = subprocess.Popen([options.sakuin, "--db", kb, "serve", "--listen", "127.0.0.1:0", "--query-time", "10000"],
                                  stdout=subprocess.PIPE, text=True)
        try:
            good = report(options, *measure(options, kb, folder, server.stdout.readline().strip(), server.pid))
        finally:
            server.terminate()
            server.wait()
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
