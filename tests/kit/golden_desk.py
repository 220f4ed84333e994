"""Runs commands of ``buuchinh`` one after the other in one process, in which it is always the same moment.

    python tests/kit/golden_desk.py 2026-11-25T15:00:00+07:00 < commands.json

Standard input is a JSON list of command lines, each a list of words. What they say goes to standard output. The
first command that does not end with exit code 0 ends the run with its code. One process, because loading nbgrader
takes seconds; by the package's own front door, so that no module is named here.
"""

from __future__ import annotations

import json
import runpy
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any


class _Like(type):
    """Takes every ``datetime`` for one of its own."""

    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, datetime)


class Stopped(datetime, metaclass=_Like):
    """A ``datetime`` whose clock stands still."""

    moment = datetime.now(UTC)

    @classmethod
    def now(cls, tz: Any = None) -> Any:
        """Return the one moment there is, in ``tz`` or in local time."""
        return datetime.fromtimestamp(cls.moment.timestamp(), tz)

    def __reduce_ex__(self, _protocol: object) -> tuple[Any, ...]:
        """Travel between processes as what it is, a moment."""
        return datetime.fromtimestamp, (self.timestamp(), self.tzinfo)


class _Finder:
    """Puts the stopped clock into each module of the package that has ``from datetime import datetime`` at its top.

    Only there: compiled libraries look into the real class.
    """

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: Any = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if name.partition(".")[0] == "buuchinh" else None
        if spec and spec.loader:
            run = spec.loader.exec_module

            def exec_module(module: ModuleType) -> None:
                run(module)
                if vars(module).get("datetime") is datetime:
                    vars(module)["datetime"] = Stopped

            spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


def stop_the_clock(moment: str) -> None:
    """Let it be ``moment`` for every module of the package that is imported from now on."""
    Stopped.moment = datetime.fromisoformat(moment)
    sys.meta_path.insert(0, _Finder)


def main() -> int:
    """Run what standard input asks for and return the exit code of the last command."""
    stop_the_clock(sys.argv[1])
    for words in json.loads(sys.stdin.buffer.read()):
        print("$ buuchinh", *words, flush=True)  # noqa: T201  # what is said is read by kit.golden_files
        sys.argv = ["buuchinh", *words]
        try:
            runpy.run_module("buuchinh", run_name="__main__", alter_sys=True)
        except SystemExit as left:
            if left.code:
                return left.code if isinstance(left.code, int) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
