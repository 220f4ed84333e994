"""Every command that the instructor's guide shows is run, in its order, on a small class."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from kit.course import copy_course, run

from buuchinh.messages import say
from buuchinh.notebook import pack
from buuchinh.questions.answers import Record

pytestmark = pytest.mark.journey
GUIDE = Path(__file__).parents[1] / "docs" / "instructor.md"


def test_the_guide_names_the_exercises_whose_questions_are_not_read_without_a_code() -> None:
    (named,) = re.findall(
        r"đề riêng: một phần bài tập 1–5, 7, 8 và toàn bộ (bài thi)", GUIDE.read_text(encoding="utf-8")
    )
    assert named
    for path in sorted((GUIDE.parents[1] / "exercises").glob("*/*.ipynb")):
        text = path.read_text(encoding="utf-8")
        own, all_ = text.count(say("release.exam_standin")), text.count('class=\\"bc-standin')
        few = path.stem in {"bt01", "bt02", "bt03", "bt04", "bt05", "bt07", "bt08"}
        assert 0 < own < all_ if few else own == (0 if path.stem == "bt06" else all_), path.name


def test_the_guide_runs_from_top_to_bottom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copy_course(tmp_path / "course")
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    (root / "lop.csv").write_text("Mã;Họ tên\nGL-0001-9;\n;Người thứ hai\n", encoding="utf-8-sig")
    blocks = re.findall(r"```sh\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines()]
    assert {line.split()[1] for line in commands} == {
        "roster", "check", "release", "bundle", "collect", "repair", "grade", "feedback", "report", "backup", "forget",
        "audit", "exam", "demo",
    }  # fmt: skip
    for command in commands:
        if command.startswith("buuchinh collect"):
            desk = tmp_path / "desk" / "bt02"
            shutil.copytree(root / "exercises" / "bt02", desk)
            Record(desk, "bt02", "1.0.0", "GL-0001-9").put("bt02-q14", "Dừng, không mở, báo trưởng bưu cục.")
            (root / "usb").mkdir()
            shutil.copy(pack.build(desk, "bt02", "GL-0001-9", datetime.now().astimezone()).path, root / "usb")
        run(root, *command.split())
    assert not (root / "feedback" / "GL-0001-9").exists()
    assert not (tmp_path / "course-lop-thu").exists()
