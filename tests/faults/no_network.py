"""Has the kernel kill a process, and all that it starts, at the first socket that could leave the machine (Linux).

IPv6 is refused, as on a machine that has none: a library asks for it when it is imported, to learn just that.
"""

import ctypes
import errno
import platform
import socket
import struct
import sys
from collections.abc import Callable

_SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""For each machine: its name in the kernel's audit, and the number of the call `socket`."""

AVAILABLE = sys.platform == "linux" and platform.machine() in _SOCKET
_ALLOWED = (socket.AF_UNIX, getattr(socket, "AF_NETLINK", 16))  # within the machine: pipes by name, the kernel's tables
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_KILL, _ALLOW, _REFUSE = 0x80000000, 0x7FFF0000, 0x00050000 | errno.EAFNOSUPPORT
_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _FILTER = 22, 38, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def forbidden() -> Callable[[], None]:
    """Return what a new process is to call before anything else (`preexec_fn`)."""
    arch, call = _SOCKET[platform.machine()]
    steps = [
        (_LOAD, 0, 0, 4),  # the machine
        (_EQUAL, 0, 8, arch),
        (_LOAD, 0, 0, 0),  # the number of the call
        (_EQUAL, 0, 6, call),
        (_LOAD, 0, 0, 16),  # its first argument: the family of addresses
        (_EQUAL, 4, 0, _ALLOWED[0]),
        (_EQUAL, 3, 0, _ALLOWED[1]),
        (_EQUAL, 1, 0, socket.AF_INET6),
        (_RETURN, 0, 0, _KILL),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    program, libc = _Program(len(steps), code), ctypes.CDLL(None, use_errno=True)

    def forbid() -> None:
        if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(
            _PR_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0
        ):
            raise OSError(ctypes.get_errno(), "seccomp")

    return forbid
