"""Dispatches of the tests' own making, runs over a folder of them, and what the catalogue then holds."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from pipeline import store
from pipeline.batch import Options, Result, run

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
Run = Callable[..., dict[str, str]]


def dispatch(number: int, *, about: str = "trồng cây đầu xuân", stamp: str = "") -> str:
    """Return the text of an invented dispatch."""
    return f"""ỦY BAN NHÂN DÂN HUYỆN SUỐI LAM
Số: {number}/KH-UBND
{stamp}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Suối Lam, ngày 05 tháng 02 năm 2021
KẾ HOẠCH
Về việc {about}
Căn cứ Kế hoạch số {number - 1}/KH-UBND ngày 05/02/2021 của Ủy ban nhân dân huyện Suối Lam;
1. Giao Phòng Nông nghiệp chủ trì, hoàn thành trước ngày 20/3/2021.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Đinh Văn Thụ
"""


def results(inbox: Path, out: Path, options: Options) -> list[Result]:
    return list(run(inbox, out, options, now=NOW))


def table(out: Path, name: str) -> list[dict[str, object]]:
    connection = store.connect(out, readonly=True)
    try:
        return [dict(row) for row in store.read(connection, name)]
    finally:
        connection.close()
