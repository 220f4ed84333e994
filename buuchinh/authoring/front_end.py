"""Rebuild the bundled scripts of pages and notebooks from ``learner/src``, or check that they are up to date.

Authors need not install Node.js: without it, the hashes in ``dist/manifest.json`` show whether a source has changed
since it was bundled. With Node.js, the bundles are rebuilt and compared byte by byte.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from buuchinh import course
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say

_LEARNER = "buuchinh/learner"
_DIST = f"{_LEARNER}/dist"
_MANIFEST = "manifest.json"


def derive() -> list[Path]:
    """Rebuild the bundles if they are out of date and return the paths of those that changed.

    Raise ``KitError`` if the bundles must be rebuilt but Node.js is not available.
    """
    if not differences():
        return []
    node = _node()
    if node is None:
        raise KitError(say("authoring.front_end.no_node"), _way_out(), path=f"{_DIST}/{_MANIFEST}")
    dist = course.root() / _DIST
    before = _contents(dist)
    _bundle(node, dist)
    after = _contents(dist)
    return [dist / name for name in sorted(after) if before.get(name) != after[name]]


def differences() -> list[Problem]:
    """Return a problem for each source changed since it was bundled and each outdated bundle; write nothing."""
    if not (course.root() / _LEARNER / "src").is_dir():  # a course without the package's sources
        return []
    names = [*_not_as_bundled()]
    node = _node()
    if node and not names:
        with tempfile.TemporaryDirectory() as folder:
            _bundle(node, Path(folder))
            bundled, stored = _contents(Path(folder)), _contents(course.root() / _DIST)
        names = [f"{_DIST}/{name}" for name in sorted(bundled.keys() | stored) if bundled.get(name) != stored.get(name)]
    return [Problem(name, 0, say("authoring.derive.differs"), say("authoring.derive.way_out")) for name in names]


def _not_as_bundled() -> Iterator[str]:
    """Yield the paths of the sources and bundles whose hashes differ from the manifest."""
    package = course.root() / "buuchinh"
    dist = course.root() / _DIST
    try:
        manifest = json.loads((dist / _MANIFEST).read_text(encoding="utf-8"))
        sources, outputs = dict(manifest["sources"]), dict(manifest["outputs"])
    except (OSError, ValueError, KeyError, TypeError):
        yield f"{_DIST}/{_MANIFEST}"
        return
    paths = {path.relative_to(package).as_posix(): path for path in _sources(package)}
    for name in sorted(sources.keys() | paths):
        if name not in paths or _hash(paths[name]) != sources.get(name):
            yield f"buuchinh/{name}"
    for name, known in sorted(outputs.items()):
        if _hash(dist / name) != known:
            yield f"{_DIST}/{name}"


def _sources(package: Path) -> Iterator[Path]:
    """Yield the files that determine the bundles: ``bundle.js`` and the scripts and style sheets that it reads."""
    yield package / "learner" / "bundle.js"
    yield package / "learner" / "labextension" / "package.json"
    yield from (package / "learner" / "labextension" / "static").iterdir()
    for folder in (package / "learner" / "src", package / "questions" / "types"):
        for kind in ("js", "css"):
            yield from (path for path in folder.rglob(f"*.{kind}") if not path.match("*.test.js"))


def _hash(path: Path) -> str | None:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _node() -> str | None:
    """Return the path of Node.js, or None if Node.js or esbuild is not installed; ``make`` installs both."""
    if not (course.root() / "node_modules" / "esbuild").is_dir():
        return None
    beside = Path(sys.executable).with_name("node")
    return str(beside) if beside.is_file() else shutil.which("node")


def _bundle(node: str, into: Path) -> None:
    """Run ``bundle.js`` and write the bundles to ``into``; raise ``KitError`` with esbuild's errors if it fails."""
    command = [
        node,
        "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON",
        str(course.root() / _LEARNER / "bundle.js"),
        "--into",
        str(into),
    ]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if ran.returncode:
        raise KitError(ran.stderr.strip(), _way_out(), path=f"{_LEARNER}/src")


def _way_out() -> str:
    return say("authoring.front_end.way_out")
