"""`make bench`: every benchmark, one after the other; prints Markdown."""

from __future__ import annotations

import os
import platform
import subprocess
import sys

from pipeline import __version__

BENCHMARKS = ("ingest", "search", "tagging", "recognition")


def main() -> int:
    """Run each benchmark in a process of its own; the exit code is that of the worst."""
    print(f"# congvan {__version__}, Python {platform.python_version()}, {os.cpu_count()} cores\n", flush=True)
    chosen = sys.argv[1:] or BENCHMARKS
    return max(subprocess.run([sys.executable, "-m", f"benchmarks.{name}"]).returncode for name in chosen)


if __name__ == "__main__":
    sys.exit(main())
