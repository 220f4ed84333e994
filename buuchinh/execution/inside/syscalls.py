"""Refuses system calls that no exercise needs by a seccomp filter, a second line of defence behind the namespaces.

Refused: looking into other processes, new namespaces and mounts, memory that no limit
counts (``memfd_create``, System V), the kernel's key rings, tracing and other doors with a
long history of holes, and sockets of families that a network namespace does not hold.
"""

from __future__ import annotations

import ctypes
import errno
import os

_NUMBERS = {
    "x86_64": (0xC000_003E, {
        "ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312, "pidfd_getfd": 438,
        "unshare": 272, "setns": 308, "mount": 165, "umount2": 166, "pivot_root": 155, "chroot": 161,
        "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433,
        "mount_setattr": 442, "name_to_handle_at": 303, "open_by_handle_at": 304,
        "memfd_create": 319, "memfd_secret": 447, "shmget": 29, "msgget": 68, "semget": 64, "mq_open": 240,
        "add_key": 248, "request_key": 249, "keyctl": 250,
        "bpf": 321, "perf_event_open": 298, "userfaultfd": 323, "personality": 135,
        "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427,
        "socket": 41, "socketpair": 53, "clone": 56, "clone3": 435,
    }),
    "aarch64": (0xC000_00B7, {
        "ptrace": 117, "process_vm_readv": 270, "process_vm_writev": 271, "kcmp": 272, "pidfd_getfd": 438,
        "unshare": 97, "setns": 268, "mount": 40, "umount2": 39, "pivot_root": 41, "chroot": 51,
        "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433,
        "mount_setattr": 442, "name_to_handle_at": 264, "open_by_handle_at": 265,
        "memfd_create": 279, "memfd_secret": 447, "shmget": 194, "msgget": 186, "semget": 190, "mq_open": 180,
        "add_key": 217, "request_key": 218, "keyctl": 219,
        "bpf": 280, "perf_event_open": 241, "userfaultfd": 282, "personality": 92,
        "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427,
        "socket": 198, "socketpair": 199, "clone": 220, "clone3": 435,
    }),
}  # fmt: skip
_NEW_NAMESPACES = 0x7E02_0000
"""Every CLONE_NEW… flag that ``clone`` takes."""
_FAMILIES = (1, 2, 10)
"""AF_UNIX and the two of the internet, whose namespace holds nothing. AF_VSOCK would reach a virtual machine's host."""
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF_0000, 0x0005_0000, 0x8000_0000
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_SET_SECCOMP, _FILTER = 22, 2

Step = tuple[int, int, int, int]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


def refuse() -> bool:
    """Refuse them from now on, for this process and all it starts; False on a processor that is not in the table."""
    known = _NUMBERS.get(os.uname().machine)
    if known is None:
        return False
    steps = _steps(*known)
    packed = b"".join(
        code.to_bytes(2, "little") + bytes((yes, no)) + value.to_bytes(4, "little") for code, yes, no, value in steps
    )
    held = ctypes.create_string_buffer(packed, len(packed))
    program = _Program(len(steps), ctypes.cast(held, ctypes.c_void_p))
    library = ctypes.CDLL(None, use_errno=True)
    return bool(library.prctl(_SET_SECCOMP, ctypes.c_ulong(_FILTER), ctypes.byref(program), 0, 0) == 0)


def _steps(architecture: int, numbers: dict[str, int]) -> list[Step]:
    """Return the filter as steps of (code, jump if yes, jump if no, value)."""
    special = {"socket", "socketpair", "clone", "clone3"}
    denied = _REFUSE | errno.EPERM
    steps: list[Step] = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),  # a 32-bit call would have other numbers
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, 0x4000_0000),
        (_RETURN, 0, 0, denied),  # x32: the same calls by other numbers
    ]
    for name, number in numbers.items():
        if name not in special:
            steps += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, denied)]
    steps += [(_EQUAL, 0, 1, numbers["clone3"]), (_RETURN, 0, 0, _REFUSE | errno.ENOSYS)]  # libc then takes clone
    steps += [
        (_EQUAL, 0, 4, numbers["clone"]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_ANY_BIT, 0, 1, _NEW_NAMESPACES),
        (_RETURN, 0, 0, denied),
        (_RETURN, 0, 0, _ALLOW),
    ]
    after = len(_FAMILIES) + 2
    steps += [
        (_EQUAL, 1, 0, numbers["socket"]),
        (_EQUAL, 0, after + 1, numbers["socketpair"]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        *((_EQUAL, len(_FAMILIES) - place, 0, family) for place, family in enumerate(_FAMILIES)),
        (_RETURN, 0, 0, _REFUSE | errno.EAFNOSUPPORT),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return [*steps, (_RETURN, 0, 0, _ALLOW)]
