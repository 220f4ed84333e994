"""Download the wheels that a lock file names, for this or another system, and check them against the hashes in it.

pip takes the package index and certificates from its own configuration. If a folder of wheels is given, only that
folder is searched.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from packaging.tags import Tag
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

from buuchinh.errors import KitError, Problem
from buuchinh.lab.unpack import BundledWheel
from buuchinh.messages import say
from buuchinh.release import lockfile
from buuchinh.release.lockfile import Locked
from buuchinh.release.targets import System

_NONE = re.compile(r"No matching distribution found for ([\w.-]+)==")


def wheels(
    lock: Path, system: System, python: str, into: Path, *, wheelhouse: Path | None = None
) -> list[BundledWheel]:
    """Return the wheels that ``lock`` names for ``system`` and the Python version ``python``, such as ``3.11``.

    The wheels are taken from the folder ``wheelhouse`` if given, or else downloaded to ``into``. Raise ``KitError`` if
    a package has no wheel (an office PC cannot build packages from source), naming every such package, or with pip's
    message if the download fails.
    """
    wanted = lockfile.read(lock, system.environment(python))
    if wheelhouse is None:
        _fetch(lock, wanted, system, python, into)
    packed, missing = _chosen(wanted, system, python, wheelhouse or into)
    if missing:
        raise KitError([_no_wheel(lock, one, system, python, wheelhouse) for one in missing])
    return packed


def _fetch(lock: Path, wanted: Sequence[Locked], system: System, python: str, into: Path) -> None:
    into.mkdir(parents=True, exist_ok=True)
    asked, missing = list(wanted), list[Locked]()
    while True:
        output = _pip(asked, system, python, into)
        if output is None:
            break
        names = {canonicalize_name(name) for name in _NONE.findall(output)}
        without = [one for one in asked if one.name in names]
        if not without:
            last = next((line for line in reversed(output.splitlines()) if line.strip()), "")
            raise KitError(say("release.offline.no_network", said=last), say("release.offline.network"))
        missing += without
        asked = [one for one in asked if one.name not in names]
    if missing:
        raise KitError([_no_wheel(lock, one, system, python, None) for one in missing])


def _pip(asked: Sequence[Locked], system: System, python: str, into: Path) -> str | None:
    """Run ``pip download`` and return pip's error message, or None on success.

    ``asked`` must already be limited to packages whose markers hold on the target system, since pip would evaluate
    markers for the running system.
    """
    listed = into / "can.txt"
    lines = [f"{one} {' '.join(f'--hash=sha256:{hash_}' for hash_ in sorted(one.hashes))}\n" for one in asked]
    listed.write_text("".join(lines), encoding="utf-8")
    platforms = [word for tag in system.wheels for word in ("--platform", tag)]
    done = subprocess.run(
        [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--require-hashes", "--no-deps",
         "--only-binary", ":all:", *platforms, "--python-version", python, "--implementation", "cp",
         "-d", str(into), "-r", str(listed)],
        capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    listed.unlink()
    return (done.stderr or done.stdout or say("release.offline.no_pip")) if done.returncode else None


def _chosen(
    wanted: Sequence[Locked], system: System, python: str, folder: Path
) -> tuple[list[BundledWheel], list[Locked]]:
    """Return the best wheel in ``folder`` for each package, and the packages without a suitable wheel.

    Raise ``KitError`` if a wheel's hash is not in the lock file.
    """
    rank = {tag: place for place, tag in enumerate(system.tags(python))}
    best: dict[str, tuple[int, Path]] = {}
    for path, package, tags in _named(folder):
        places = [rank[tag] for tag in tags if tag in rank]
        if places and (package not in best or min(places) < best[package][0]):
            best[package] = (min(places), path)
    packed: list[BundledWheel] = []
    missing: list[Locked] = []
    problems: list[Problem] = []
    for one in wanted:
        if str(one) not in best:
            missing.append(one)
            continue
        _, path = best[str(one)]
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest not in one.hashes:
            problems.append(Problem(path.name, 0, say("release.offline.other_bytes"), say("release.offline.again")))
        packed.append(BundledWheel(path, digest))
    if problems:
        raise KitError(problems)
    return packed, missing


def _named(folder: Path) -> Iterator[tuple[Path, str, frozenset[Tag]]]:
    """Yield (path, package, tags) for each wheel in a folder; the package is written as ``name==version``."""
    for path in sorted(folder.glob("*.whl")):
        with contextlib.suppress(InvalidWheelFilename):
            name, version, _, tags = parse_wheel_filename(path.name)
            yield path, f"{name}=={version}", tags


def _no_wheel(lock: Path, locked: Locked, system: System, python: str, wheelhouse: Path | None) -> Problem:
    if wheelhouse is not None:
        sentence = say(
            "release.offline.not_there", package=locked, system=system.title, python=python, folder=wheelhouse
        )
        return Problem(lock.name, locked.line, sentence, say("release.offline.not_there_way_out"))
    sentence = say("release.offline.no_wheel", package=locked, system=system.title, python=python)
    return Problem(lock.name, locked.line, sentence, say("release.offline.no_wheel_way_out"))
