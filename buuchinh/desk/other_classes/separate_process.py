"""Start a program that goes on when the desk's server ends."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

from buuchinh import course


def start(command: Sequence[str], environment: Mapping[str, str] = os.environ) -> None:
    """Start ``command`` in a session of its own, without input and output."""
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    subprocess.Popen(
        command,
        cwd=course.root(),
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=flags,
    )
