"""The bundled scripts of pages and notebooks: made again from ``learner/src``, or compared with it.

Without node, which authors need not have, the hashes in ``dist/manifest.json`` say whether a source has changed since
it was bundled; with it the bundles are made again and compared byte by byte.
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
    """Bundle again what is not what its sources give; return the files that changed.

    Raises ``KitError`` where that needs a node that is not there.
    """
    if not differences():
        return []
    node = _node()
    if node is None:
        raise KitError([Problem(f"{_DIST}/{_MANIFEST}", 0, say("authoring.front_end.no_node"), _way_out())])
    dist = course.root() / _DIST
    before = _contents(dist)
    _bundle(node, dist)
    after = _contents(dist)
    return [dist / name for name in sorted(after) if before.get(name) != after[name]]


def differences() -> list[Problem]:
    """Return each bundle or source that is not as it was when it was bundled; write nothing."""
    if not (course.root() / _LEARNER / "src").is_dir():  # a course without the package's sources
        return []
    names = [*_not_as_bundled()]
    node = _node()
    if node and not names:
        with tempfile.TemporaryDirectory() as made:
            _bundle(node, Path(made))
            given, there = _contents(Path(made)), _contents(course.root() / _DIST)
        names = [f"{_DIST}/{name}" for name in sorted(given.keys() | there) if given.get(name) != there.get(name)]
    return [Problem(name, 0, say("authoring.derive.differs"), say("authoring.derive.way_out")) for name in names]


def _not_as_bundled() -> Iterator[str]:
    """Yield the sources and bundles whose hashes are not those of the manifest."""
    package = course.root() / "buuchinh"
    dist = course.root() / _DIST
    try:
        manifest = json.loads((dist / _MANIFEST).read_text(encoding="utf-8"))
        sources, outputs = dict(manifest["sources"]), dict(manifest["outputs"])
    except (OSError, ValueError, KeyError, TypeError):
        yield f"{_DIST}/{_MANIFEST}"
        return
    there = {path.relative_to(package).as_posix(): path for path in _sources(package)}
    for name in sorted(sources.keys() | there):
        if name not in there or _hash(there[name]) != sources.get(name):
            yield f"buuchinh/{name}"
    for name, known in sorted(outputs.items()):
        if _hash(dist / name) != known:
            yield f"{_DIST}/{name}"


def _sources(package: Path) -> Iterator[Path]:
    """Yield what ``bundle.js`` reads: scripts and style sheets of learners and of question types, and itself."""
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
    """Return a node beside which esbuild is installed, as ``make`` sets it up; None without."""
    if not (course.root() / "node_modules" / "esbuild").is_dir():
        return None
    beside = Path(sys.executable).with_name("node")
    return str(beside) if beside.is_file() else shutil.which("node")


def _bundle(node: str, into: Path) -> None:
    """Run ``bundle.js``; raises ``KitError`` with what esbuild says of the sources."""
    command = [
        node,
        "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON",
        str(course.root() / _LEARNER / "bundle.js"),
        "--into",
        str(into),
    ]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if ran.returncode:
        raise KitError([Problem(f"{_LEARNER}/src", 0, ran.stderr.strip(), _way_out())])


def _way_out() -> str:
    return say("authoring.front_end.way_out")
