"""Every command that the instructor's guide shows is run, in its order, on a small class."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from kit.course import copy_course, run

from buuchinh.notebook import pack
from buuchinh.questions.answers import Record

pytestmark = pytest.mark.journey
GUIDE = Path(__file__).parents[1] / "docs" / "instructor.md"


def test_the_guide_runs_from_top_to_bottom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copy_course(tmp_path / "course")
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    (root / "lop.csv").write_text("Mã;Họ tên\nGL-0001-9;\n;Người thứ hai\n", encoding="utf-8-sig")
    blocks = re.findall(r"```sh\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines()]
    assert {line.split()[1] for line in commands} == {
        "roster", "check", "release", "bundle", "collect", "repair", "grade", "feedback", "report", "backup", "forget",
        "audit", "exam",
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
