"""Where the work is done: in worker processes here, in this very process, or on a Ray cluster.

All of them run `work.work` and give the same tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any, Literal

from pipeline.batch.outcome import Outcome, Task, died, failure, outcome_from, task_from, to_bytes
from pipeline.batch.work import Setup, Tools, tools_of, work
from pipeline.batch.workers import Pool
from pipeline.errors import MissingToolError

Engine = Literal["local", "inline", "ray"]
_TOOLS: dict[Setup, Tools] = {}


def process(tasks: Iterator[Task], setup: Setup, *, engine: Engine, jobs: int) -> Iterator[tuple[Task, Outcome]]:
    """Yield each task with its outcome, in the order in which they are finished."""
    if engine == "ray":
        yield from _on_ray(tasks, setup, jobs)
    elif engine == "inline":
        tools = tools_of(setup)
        for task in tasks:
            yield task, work(task, tools)
    else:
        with Pool(setup, jobs=jobs) as pool:
            yield from pool.map(tasks)


def remote(data: bytes, setup: Setup) -> bytes:
    """Process one task in a process of the cluster, which keeps its tools from task to task."""
    if setup not in _TOOLS:
        _TOOLS.clear()
        _TOOLS[setup] = tools_of(setup)
    return to_bytes(work(task_from(data), _TOOLS[setup]))


def _on_ray(tasks: Iterator[Task], setup: Setup, jobs: int) -> Iterator[tuple[Task, Outcome]]:
    """Run on Ray, two tasks in waiting for each job; input, output and models must lie on a shared disk."""
    try:
        ray = import_module("ray")
    except ImportError as error:
        raise MissingToolError(
            "the engine `ray` needs the package ray: run `pip install ray`, or leave out --engine",
            "chế độ `ray` cần gói ray: hãy chạy `pip install ray`, hoặc bỏ --engine",
        ) from error
    if not ray.is_initialized():
        ray.init(log_to_driver=False)
    function = ray.remote(max_calls=setup.settings.recycle_after, max_retries=0)(remote)
    running: dict[object, Task] = {}
    for task in tasks:
        running[function.remote(to_bytes(task), setup)] = task
        if len(running) >= 2 * jobs:
            yield _finished(ray, running)
    while running:
        yield _finished(ray, running)


def _finished(ray: Any, running: dict[object, Task]) -> tuple[Task, Outcome]:
    (first, *_), _ = ray.wait(list(running), num_returns=1)
    task = running.pop(first)
    try:
        return task, outcome_from(ray.get(first))
    except ray.exceptions.RayError as error:
        return task, failure(died(f"Ray: {type(error).__name__}"))
