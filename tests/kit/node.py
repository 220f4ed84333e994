"""Our JavaScript under node, without a browser: Playwright's own driver, which the tests have anyway."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright._impl._driver import compute_driver_executable

from kit.course import ROOT, missing

SRC = ROOT / "buuchinh" / "learner" / "src"
TYPES = ROOT / "buuchinh" / "questions" / "types"
DESK = ROOT / "buuchinh" / "desk" / "browser"
OF_TYPES = sorted(path for path in TYPES.glob("*/*.js") if path.stem in {"score", "view"})
"""What registers each question type, as the bundles do."""
_DOOR = Path(__file__).with_name("node_door.js")


def program() -> str:
    """Return the path of node."""
    return str(compute_driver_executable()[0])


def packages() -> Path:
    """Return the folder of esbuild and its like; where npm fetched nothing, the test is skipped, or fails in CI."""
    folder = ROOT / "node_modules"
    if not (folder / "esbuild").is_dir():
        missing("npm packages: esbuild")
    return folder


class Node:
    """A running node, in which the exports of some modules of ours are ``kit``."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def evaluate(self, text: str, given: object = None) -> Any:
        """Return what a JavaScript expression is, or what a function returns for ``given``, as JSON knows it."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"text": text, "given": given}) + "\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline() or '{"error": "node ended"}')
        assert "error" not in told, told["error"]
        return told.get("value")


@contextmanager
def running(modules: Iterable[Path | str], timezone: str | None = None) -> Iterator[Node]:
    """Run node with modules: paths, or names below ``learner/src``; what registers a type is no export."""
    paths = [str(SRC / one) for one in modules]
    with subprocess.Popen(
        [program(), "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", str(_DOOR), *paths],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
        env=os.environ | ({"TZ": timezone} if timezone else {}),
    ) as process:  # fmt: skip
        yield Node(process)
        process.terminate()
