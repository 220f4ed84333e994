"""A learning management system for tests: ``scorm-again``, by others, over a server that stores what it commits."""

from __future__ import annotations

import io
import json
import shutil
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from kit import node
from kit.course import missing

_PLAYER = """<!doctype html>
<html lang="vi"><meta charset="utf-8"><title>LMS</title><link rel="icon" href="data:,">
<style>html, body, iframe { margin: 0; border: 0; width: 100%; height: 100%; display: block; overflow: hidden; }</style>
<script src="scorm12.js"></script>
<script>
const made = new Scorm12API({ autocommit: false, logLevel: 5, lmsCommitUrl: "commit" });
made.loadFromJSON(STATE);
WITH
</script>
<iframe src="package/index.html" allow="fullscreen"></iframe>
</html>
"""
OFFERED = "window.API = made;"
"""The player's last line, in which a test may offer something else."""


def scorm_again() -> Path:
    """Return the script of scorm-again for SCORM 1.2; without npm's packages a test is skipped, or fails in CI."""
    path = node.packages() / "scorm-again" / "dist" / "scorm12.js"
    if not path.is_file():
        missing("npm packages: scorm-again")
    return path


class Lms:
    """One learner's record of one package; ``alive`` says whether commits are taken."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.commits: list[dict[str, Any]] = []
        self.alive = True
        self.offers = OFFERED
        self.mode = "normal"
        self.learner = "u17"

    @property
    def core(self) -> dict[str, Any]:
        """What the last commit says of the learner."""
        core: dict[str, Any] = self.commits[-1]["cmi"]["core"]
        return core

    @property
    def kept(self) -> str:
        """The ``suspend_data`` of the last commit."""
        return str(self.commits[-1]["cmi"]["suspend_data"])

    def state(self) -> dict[str, Any]:
        """Return what a new sitting begins with: nothing in a new attempt, else what was suspended."""
        core = {"student_id": self.learner, "student_name": "Người Học", "lesson_mode": self.mode, "entry": "ab-initio"}
        if not self.commits:
            return {"core": core}
        last = self.commits[-1]["cmi"]
        before = {name: last["core"][name] for name in ("lesson_status", "lesson_location", "score")}
        return {"core": core | before | {"entry": "resume"}, "suspend_data": last["suspend_data"]}

    def page(self) -> str:
        """Return the player's page."""
        return _PLAYER.replace("STATE", json.dumps(self.state())).replace("WITH", self.offers)


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, lms: Lms, *given: Any, **named: Any) -> None:
        self.lms = lms
        super().__init__(*given, **named)

    def do_GET(self) -> None:
        if self.path == "/":
            self._answer(self.lms.page().encode(), "text/html; charset=utf-8")
        else:
            super().do_GET()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        if self.lms.alive:
            self.lms.commits.append(json.loads(body))
        said = {"result": self.lms.alive, "errorCode": 0 if self.lms.alive else 101}
        self._answer(json.dumps(said).encode(), "application/json")

    def _answer(self, data: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def unpack(package: bytes, folder: Path) -> None:
    """Unpack a package as an LMS does, beside scorm-again."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        archive.extractall(folder / "package")
    shutil.copy(scorm_again(), folder / "scorm12.js")


@contextmanager
def running(folder: Path) -> Iterator[Lms]:
    """Serve an unpacked package in its player."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(folder))) as server:
        lms = Lms(f"http://127.0.0.1:{server.server_port}/")
        server.RequestHandlerClass = partial(_Handler, lms, directory=str(folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield lms
        server.shutdown()
