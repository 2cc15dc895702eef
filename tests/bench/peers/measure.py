"""Runs one command and prints what it cost as JSON: {"wall", "cpu", "peak_mb", "status", "said"}.

    python3 measure.py COMMAND ARGUMENT...

A process of its own, because the peak memory that the kernel tells of a child holds that of the process it was forked from.
`said` is the end of the command's output, for when it fails. Standard library only.
"""
import json
import os
import subprocess
import sys
import tempfile
import time


def main():
    with tempfile.TemporaryFile() as output:
        start = time.monotonic()
        child = subprocess.Popen(sys.argv[1:], stdout=output, stderr=output)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
        output.seek(0)
        said = output.read().decode("utf-8", "replace")[-2000:]
    print(json.dumps({"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "peak_mb": usage.ru_maxrss / 1024,
                      "status": os.waitstatus_to_exitcode(status), "said": said}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
