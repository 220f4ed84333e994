"""The course in a trainee's home on a hub: copied once, renewed around the work, and never with keys."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from kit.classroom import UNIT
from kit.full_disk import filling

from buuchinh import cli
from buuchinh.errors import KitError
from buuchinh.files import read_json
from buuchinh.lab import home_course


@pytest.fixture
def bundle(small_course: Path, tmp_path: Path) -> Path:
    """Return what trainees are given of the small course, with a package that a hub does not copy."""
    folder = tmp_path / "goi" / "lab"
    shutil.copytree(small_course, folder, ignore=shutil.ignore_patterns("source", "*.db", "so-cham", "nbgrader*"))
    (folder / "lessons").mkdir(exist_ok=True)
    (folder / "lessons" / "00-bat-dau.ipynb").write_text("{}", encoding="utf-8")
    (folder / "buuchinh").mkdir()
    (folder / "buuchinh" / "__init__.py").write_text("", encoding="utf-8")
    (folder / "bai-lam").mkdir(exist_ok=True)
    (folder / "bai-lam" / "la.txt").write_text("của ai khác", encoding="utf-8")
    return folder


def test_a_new_version_is_laid_around_the_work_and_never_over_it(bundle: Path, tmp_path: Path) -> None:
    home = tmp_path / "nha"
    root = home_course.brought(bundle, home)
    assert root == home / "khoa-hoc"
    assert (root / "exercises" / UNIT / f"{UNIT}.ipynb").is_file()
    assert not (root / "bai-lam").exists()
    assert not (root / "buuchinh").exists()
    work = root / "bai-lam" / "GL-0001-9" / UNIT / "answers.json"
    work.parent.mkdir(parents=True)
    work.write_text("của tôi", encoding="utf-8")
    (root / "don-vi").mkdir()
    (root / "don-vi" / "so.csv").write_text("1", encoding="utf-8")
    own = root / "ghi-chep.txt"
    own.write_text("của tôi", encoding="utf-8")
    (bundle / "lessons" / "00-bat-dau.ipynb").write_text('{"moi": 1}', encoding="utf-8")
    (bundle / "LICENSE").write_text("mới", encoding="utf-8")
    assert home_course.brought(bundle, home) == root
    assert read_json(root / "lessons" / "00-bat-dau.ipynb") == {"moi": 1}
    (bundle / "LICENSE").unlink()
    home_course.brought(bundle, home)
    assert not (root / "LICENSE").exists()
    assert {path.read_text(encoding="utf-8") for path in (work, own)} == {"của tôi"}
    assert (root / "don-vi" / "so.csv").is_file()


def test_the_same_version_is_not_copied_again(bundle: Path, tmp_path: Path) -> None:
    root = home_course.brought(bundle, tmp_path / "nha")
    before = (root / "exercises" / UNIT / f"{UNIT}.ipynb").stat().st_ino
    home_course.brought(bundle, tmp_path / "nha")
    assert (root / "exercises" / UNIT / f"{UNIT}.ipynb").stat().st_ino == before
    (root / ".ban-khoa-hoc.json").write_text("hỏng", encoding="utf-8")
    home_course.brought(bundle, tmp_path / "nha")
    assert (root / "exercises" / UNIT / f"{UNIT}.ipynb").stat().st_ino != before


def test_a_course_with_keys_is_refused_before_anything_is_copied(bundle: Path, tmp_path: Path) -> None:
    (bundle / "source").mkdir()
    with pytest.raises(KitError, match="có đáp án"):
        home_course.brought(bundle, tmp_path / "nha")
    with pytest.raises(KitError, match="không phải khóa học"):
        home_course.brought(tmp_path, tmp_path / "nha")
    assert not (tmp_path / "nha").exists()


def test_a_full_disk_is_one_sentence_and_the_next_start_lays_the_rest(bundle: Path, tmp_path: Path) -> None:
    root = home_course.brought(bundle, tmp_path / "nha")
    (bundle / "LICENSE").write_text("mới", encoding="utf-8")
    reading, writing = os.pipe()
    if not (child := os.fork()):
        try:
            filling(2)()
            home_course.brought(bundle, tmp_path / "nha")
        except KitError as error:
            os.write(writing, str(error).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as told:
        assert "Không chép được khóa học vào thư mục của anh/chị" in told.read().decode()
    assert not [path for path in root.iterdir() if path.name.startswith(".dang-ghi")]
    home_course.brought(bundle, tmp_path / "nha")
    assert (root / "LICENSE").read_text(encoding="utf-8") == "mới"


def test_the_command_is_the_hubs_and_names_what_is_missing(
    bundle: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("JUPYTERHUB_SERVICE_PREFIX", "BUUCHINH_BUNDLE", "BUUCHINH_CLASS"):
        monkeypatch.delenv(name, raising=False)
    assert cli.run(["hub-server"]) == 1
    assert "do máy chủ JupyterHub gọi" in capsys.readouterr().err
    monkeypatch.setenv("JUPYTERHUB_SERVICE_PREFIX", "/user/gl-0001-9/")
    without = "import sys; sys.modules['jupyterhub'] = None; from buuchinh import cli; cli.main(['hub-server'])"
    done = subprocess.run(
        [sys.executable, "-c", without], check=False, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 1
    assert "cần phần “hub”" in done.stderr
    assert "requirements-hub.lock" in done.stderr
    assert "Traceback" not in done.stderr
