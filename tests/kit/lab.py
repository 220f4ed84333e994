"""A JupyterLab of the trainee's profile, on a folder of its own, for tests that click in it."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat

from buuchinh.lab import launch

TESTS = Path(__file__).resolve().parents[1]
PROFILE = Path(launch.__file__).resolve().parent / "trainee"

_SET_UP = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from kit import question as kit
from buuchinh.questions.answers import Record
from buuchinh.questions.browser.widget import QuestionWidget, show

def ask(question_id, mode):
    record = Record(Path("kept") / mode, "t", "1.0.0", "GL-0123-K")
    question = kit.authored(question_id) if mode == "practice" else kit.public(question_id)
    handed = kit.practice_payload(question_id) if mode == "practice" else kit.exam_payload(question_id)
    handed["store"] = "GL-0123-K/" + mode
    handed["headingLevel"] = 2
    entry = record.answers().get(question_id, {{}})
    keep = lambda answer: record.put(question_id, answer)
    show(question, QuestionWidget(handed, keep, answer=entry.get("answer"), answered_at=entry.get("at")))
"""


def notebook(path: Path, asked: list[tuple[str, str]]) -> None:
    """Write a notebook that asks the questions ``(id, mode)`` of ``kit.question``."""
    folded = {"jupyter": {"source_hidden": True}}
    cells = [
        nbformat.v4.new_markdown_cell("# Câu hỏi"),
        nbformat.v4.new_code_cell(_SET_UP.format(tests=str(TESTS)), metadata=folded),
        *(nbformat.v4.new_code_cell(f"ask({name!r}, {mode!r})", metadata=folded) for name, mode in asked),
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), path)


@contextmanager
def lab(folder: Path) -> Iterator[str]:
    """Serve ``folder`` and yield the address of its files, token included by ``{}`` in place of the name."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(12)
    settings = folder / ".jupyter"
    (settings / "custom").mkdir(parents=True)
    style = (PROFILE / "custom" / "custom.css").read_text(encoding="utf-8")
    (settings / "custom" / "custom.css").write_text(style, encoding="utf-8")
    environment = os.environ | launch.environment(folder, instructor=False) | {"JUPYTER_CONFIG_DIR": str(settings)}
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--LabApp.custom_css=True",
        f"--LabApp.extra_labextensions_path={launch.EXTENSIONS}",
        f"--ServerApp.port={port}", f"--ServerApp.root_dir={folder}", f"--IdentityProvider.token={token}",
    ]  # fmt: skip
    log = (folder / "server.log").open("wb")
    with subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/api?token={token}")
            yield f"http://127.0.0.1:{port}/doc/tree/{{}}?token={token}"
        finally:
            server.terminate()
            server.wait(20)
            log.close()


def _wait(address: str) -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(address)
