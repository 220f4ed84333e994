"""What counts as memory of a hand-in besides the pages that its processes hold."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

if not sys.platform.startswith("linux"):
    pytest.skip("reads /proc as Linux has it", allow_module_level=True)

from buuchinh.execution.inside import memory

START = """
import ctypes, mmap, os, sys
part = mmap.mmap(-1, 4096 * 50_000, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
sparse = mmap.mmap(-1, 4_000_000_000, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=mmap.PROT_READ)
start = ctypes.addressof(ctypes.c_char.from_buffer(part))
protect = ctypes.CDLL(None).mprotect
part[0] = 1
print("ready", flush=True)
sys.stdin.readline()
"""
TABLES = "for place in range(0, len(sparse), 2 << 20): sparse[place]\n"
MAPPINGS = (
    "for number in range(0, 50_000, 2): protect(ctypes.c_void_p(start + number * 4096), ctypes.c_size_t(4096), 1)\n"
    "for _ in range(5):\n    if os.fork(): sys.stdin.readline()\n"
)
END = "print('made', flush=True)\nsys.stdin.readline()\n"


def grown(does, enough):
    """Return by how much the count of a process, and those that it forks, grows by what it does."""
    with subprocess.Popen(
        [sys.executable, "-I", "-c", START + does + END],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        before = counted(process.pid, enough)
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.stdout.readline() == "made\n"
        after = counted(process.pid, enough)
        os.killpg(process.pid, 9)
    return after - before


def counted(session, enough):
    """Return the count of a session's processes; one of another test that began meanwhile can only add to it."""
    return min(memory.used(strangers(session), enough) for _ in range(5))


def strangers(session):
    """Return the processes that are not of this session: other tests run beside this one."""
    found = set()
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if int(path.joinpath("stat").read_text(encoding="utf-8").rpartition(")")[2].split()[3]) == session:
                continue
        found.add(int(path.name))
    return found


@pytest.mark.parametrize("enough", [10**12, 0])
def test_tables_that_find_pages_count_though_no_page_is_held(enough):
    assert 6_000_000 < grown(TABLES, enough) < 60_000_000


@pytest.mark.parametrize("enough", [10**12, 0])
def test_records_of_mappings_count_once_processes_have_copied_them(enough):
    assert grown(MAPPINGS, enough) > 5 * 48_000 * 2_000
