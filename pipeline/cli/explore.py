"""`congvan explore`: the tables in the browser, read-only."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from pipeline.cli.command import Command, Say
from pipeline.cli.terminal import Terminal


def run(args: Namespace, terminal: Terminal) -> int:
    """Serve Datasette on this machine until interrupted."""
    import uvicorn

    from pipeline import explore

    application = explore.application(args.out, lang=terminal.lang)
    address = f"http://127.0.0.1:{args.port}/"
    terminal.note(f"mở {address} (Ctrl+C để dừng)", f"open {address} (Ctrl+C to stop)")
    uvicorn.run(application.app(), host="127.0.0.1", port=args.port, log_level="warning", lifespan="on")
    return 0


def _arguments(parser: ArgumentParser, say: Say) -> None:
    parser.add_argument("--port", type=int, default=8001, help=say("cổng (mặc định: 8001)", "port (default: 8001)"))


COMMAND = Command(
    "explore",
    vi="Xem các bảng trong trình duyệt (Datasette), chỉ đọc.",
    en="Shows the tables in the browser (Datasette), read-only.",
    run=run,
    arguments=_arguments,
)
