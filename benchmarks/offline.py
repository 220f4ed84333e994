"""What a bundle weighs that opens without a network, and how long its first start takes.

    python benchmarks/offline.py [--python EMBEDDABLE] [--rounds N]

Makes the bundles with ``buuchinh bundle --offline`` (which needs a network), then opens the one for Linux, which
carries this machine's Python, where ``bwrap --unshare-net`` leaves only loopback: from ``sh bat-dau.sh`` until the
course answers, the first time and again. ``--python`` is an archive of Python for Windows; without it the bundle
for Windows carries wheels for every Python that the course takes. It writes its section of ``docs/performance.md``.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

from table import write_section

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
from kit import bundle as bundle_kit  # noqa: E402

TITLE = "## On an office PC without a network"
UNPACKED = re.compile(
    r"(?P<wheels>\d+) gói Python \(Python (?P<pythons>[\d., ]+)\)"
    r".* (?P<files>\d+) tệp, (?P<size>\d+) MB; .* (?P<seconds>\d+) giây"
)
PATH = re.compile(r"(\d+) trên 259")


@dataclass(frozen=True)
class Made:
    """A bundle and what ``bundle`` said of it."""

    archive: Path
    files: int
    said: str

    def line(self, what: str) -> str:
        """Return its row of the table."""
        found = UNPACKED.search(self.said)
        assert found, self.said
        path = PATH.search(self.said)
        size = self.archive.stat().st_size / 1e6
        return (
            f"| {what} | {found['pythons']} | {found['wheels']} | {size:.0f} | {self.files} "
            f"| {found['size']} | {found['files']} | {found['seconds']} | {path[1] if path else ''} |"
        )


def main() -> None:
    """Measure and write the section."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", type=Path, help="an archive of Python for Windows")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="buuchinh-offline-") as name:
        place = Path(name)
        own = ["--python", str(bundle_kit.python_archive(place / "python.tar.gz"))]
        theirs = ["--python", str(chosen.python)] if chosen.python else []
        made = {
            "trainee, no wheels": _made(place / "plain"),
            "trainee, Windows": _made(place / "windows", "--offline", "windows", *theirs),
            "instructor, Windows": _made(place / "gv", "--offline", "windows", "--instructor", *theirs),
            "trainee, Linux, with its Python": _made(place / "linux", "--offline", "linux", *own),
        }
        starts = [
            _starts(made["trainee, Linux, with its Python"].archive, place / "Tài liệu") for _ in range(chosen.rounds)
        ]
        _write(made, starts)


def _made(out: Path, *words: str) -> Made:
    done = subprocess.run(
        [sys.executable, "-m", "buuchinh", "bundle", "--out", out, *words],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    (archive,) = out.glob("*.zip")
    with zipfile.ZipFile(archive) as packed:
        return Made(archive, len(packed.namelist()), done.stdout)


def _starts(archive: Path, folder: Path) -> tuple[float, float]:
    """Return the seconds of the first and of the second start."""
    lab = bundle_kit.unzipped(archive, folder) / "lab"
    try:
        return _start(lab, folder / "home"), _start(lab, folder / "home")
    finally:
        shutil.rmtree(folder)


def _start(lab: Path, home: Path) -> float:
    environment = bundle_kit.environment(home) | {"LD_LIBRARY_PATH": str(bundle_kit.BASE / "lib")}
    walls = ["bwrap", "--unshare-net", "--unshare-pid", "--die-with-parent", "--dev-bind", "/", "/", "--proc", "/proc"]
    begun = time.perf_counter()
    with subprocess.Popen(
        [*walls, "sh", "bat-dau.sh", "--no-browser"],
        cwd=lab, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stdout
        address = next((line for line in process.stdout if "http://" in line), "")
        took = time.perf_counter() - begun
        process.kill()
    assert address, "bat-dau.sh printed no address"
    return took


def _write(made: dict[str, Made], starts: list[tuple[float, float]]) -> None:
    first, again = (statistics.median(one) for one in zip(*starts, strict=True))
    plain = made.pop("trainee, no wheels")
    plain_path, plain_size = PATH.findall(plain.said)[0], plain.archive.stat().st_size / 1e6
    lines = [
        TITLE, "",
        f"Written by `python benchmarks/offline.py`; {os.cpu_count()} cores.",
        "",
        "| bundle | Python | wheels | zip, MB | files | unpacked, MB | files | s here | longest path |",
        "|---|---|---|---|---|---|---|---|---|",
        f"| trainee, packages from the network |  |  | {plain_size:.0f} | {plain.files} |  |  |  | {plain_path} |",
        *(one.line(what) for what, one in made.items()),
        "",
        f"- From `sh bat-dau.sh` until the course answers, on Linux without a network: {first:.1f} s the first time,",
        f"  {again:.1f} s after that (median of {len(starts)}).",
        "- Unpacking is of one Python, once where the bundle is made; a virus scanner on an office PC takes longer.",
        "- Paths are counted from `C:\\Users\\<20 letters>\\Documents\\`, unzipped by Explorer into a folder of the",
        "  zip's name; Windows opens 259 signs.",
    ]  # fmt: skip
    sys.stdout.write("\n".join([*lines, ""]))
    write_section(lines)


if __name__ == "__main__":
    main()
