"""A small class whose texts wait for a person: a rubric with lines, and a server with the desk."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from buuchinh.classroom import gradebook
from buuchinh.grading import grade_class
from buuchinh.release import release
from kit.classroom import UNIT, cell, edit, make_course, released_long_ago
from kit.course import wait_for
from kit.handin import answers, code_of, hand_in
from kit.task import add_task
from kit.use_course import use_course

QUESTION = "bt90-q3"
CODES = tuple(code_of(number) for number in range(1, 5))
TEXTS = (
    "Dừng nhận, báo ngay cho trưởng bưu cục rồi mời mọi người lùi ra xa.",
    "Báo trưởng bưu cục.\n\nSau đó <b>chờ</b> văn bản; không tự mở.",
    "Em chưa biết.",
    "Dừng nhận, báo ngay cho trưởng bưu cục rồi mời mọi người lùi ra xa.",
)
STORY = "## Phần 2. Ở quầy\n\nBác Tư mang **kiện lạ** tới quầy 2 lúc 9 giờ 40."
RUBRIC = """\
rubric: CANARY dặn người chấm
        lines:
          - {id: viec, points: 1, text: "CANARY nói `việc` làm"}
          - {id: noi, points: 1, text: "CANARY nói nơi"}
          - {id: gio, points: 1, half: false, text: "CANARY nói giờ"}
"""


def released_with_lines(folder: Path, *, task: bool = False) -> Path:
    """Make and release the small course without code; the caller sets BUUCHINH_COURSE to what it returns."""
    root = make_course(folder, code=False)
    questions = root / "source" / UNIT / "questions.yml"
    edit(questions, "rubric: CANARY rubric\n", RUBRIC)
    _add_story(root)
    if task:
        add_task(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        release.release(UNIT)
        released_long_ago(root)
    return root


def _add_story(root: Path) -> None:
    """Put a text before the question on the sheet."""
    path = root / "source" / UNIT / f"{UNIT}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    place = next(number for number, one in enumerate(notebook["cells"]) if QUESTION in "".join(one["source"]))
    notebook["cells"].insert(place, cell("markdown", STORY, f"{UNIT}-phan-2", locked=True))
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


def handed_in(root: Path, texts: dict[str, str]) -> None:
    """Hand in each text, with everything else right, and grade the class."""
    for code, text in texts.items():
        folder = hand_in(root, code, answers() | {QUESTION: text}, text=text)
        record = {"at": "2026-11-25T10:00:00+07:00", "notes": [], "unit": UNIT, "code": code}
        (folder / "collected.json").write_text(json.dumps(record), encoding="utf-8")
    grade_class.grade(UNIT)


@pytest.fixture(scope="session")
def marked_class(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a course in which four people's texts wait; made once."""
    root = released_with_lines(tmp_path_factory.mktemp("cham-tay"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        handed_in(root, dict(zip(CODES, TEXTS, strict=True)))
    return root


@pytest.fixture
def marking_course(marked_class: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a fresh copy of that course, in which the test stands."""
    root = tmp_path / "course"
    shutil.copytree(marked_class, root)
    return use_course(root, monkeypatch)


def row(code: str, question: str = QUESTION) -> tuple[Any, ...]:
    """Return what nbgrader itself has: manual score, whether it waits, comment."""
    with gradebook.opened() as book:
        grade = book.find_grade(question, UNIT, UNIT, code)
        comment = book.find_comment(question, UNIT, UNIT, code)
        return grade.manual_score, bool(grade.needs_manual_grade), comment.manual_comment


def by_formgrader(code: str, points: float | None, comment: str | None = None, question: str = QUESTION) -> None:
    """Give points as formgrader's own handlers do."""
    with gradebook.opened() as book:
        grade = book.find_grade(question, UNIT, UNIT, code)
        grade.manual_score = points
        grade.needs_manual_grade = points is None and grade.auto_score is None
        if comment is not None:
            book.find_comment(question, UNIT, UNIT, code).manual_comment = comment
        book.db.commit()


@contextmanager
def served(root: Path, *, formgrader: bool = False, token: str = "thu") -> Iterator[str]:
    """Yield the address of a Jupyter server with the desk, to which ``?token=thu`` belongs."""
    with server_process(root, formgrader=formgrader, token=token) as (address, _):
        yield address


@contextmanager
def server_process(
    root: Path, *, formgrader: bool = False, token: str = "thu"
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Yield the address and the process of a Jupyter server with the desk."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    tests = Path(__file__).parents[1]
    names = ["buuchinh.desk.server.desk_extension", *(["nbgrader.server_extensions.formgrader"] if formgrader else [])]
    places = [str(tests), str(tests.parent), os.environ.get("PYTHONPATH", "")]
    process = subprocess.Popen(
        [
            sys.executable, "-m", "jupyter_server", "--no-browser", "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={root}",
            f"--IdentityProvider.token={token}", "--Application.log_level=ERROR",
            f"--ServerApp.jpserver_extensions={ dict.fromkeys(names, True)!r}",
            *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
        ],
        cwd=root,
        env={
            **os.environ, "BUUCHINH_COURSE": str(root), "JUPYTER_CONFIG_DIR": str(root / ".jupyter" / "thu"),
            "JUPYTER_CONFIG_PATH": str(root / ".jupyter" / "khong"), "JUPYTER_NO_CONFIG": "1",
            "PYTHONPATH": os.pathsep.join(filter(None, places)),
        },
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}/"
    try:
        wait_for(address)
        yield address, process
    finally:
        process.terminate()
        process.wait(timeout=30)


def no_code(text: str) -> bool:
    """Return whether ``text`` has nobody's code, however it is written."""
    return not any(re.search(code.replace("-", "-?"), text, re.IGNORECASE) for code in CODES)
