"""Makes what an older kit left behind, by that kit's own code; no test runs this.

    PYTHONPATH=tests .venv/bin/python tests/older/make.py 0.1.1 b574bca

Into ``tests/older/<name>/`` go, for ever (what is there is never made again):

* ``site.tar.xz``: the pages as ``buuchinh site`` of that commit built them, whole, since their worker names each file;
* ``browser.json``: what a browser kept of somebody in mid-exercise on those pages: IndexedDB with its name, version,
  stores, indexes, keys and values, its second copy where there was one, ``localStorage``; beside it the file that
  "Lưu vào tệp" gave, and the zip that was handed in;
* ``course.tar.xz``: ``bai-lam/`` of somebody in mid-exercise in JupyterLab, with notebooks as they were saved, their
  outputs, what was handed in, and a guest's folder; without drawings, which are those of the lessons;
* ``lab.json``: the cookie and the ``localStorage`` of an answer in JupyterLab that nobody took any more;
* ``addresses.json``: what was printed as a square code, what a telephone's first screen opens, what else was told.

The commit is taken out into a folder that is thrown away. Its code runs in the Python of this checkout, which has all
that it asks for. ``on_pages.py`` presses what is pressed, ``at_a_desk.py`` is run by the older kit itself.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

from kit.course import start_lab
from kit.site_page import served
from playwright.sync_api import sync_playwright

from older.on_pages import in_the_lab, on_pages

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CODE = "GL-0123-Q"
PRINTED = """
import json
from buuchinh import course
from buuchinh.campaign.page import ROUTES
site = type(course.settings().site)
print(json.dumps([site(url=url).address(route) for url in URLS for route in ROUTES.values()]))
"""
URLS = ("https://hoc.vi-du.vn/", "https://vi-du.vn/hoc/index.html")


def taken_out(commit: str, folder: Path) -> None:
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        tar.extractall(folder, filter="data")


def run(kit: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=kit, env=environment(kit), check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def environment(kit: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(kit), "BUUCHINH_COURSE": str(kit), "TZ": "Asia/Ho_Chi_Minh"}


def pack(out: Path, root: Path, names: list[Path]) -> None:
    """Write files below ``root`` as they are, without whose they are and when they were written."""
    with tarfile.open(out, "w:xz", preset=9) as tar:
        for path in sorted(names):
            tar.add(path, path.relative_to(root).as_posix(), filter=_plain)


def addresses(kit: Path, site: Path, bundles: Path) -> dict[str, Any]:
    """Return the addresses that this kit gave out, and what lay where in the bundle that it made."""
    run(kit, "-m", "buuchinh", "bundle", "--out", str(bundles))
    (path,) = bundles.glob("*.zip")
    with zipfile.ZipFile(path) as bundle:
        names = [name for name in bundle.namelist() if not name.endswith("/")]
        (door,) = [name for name in names if name.endswith("BAT-DAU.html")]
        opened = re.findall(r'href="([^"#]+)"', bundle.read(door).decode("utf-8"))
    return {
        "printed": json.loads(run(kit, "-c", f"URLS = {URLS!r}\n{PRINTED}")),
        "start_url": json.loads((site / "hoc.webmanifest").read_text(encoding="utf-8"))["start_url"],
        "door": opened,
        "bundle": sorted(name.partition("/")[2] for name in names if name.count("/") < 3),
    }


def _plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    info.mtime = 1_795_000_000
    return info


def write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    name, commit = sys.argv[1:]
    out = HERE / name
    out.mkdir()
    os.environ["TZ"] = "Asia/Ho_Chi_Minh"
    time.tzset()
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        kit, site = Path(made) / "kit", Path(made) / "site"
        taken_out(commit, kit)
        run(kit, "-m", "buuchinh", "site", "--out", str(site))
        pack(out / "site.tar.xz", site, [path for path in site.rglob("*") if path.is_file()])
        write(out / "addresses.json", addresses(kit, site, Path(made) / "goi"))
        options = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)
        with served(site) as address:
            write(out / "browser.json", on_pages(browser, address, kit / "exercises", out))
        run(kit, str(HERE / "at_a_desk.py"))
        os.environ["PYTHONPATH"] = str(kit)
        with closing(start_lab(kit)) as running:
            (lesson,) = (kit / "bai-lam" / CODE / "l05").glob("*.ipynb")
            write(out / "lab.json", in_the_lab(browser, next(running).address, lesson.relative_to(kit).as_posix()))
        browser.close()
        work = [path for path in (kit / "bai-lam").rglob("*") if path.is_file()]
        left_out = re.compile(r"/hinh/|/phu-luc/|/\.ipynb_checkpoints/|\.lock$")
        pack(out / "course.tar.xz", kit, [path for path in work if not left_out.search(path.as_posix())])


if __name__ == "__main__":
    main()
