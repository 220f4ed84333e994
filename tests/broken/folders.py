"""Folders as they are copied from a desk or found on a stick: links, pipes, the whole working folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from broken_kit import Good, case


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
