"""Install a seccomp filter against system calls that no exercise needs, as a second defence after the namespaces.

The filter refuses access to other processes, new namespaces and mounts, the kernel's key rings, tracing, and other
calls with a long history of vulnerabilities. It also refuses every call that holds memory which ``memory.used`` cannot
count: sockets of any family, shared anonymous memory, pages lent to pipes, access control lists and extended attributes
of files, locks on parts of a file, file watches and their queues, Landlock rule sets, and huge pages. Calls newer than
the tables in this module fail with ENOSYS, as on an older kernel.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import sys

_ARCHITECTURES = {"x86_64": (0, 0xC000_003E), "aarch64": (1, 0xC000_00B7)}
"""For each machine type, the 0-based column of its call numbers in the tables, and the kernel's architecture number."""
_NONE = -1
_REFUSED = {
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_getfd": (438, 438), "process_madvise": (440, 440), "process_mrelease": (448, 448),
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41),
    "chroot": (161, 51), "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433), "mount_setattr": (442, 442),
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "remap_file_pages": (216, 234),
    "shmget": (29, 194), "msgget": (68, 186), "semget": (64, 190), "mq_open": (240, 180),
    "vmsplice": (278, 75), "splice": (275, 76), "tee": (276, 77),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7),
    "inotify_init": (253, _NONE), "inotify_init1": (294, 26), "inotify_add_watch": (254, 27),
    "fanotify_init": (300, 262), "fanotify_mark": (301, 263),
    "seccomp": (317, 277), "landlock_create_ruleset": (444, 444), "landlock_add_rule": (445, 445),
    "landlock_restrict_self": (446, 446),
    "mbind": (237, 235), "set_mempolicy": (238, 237), "set_mempolicy_home_node": (450, 450),
    "migrate_pages": (256, 238), "move_pages": (279, 239), "modify_ldt": (154, _NONE), "syslog": (103, 116),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282), "personality": (135, 92),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "io_setup": (206, 0),
}  # fmt: skip
_NO_FAMILY = {"socket": (41, 198), "socketpair": (53, 199)}
_NOT_THERE = {"clone3": (435, 435)}
"""Calls that fail with ENOSYS; libc then uses ``clone``, whose flags a filter can read."""
_BY_BITS = {"clone": (56, 220, 0, 0x7E02_0000), "mmap": (9, 222, 3, 0x4_0000)}
"""Call numbers by column, 0-based argument, and refused bits: all CLONE_NEW… flags of ``clone``, and MAP_HUGETLB."""
_BY_VALUE = {"fcntl": (72, 25, 1, (6, 7, 37, 38, 1031)), "prctl": (157, 167, 0, (22,))}
"""Call numbers by column, 0-based argument, and refused values.

The values are F_SETLK and its three variants, F_SETPIPE_SZ, and PR_SET_SECCOMP.
"""
_SHARED, _ANONYMOUS = 0x01, 0x20
_NEWER = 452
"""First call number after those in the tables; from 424 on, all architectures have the same numbers."""
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF_0000, 0x0005_0000, 0x8000_0000
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_NO_NEW_RIGHTS, _SET_SECCOMP, _FILTER = 38, 22, 2

Step = tuple[int, int, int, int]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


def refuse() -> bool:
    """Install the filter for this process and its children; return whether it was installed.

    The filter is not installed on systems other than Linux or on unknown architectures.
    """
    known = _ARCHITECTURES.get(platform.machine()) if sys.platform == "linux" else None
    if known is None:
        return False
    steps = _steps(*known)
    packed = b"".join(
        code.to_bytes(2, "little") + bytes((yes, no)) + value.to_bytes(4, "little") for code, yes, no, value in steps
    )
    held = ctypes.create_string_buffer(packed, len(packed))
    program = _Program(len(steps), ctypes.cast(held, ctypes.c_void_p))
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl(_NO_NEW_RIGHTS, 1, 0, 0, 0)
    return bool(library.prctl(_SET_SECCOMP, ctypes.c_ulong(_FILTER), ctypes.byref(program), 0, 0) == 0)


def _steps(column: int, architecture: int) -> list[Step]:
    """Return the filter as BPF instructions: (code, jump if true, jump if false, value).

    ``column`` selects the call numbers in the tables. ``architecture`` is the kernel's number for the architecture.
    """
    steps: list[Step] = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),  # a 32-bit call would have other numbers
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, 0x4000_0000),
        (_RETURN, 0, 0, _REFUSE | errno.EPERM),  # x32: the same calls by other numbers
        (_AT_LEAST, 0, 1, _NEWER),
        (_RETURN, 0, 0, _REFUSE | errno.ENOSYS),
    ]
    for table, number in ((_REFUSED, errno.EPERM), (_NO_FAMILY, errno.EAFNOSUPPORT), (_NOT_THERE, errno.ENOSYS)):
        for numbers in table.values():
            if numbers[column] != _NONE:
                steps += [(_EQUAL, 0, 1, numbers[column]), (_RETURN, 0, 0, _REFUSE | number)]
    for name, (*both, place, bits) in _BY_BITS.items():
        looks = [(_ANY_BIT, 0, 1, bits), (_RETURN, 0, 0, _REFUSE | errno.EPERM)]
        if name == "mmap":
            looks += [(_ANY_BIT, 0, 2, _ANONYMOUS), (_ANY_BIT, 0, 1, _SHARED), (_RETURN, 0, 0, _REFUSE | errno.EPERM)]
        steps += _on(both[column], place, looks)
    for *both, place, values in _BY_VALUE.values():
        looks = [step for value in values for step in ((_EQUAL, 0, 1, value), (_RETURN, 0, 0, _REFUSE | errno.EPERM))]
        steps += _on(both[column], place, looks)
    return [*steps, (_RETURN, 0, 0, _ALLOW)]


def _on(number: int, argument: int, looks: list[Step]) -> list[Step]:
    """Return instructions that apply the checks ``looks`` to one call, and allow the call if no check refuses it.

    The checks read the lower half of the call's 0-based ``argument``. ``number`` is the call's number.
    """
    looks = [(_LOAD, 0, 0, _FIRST_ARGUMENT + 8 * argument), *looks, (_RETURN, 0, 0, _ALLOW)]
    return [(_EQUAL, 0, len(looks), number), *looks]
