"""Folders as they are copied from a desk or found on a stick: links, pipes, the whole working folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from kit.broken import Good, case, packed

from buuchinh.questions.answers import Record


@case("bt02", "same", lines=2)
def the_whole_working_folder_with_its_zips(good: Good, desk: Path) -> None:
    good.zip()
    shutil.copytree(good.folder.parent, desk / good.code)


@case("bt06", "mended", "Không có phiếu")
def the_working_folder_without_a_zip(good: Good, desk: Path) -> None:
    shutil.copytree(good.folder, desk / good.code / "bt06")


@case("bt02", "same", lines=2)
def links_and_pipes_lie_beside_the_zip(good: Good, desk: Path) -> None:
    (desk / good.name).write_bytes(good.zip())
    for name in ("answers.json", "answers.jsonl", "khac.zip"):
        (desk / name).symlink_to(good.folder.parents[3] / "source" / "bt02" / "questions.yml")
    (desk / "bai-lam").symlink_to(good.folder.parents[2])
    if hasattr(os, "mkfifo"):
        os.mkfifo(desk / "receipt.json")
        os.mkfifo(desk / "bt02.ipynb")


@case("bt02", "same")
def the_zip_is_in_folders_with_spaces_and_signs(good: Good, desk: Path) -> None:
    folder = desk / "Bưu cục Ia Grai (đợt 2)" / "'gửi lại' & kiểm tra"
    folder.mkdir(parents=True)
    (folder / good.name).write_bytes(good.zip())


@case("bt02", "same")
def deleted_hand_ins_lie_in_the_bin(good: Good, desk: Path) -> None:
    (desk / good.name).write_bytes(good.zip())
    for name in ("$RECYCLE.BIN", "System Volume Information", ".Trashes", ".ipynb_checkpoints"):
        (desk / name).mkdir()
        (desk / name / f"bt02_{good.other}.zip").write_bytes(b"PK\x03\x04")


def _with_practice(good: Good, folder: Path) -> None:
    """Copy the whole work of a trainee: practice lies beside the exercise."""
    shutil.copytree(good.folder, folder / "bt02")
    for unit in ("kt1", "l03", "on-tap"):
        record = Record(folder / unit, unit, "1.0.0", good.code)
        record.put(f"{unit if unit != 'on-tap' else 'l05'}-q01", "a")
    (folder / "on-tap" / "lich.json").write_text("{}", encoding="utf-8")
    (folder / "l07").mkdir()
    (folder / "l07" / "answers.json").write_text('{"format": 1, "an', encoding="utf-8")


@case("bt02", "mended", "Không có phiếu")
def the_whole_work_with_lessons_and_tests(good: Good, desk: Path) -> None:
    _with_practice(good, desk / good.code)


@case("bt02", "mended", "Không có phiếu")
def the_whole_work_with_lessons_and_tests_in_a_zip(good: Good, desk: Path) -> None:
    _with_practice(good, desk / "khach")
    files = {
        f"{good.code}/{path.relative_to(desk / 'khach').as_posix()}": path.read_bytes()
        for path in sorted((desk / "khach").rglob("*"))
        if path.is_file()
    }
    shutil.rmtree(desk / "khach")
    (desk / f"bt02_{good.code}.zip").write_bytes(packed(files))


@case("bt02", "mended", "Không có phiếu")
def the_answers_lie_in_a_folder_named_like_a_lesson(good: Good, desk: Path) -> None:
    (desk / "L03").mkdir()
    shutil.copy(good.folder / "answers.json", desk / "L03")
