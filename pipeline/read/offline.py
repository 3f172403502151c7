"""Cuts a process off from the network, with all that it starts: the kernel refuses what could leave the machine.

Law 3 then rests on no setting of a parser or an office program. It takes Linux with seccomp on a usual processor;
elsewhere nothing is refused.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import socket
import struct
import sys
from collections.abc import Callable
from typing import Final

_CALLS: Final = {"x86_64": (0xC000003E, 41, 42), "aarch64": (0xC00000B7, 198, 203)}
"""For each machine: its name in the kernel's audit, and the numbers of the calls `socket` and `connect`."""
_WITHIN: Final = (socket.AF_UNIX, getattr(socket, "AF_NETLINK", 16))  # pipes by name, and the kernel's own tables
_OTHER_ABI: Final = 0x40000000  # from here on calls are those of x32, whose numbers differ
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16  # where each stands in what the kernel looks at
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | errno.EACCES
_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _FILTER = 22, 38, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def cutter() -> Callable[[], None]:
    """Return what cuts the process that calls it off for good; fit to be run between fork and exec.

    Sockets but those within the machine are refused (EACCES), and so is every `connect`: a service of the machine
    that is asked by a pipe could look up a name for us.
    """
    known = _CALLS.get(platform.machine()) if sys.platform == "linux" else None
    if known is None:
        return lambda: None
    program, libc = _program(*known), ctypes.CDLL(None)

    def cut() -> None:
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        libc.prctl(_PR_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)

    return cut


def _program(machine: int, open_socket: int, connect: int) -> _Program:
    """Return the filter in the kernel's own language: operation, steps over if true and if false, operand."""
    steps = (
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 0, 8, machine),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 6, 0, _OTHER_ABI),
        (_EQUAL, 5, 0, connect),
        (_EQUAL, 0, 3, open_socket),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUAL, 1, 0, _WITHIN[0]),
        (_EQUAL, 0, 1, _WITHIN[1]),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    )
    return _Program(len(steps), b"".join(struct.pack("HBBI", *step) for step in steps))
