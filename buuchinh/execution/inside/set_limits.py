"""Set the resource limits that Linux enforces for each process or user."""

from __future__ import annotations

import contextlib
from typing import Any

_DESCRIPTORS, _SIGNALS = 256, 256


def lower(limits: dict[str, Any], *, forgiving: bool = False) -> None:
    """Set the resource limits for this process and its children.

    If ``forgiving`` is True, ignore limits that this system lacks or refuses to set.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limits; the host says so
        return
    wanted = {
        "RLIMIT_AS": 2 * limits["memory"],  # address space, which includes shared libraries
        "RLIMIT_DATA": limits["memory"],
        "RLIMIT_CPU": limits["seconds"] + 5,
        "RLIMIT_FSIZE": limits["file"],
        "RLIMIT_NPROC": limits["processes"],
        "RLIMIT_NOFILE": _DESCRIPTORS,
        "RLIMIT_SIGPENDING": _SIGNALS,
        "RLIMIT_CORE": 0,
        "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_MEMLOCK": 0,
    }
    passed_over = (AttributeError, ValueError, OSError) if forgiving else ()
    for name, value in wanted.items():
        if value is not None:
            with contextlib.suppress(*passed_over):
                resource.setrlimit(getattr(resource, name), (value, value))
