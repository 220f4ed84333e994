"""Runs start files of Windows by Wine's ``cmd``, with a ``python.exe`` that writes down how it was called.

Wine is 800 MB and comes with no CI of ours: where it or a compiler for Windows is missing, the tests are skipped by
name. ``BUUCHINH_WINE`` names another command than ``wine``.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

_STUB = r"""
#include <windows.h>
#include <stdio.h>
#include <string.h>
/* Writes a line a call into %STUB_LOG%; ends with the first, second or third number of the file beside it. */
static const char *of(const char *name) { const char *found = getenv(name); return found ? found : ""; }
int main(int count, char **words) {
  char plan[MAX_PATH + 8]; int codes[3] = {0, 0, 0}, which = -1;
  GetModuleFileNameA(NULL, plan, MAX_PATH);
  FILE *log = fopen(of("STUB_LOG"), "a");
  fprintf(log, "%s", plan);
  for (int i = 1; i < count; i++) {
    fprintf(log, "|%s", words[i]);
    if (!strcmp(words[i], "-c")) which = 0;
    if (!strcmp(words[i], "buuchinh.lab.prepare")) which = 1;
    if (!strcmp(words[i], "buuchinh")) which = 2;
  }
  fprintf(log, "|utf8=%s|home=%s|path=%s|pages=%u\n",
          of("PYTHONUTF8"), of("PYTHONHOME"), of("PYTHONPATH"), GetConsoleOutputCP());
  fclose(log);
  strcat(plan, ".plan");
  FILE *file = fopen(plan, "r");
  if (file) { fscanf(file, "%d %d %d", codes, codes + 1, codes + 2); fclose(file); }
  return which < 0 ? 0 : codes[which];
}
"""


@dataclass(frozen=True)
class Call:
    """One call of the stub: its path on Windows, its words, what the environment said."""

    program: str
    words: tuple[str, ...]
    environment: dict[str, str]


@dataclass(frozen=True)
class Ended:
    """How a start file ended: its exit code, what it printed, the calls of Python."""

    code: int
    printed: str
    calls: list[Call]


@dataclass(frozen=True)
class Wine:
    """A Wine of its own in ``prefix``, and the program that stands for ``python.exe``."""

    command: tuple[str, ...]
    prefix: Path
    stub: Path

    def put(self, path: Path, fits: int = 0, prepare: int = 0, course: int = 0) -> None:
        """Lay the stub at ``path``; it ends with these codes for ``-c``, for preparing and for ``-m buuchinh``."""
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.stub, path)
        path.with_name(f"{path.name}.plan").write_text(f"{fits} {prepare} {course}", encoding="ascii")

    def run(self, start: Path, *words: str, typed: str = "\n", path: Path | None = None) -> Ended:
        """Run a start file; ``typed`` answers its ``pause``, ``path`` is a folder on Windows' PATH."""
        log = start.parent / "calls.txt"
        log.unlink(missing_ok=True)
        more = {"WINEPATH": windows(path)} if path else {}
        done = subprocess.run(
            [*self.command, "cmd", "/c", start.name, *words],
            cwd=start.parent, input=typed.encode(), capture_output=True, timeout=300, check=False,
            env=_environment(self.prefix) | {"STUB_LOG": windows(log), "PYTHONHOME": "C:\\other",
                                             "PYTHONPATH": "C:\\other"} | more,
        )  # fmt: skip
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
        return Ended(done.returncode, done.stdout.decode("utf-8", "replace"), [_call(line) for line in lines])


def windows(path: Path) -> str:
    """Return a path of this machine as Wine's programs name it."""
    return "Z:" + str(path).replace("/", "\\")


def wine(folder: Path) -> Wine:
    """Make a Wine and the stub in ``folder``; skip the test by name where something for it is missing."""
    command = shlex.split(os.environ.get("BUUCHINH_WINE", "wine"))
    if shutil.which(command[0]) is None:
        pytest.skip("not installed: wine")
    mingw = shutil.which("x86_64-w64-mingw32-gcc")
    compiler = [mingw] if mingw else [sys.executable, "-m", "ziglang", "cc", "-target", "x86_64-windows-gnu"]
    if not mingw and find_spec("ziglang") is None:
        pytest.skip("not installed: mingw-w64 or ziglang")
    (folder / "python.c").write_text(_STUB, encoding="ascii")
    subprocess.run([*compiler, "-O1", "-o", folder / "python.exe", folder / "python.c"], check=True, timeout=600)
    prefix = Path(os.environ.get("WINEPREFIX", folder / "prefix"))
    subprocess.run(
        [*command, "cmd", "/c", "ver"], env=_environment(prefix), check=True, timeout=600, capture_output=True
    )
    return Wine(tuple(command), prefix, folder / "python.exe")


def _environment(prefix: Path) -> dict[str, str]:
    return os.environ | {"WINEPREFIX": str(prefix), "WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml="}


def _call(line: str) -> Call:
    program, *rest = line.split("|")
    environment = dict(one.split("=", 1) for one in rest[-4:])
    return Call(program.removeprefix("Z:").replace("\\", "/"), tuple(rest[:-4]), environment)
