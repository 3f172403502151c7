"""Other engines run the same function and give the same tables."""

import sys
import types
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import store
from pipeline.batch import Options
from pipeline.batch.engines import Engine
from pipeline.errors import MissingToolError
from pipeline.store.canonical import canonical
from tests.batch.folder import dispatch, results


class RayError(Exception):
    pass


def stand_in() -> types.ModuleType:
    """Return a module that does at once what Ray's would do elsewhere; the second task's worker dies."""
    ray = types.ModuleType("ray")
    calls = []

    def remote(**_: object) -> Callable[[Callable[..., bytes]], object]:
        def wrap(function: Callable[..., bytes]) -> object:
            def call(*args: object) -> object:
                calls.append(args)
                return function(*args) if len(calls) != 2 else RayError()

            return types.SimpleNamespace(remote=call)

        return wrap

    def get(value: object) -> object:
        if isinstance(value, RayError):
            raise value
        return value

    parts: dict[str, object] = {
        "is_initialized": lambda: True,
        "remote": remote,
        "wait": lambda values, num_returns: (values[:1], values[1:]),
        "get": get,
        "exceptions": types.SimpleNamespace(RayError=RayError),
    }
    vars(ray).update(parts)
    return ray


def text_of(out: Path) -> list[str]:
    connection = store.connect(out)
    try:
        return list(canonical(connection))
    finally:
        connection.close()


def test_without_ray_the_message_says_what_to_install(inbox: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    (inbox / "a.txt").write_text(dispatch(1))
    with pytest.raises(MissingToolError, match="pip install ray"):
        results(inbox, out, Options(engine="ray"))


def test_ray_gives_the_tables_of_every_other_engine(inbox: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", stand_in())
    for number in range(1, 6):
        (inbox / f"{number}.txt").write_text(dispatch(number))
    engines: tuple[Engine, ...] = ("inline", "ray")
    states = {name: [r.code for r in results(inbox, out / name, Options(engine=name, jobs=1))] for name in engines}
    assert sorted(map(str, states["ray"])) == ["None", "None", "None", "None", "worker-died"]
    results(inbox, out / "ray", Options(engine="inline"))
    assert text_of(out / "ray") == text_of(out / "inline")
