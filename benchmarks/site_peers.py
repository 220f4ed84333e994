"""The same lessons made into pages elsewhere: nbconvert, and Sphinx with myst-nb and furo."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SPHINX = ("sphinx==8.2.3", "myst-nb==1.3.0", "furo==2025.7.19")
_CONFIG = """\
project = "buuchinh"
language = "vi"
extensions = ["myst_nb"]
html_theme = "furo"
nb_execution_mode = "off"
suppress_warnings = ["*"]
"""
_ASKED = re.compile(r'(?:src|href)="([^"#?]+\.(?:css|js|png|svg|woff2?))(?:\?[^"]*)?"')


def lessons() -> list[Path]:
    """Return the notebooks of the eight lessons; the start page is none."""
    return sorted(path for path in (ROOT / "lessons").glob("*.ipynb") if not path.name.startswith("00"))


def nbconvert(out: Path) -> float:
    """Make a page of each lesson and return the seconds."""
    command = [sys.executable, "-m", "nbconvert", "--to", "html", "--log-level", "ERROR", "--output-dir", str(out)]
    begun = time.perf_counter()
    subprocess.run([*command, *map(str, lessons())], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def sphinx(place: Path) -> Path:
    """Make a site of the lessons in an environment of its own, and return its folder."""
    environment, source, out = place / "environment", place / "source", place / "out"
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or "uv"
    subprocess.run([uv, "venv", "-q", "--python", sys.executable, str(environment)], check=True)
    python = environment / "bin" / "python"
    subprocess.run([uv, "pip", "install", "-q", "--python", str(python), *SPHINX], check=True)
    source.mkdir(parents=True)
    for path in lessons():
        shutil.copy(path, source)
    (source / "conf.py").write_text(_CONFIG, encoding="utf-8")
    names = "\n".join(f"   {path.stem}" for path in lessons())
    (source / "index.rst").write_text(f"buuchinh\n========\n\n.. toctree::\n\n{names}\n", encoding="utf-8")
    subprocess.run(
        [str(python), "-m", "sphinx", "-q", "-b", "html", str(source), str(out)], check=True, capture_output=True
    )
    return out


def travelled(folder: Path, pages: list[str]) -> int:
    """Return the bytes, gzipped, of some pages and of what they name (styles, scripts, pictures), each once."""
    asked = {
        path
        for page in pages
        for name in _ASKED.findall((folder / page).read_text(encoding="utf-8"))
        if (path := (folder / page).parent / name).is_file()
    }
    return sum(packed(path.read_bytes()) for path in {*asked, *(folder / page for page in pages)})


def packed(data: bytes) -> int:
    """Return how many bytes travel."""
    return len(gzip.compress(data, 9, mtime=0))
