"""Reads DOC, RTF, ODT and what passes for DOC: LibreOffice makes DOCX of them, apart from the user's own office.

Each call has a profile and a folder of its own, runs no macros, follows no links, reaches no network, and is
killed with all its children when its time is up.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from pipeline.errors import DamagedSourceError, MissingToolError, TimedOutError, WorkerDiedError
from pipeline.ocr import Recognizer
from pipeline.read import offline, word
from pipeline.read.reading import Reading
from pipeline.read.sniff import DOC, HTML, ODT, RTF, WORD_XML
from pipeline.read.word.package import check_archive
from pipeline.settings import Settings

_PROGRAMS: Final = ("soffice", "libreoffice")
_SUFFIX: Final = {DOC: ".doc", RTF: ".rtf", ODT: ".odt", HTML: ".html", WORD_XML: ".xml"}
_FILTER: Final = {".html": "HTML (StarWriter)", ".xml": "MS Word 2003 XML"}  # others are told by their content
_SECURITY: Final = {
    "MacroSecurityLevel": "3",
    "DisableMacrosExecution": "true",
    "DisableActiveContent": "true",
    "BlockUntrustedRefererLinks": "true",
}
_PROFILE: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
    + "".join(
        '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{setting}</value></prop></item>\n'
        for name, setting in _SECURITY.items()
    )
    + "</oor:items>\n"
)


def read(data: bytes, *, media_type: str, settings: Settings, recognizer: Recognizer) -> Reading:
    """Read a DOC, RTF or ODT file.

    Raises MissingToolError without LibreOffice, TimedOutError when it takes too long, WorkerDiedError when it
    is killed or crashes, and DamagedSourceError for a file that LibreOffice cannot open.
    """
    if media_type == ODT:
        check_archive(data)  # its sizes and declarations, before LibreOffice unpacks it
    docx = to_docx(data, suffix=_SUFFIX[media_type], seconds=settings.max_seconds)
    return word.read(docx, media_type=media_type, settings=settings, recognizer=recognizer)


def to_docx(data: bytes, *, suffix: str, seconds: float) -> bytes:
    """Return a text document as DOCX; raises as `read` does."""
    program = _program()
    with tempfile.TemporaryDirectory(prefix="congvan-office-") as name:
        folder = Path(name)
        source = folder / f"source{suffix}"
        source.write_bytes(data)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        said = _run(_command(program, folder, source), folder, seconds)
        try:
            return (folder / "out" / "source.docx").read_bytes()
        except FileNotFoundError as error:
            raise DamagedSourceError(
                f"LibreOffice could not open the file ({said or 'no reason given'}): open it in Word and save it anew",
                f"LibreOffice không mở được tập tin ({said or 'không rõ lý do'}): hãy mở bằng Word rồi lưu lại",
            ) from error


def _command(program: str, folder: Path, source: Path) -> list[str]:
    return [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--invisible",
        "--norestore",
        "--nolockcheck",
        *([f"--infilter={_FILTER[source.suffix]}"] if source.suffix in _FILTER else []),
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "out"),
        str(source),
    ]


def _program() -> str:
    for name in _PROGRAMS:
        found = shutil.which(name)
        if found:
            return found
    raise MissingToolError(
        "LibreOffice is needed to read DOC, RTF and ODT: sudo apt-get install libreoffice-writer-nogui",
        "cần LibreOffice để đọc DOC, RTF và ODT: sudo apt-get install libreoffice-writer-nogui",
    )


def _run(command: list[str], folder: Path, seconds: float) -> str:
    """Run a command for at most `seconds` and return the last line it said; TimedOutError when time is up."""
    home = {**os.environ, "HOME": str(folder), "TMPDIR": str(folder)}
    with _killed_after(
        subprocess.Popen(
            command,
            cwd=folder,
            env=home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=offline.cutter(),
        )
    ) as process:
        try:
            said, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise TimedOutError(
                f"LibreOffice needed more than {seconds:.0f} seconds: open the file in Word and save it anew as DOCX",
                f"LibreOffice chạy quá {seconds:.0f} giây: hãy mở tập tin bằng Word rồi lưu thành DOCX",
            ) from error
    if process.returncode:  # a file that it cannot open is no error to LibreOffice
        code = process.returncode
        raise WorkerDiedError(
            f"LibreOffice was killed or crashed (exit code {code}): the file is tried again in the next run",
            f"LibreOffice bị dừng hoặc gặp sự cố (mã {code}): lần chạy sau sẽ thử lại",
        )
    lines = said.decode("utf-8", "replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "").replace(str(folder), "…")


@contextmanager
def _killed_after(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Kill the process with its whole group on the way out: LibreOffice starts children."""
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
