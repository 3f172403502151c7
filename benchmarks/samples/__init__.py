"""Sample dispatches of our own making, true to form, with the truth known: for benchmarks and tests.

>>> from benchmarks.samples import make
>>> [dispatch.type_name for dispatch in make(2, seed=7)] == [dispatch.type_name for dispatch in make(2, seed=7)]
True
"""

from benchmarks.samples.compose import make
from benchmarks.samples.truth import Dispatch

__all__ = ["Dispatch", "make"]
