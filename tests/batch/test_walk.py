"""The walk over the input folder: every file once, hostile names and things that are no files among them."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.batch.walk import fingerprint, ignored, read_stable, readable, walk
from pipeline.errors import CongvanError, InputError, NoPermissionError, NotAFileError, SourceChangedError


def names(inbox: Path) -> list[str]:
    return [found.source_path for found in walk(inbox)]


def test_sub_folders_are_walked_in_a_stable_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", "c/d.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert sorted(names(tmp_path)) == ["a/b/c.txt", "a/z.txt", "b.txt", "c/d.txt"]
    assert names(tmp_path) == names(tmp_path)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (".DS_Store", True),
        ("~$bao-cao.docx", True),
        ("~WRL0001.tmp", True),
        ("Thumbs.db", True),
        ("scan.pdf.part", True),
        ("quyet dinh.pdf", False),
        ("~quyet dinh.pdf", False),
        ("cong van", False),
    ],
)
def test_what_is_ignored(name: str, expected: bool) -> None:
    assert ignored(name) is expected


@pytest.mark.parametrize(
    ("raw", "source_path"),
    [
        (b"hai\ndong.txt", "hai\ndong.txt"),
        ("Quyết định.txt".encode(), "Quyết định.txt"),
        ("Quye\u0302\u0301t di\u0323nh.txt".encode(), "Quyết dịnh.txt"),
        (b"cong\xffvan.txt", "cong%FFvan.txt"),
        (b"a" * 251 + b".txt", "a" * 251 + ".txt"),
        (b"-rf.txt", "-rf.txt"),
    ],
    ids=["newline", "nfc", "nfd", "not-utf-8", "255-bytes", "dash"],
)
def test_any_name_is_found_and_can_be_opened(tmp_path: Path, raw: bytes, source_path: str) -> None:
    with open(os.path.join(os.fsencode(tmp_path), raw), "wb") as file:  # noqa: PTH118, PTH123 - names as bytes
        file.write(b"x")
    (found,) = walk(tmp_path)
    assert found.source_path == source_path
    assert read_stable(found.path, fingerprint(found.path)[0]) == b"x"


def test_two_normal_forms_of_one_name_are_two_files(tmp_path: Path) -> None:
    for name in ("é.txt", "e\u0301.txt"):
        (tmp_path / name).write_text(name)
    assert names(tmp_path) == ["é.txt", "é.txt~"]


def test_links_pipes_and_sockets_are_named_and_never_opened(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "link").symlink_to("a.txt")
    (tmp_path / "loop").symlink_to(".")
    (tmp_path / "dangling").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
    errors = {found.source_path: type(found.error) for found in walk(tmp_path)}
    assert errors == dict.fromkeys(("dangling", "link", "loop", "pipe", "s"), NotAFileError) | {"a.txt": type(None)}


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_a_file_replaced_after_the_walk_is_not_followed(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.txt"
    if kind == "link":
        path.symlink_to("/etc/hostname")
    else:
        os.mkfifo(path)
    with pytest.raises(CongvanError) as caught:
        fingerprint(path)
    assert isinstance(caught.value, NotAFileError | NoPermissionError)


def test_a_file_that_changes_or_goes_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    sha256, _ = fingerprint(path)
    path.write_text("y")
    with pytest.raises(SourceChangedError):
        read_stable(path, sha256)
    path.unlink()
    with pytest.raises(SourceChangedError):
        fingerprint(path)


def test_results_inside_the_input_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/x.txt").write_text("x")
    (tmp_path / "a.txt").write_text("x")
    assert [f.source_path for f in walk(tmp_path, leave_out=tmp_path / "out")] == ["a.txt"]


def test_one_file_is_a_folder_of_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    assert names(tmp_path / "a.txt") == ["a.txt"]


def test_a_missing_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        names(tmp_path / "none")


@given(st.binary(min_size=1, max_size=255).filter(lambda b: b"/" not in b and b"\0" not in b))
def test_every_name_becomes_text_that_utf8_can_hold(raw: bytes) -> None:
    text = readable(os.fsdecode(raw))
    assert text.encode()
    assert readable(text) == text
