"""The course in a trainee's home on a hub: copied once, renewed around the work, and never with keys."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from kit.classroom import UNIT
from kit.course import ROOT
from kit.full_disk import filling
from traitlets.config.loader import PyFileConfigLoader

from buuchinh import cli, codes
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


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1258"])
def test_the_hubs_table_is_read_as_collect_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    code, other, table = codes.make("GL0001"), codes.make("GL0002"), tmp_path / "tai-khoan.csv"
    table.write_text(f"sep=;\nMa;Tai khoan\n{code.lower()};Lan.Tran\n\n{other};jupyter-minh\n", encoding=encoding)
    given, said = hub_settings(table, monkeypatch), list[str]()
    assert (given("lan.tran", said), given("minh", said), given("hoa", said)) == (code, other, None)
    table.write_text(f"Ma,Tai khoan\n{other},hoa\n", encoding="utf-8")
    assert (given("lan.tran", said), given("hoa", said)) == (None, other)
    table.write_text(f"Ma,Tai khoan\n{other},hoa\n{code},hoa\n", encoding="utf-8")
    assert given("hoa", said) == other  # the last good table
    assert "tai-khoan.csv:3" in said[0]
    assert "tài khoản hoa đã có ở dòng trên" in said[0]


def test_a_hub_with_a_bad_table_does_not_start_and_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "tai-khoan.csv"
    for content, words in ((None, "tai-khoan.csv"), (b"\xff", "tai-khoan.csv"), (b"Lan,lan\n", "không có dòng nào")):
        if content is not None:
            table.write_bytes(content)
        with pytest.raises(SystemExit) as ended:
            hub_settings(table, monkeypatch)
        assert words in str(ended.value)
        assert "Traceback" not in str(ended.value)


def hub_settings(table: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, list[str]], str | None]:
    """Load the hub's settings as JupyterHub does; return what gives a person's server its code."""
    monkeypatch.setenv("BUUCHINH_KIT", f"{sys.executable} -m buuchinh")
    monkeypatch.setenv("BUUCHINH_ACCOUNTS", str(table))
    settings = PyFileConfigLoader("buuchinh.py", path=str(ROOT / "deploy" / "tljh")).load_config()

    def given(name: str, said: list[str]) -> str | None:
        log = SimpleNamespace(warning=lambda line, *values: said.append(line % values))
        spawner = SimpleNamespace(user=SimpleNamespace(name=name, groups=[]), environment={}, log=log)
        settings.Spawner.pre_spawn_hook(spawner)
        code = spawner.environment.get("BUUCHINH_CODE")
        return str(code) if code else None

    return given


@pytest.mark.parametrize("instructor", [False, True])
def test_what_the_hub_starts_finds_the_command(
    bundle: Path, small_course: Path, tmp_path: Path, instructor: bool
) -> None:
    """The hub's program is stood in for by one that says how it was started: there is no hub to start it."""
    stand_in = tmp_path / "thay" / "jupyterhub"
    stand_in.mkdir(parents=True)
    (stand_in / "__init__.py").write_text("", encoding="utf-8")
    said = "import json, os, sys; print(json.dumps([os.environ['PATH'], sys.argv[1:]]))"
    (stand_in / "singleuser.py").write_text(said, encoding="utf-8")
    own = {"HOME": str(tmp_path / "nha"), "PATH": "/usr/bin:/bin", "JUPYTERHUB_SERVICE_PREFIX": "/user/a/"}
    own |= {"BUUCHINH_CLASS": str(small_course)} if instructor else {"BUUCHINH_BUNDLE": str(bundle)}
    kept = {name: one for name, one in os.environ.items() if not name.startswith(("BUUCHINH_", "JUPYTER"))}
    paths = os.pathsep.join([str(stand_in.parent), str(ROOT)])
    (tmp_path / "nha").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "buuchinh", "hub-server"], env=kept | own | {"PYTHONPATH": paths}, check=False,
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    path, arguments = json.loads(done.stdout.splitlines()[-1])
    programs = str(Path(sys.executable).parent)
    assert path.split(os.pathsep)[0] == programs
    terminals = [one.partition("=")[2] for one in arguments if one.startswith("--ServerApp.terminado_settings=")]
    assert len(terminals) == instructor
    for settings in terminals:  # a login shell's profile sets a PATH of its own, as on Debian
        command = ast.literal_eval(settings)["shell_command"]
        (tmp_path / "nha" / ".profile").write_text("PATH=/usr/bin:/bin\n", encoding="utf-8")
        shell = subprocess.run(
            command, env={"HOME": str(tmp_path / "nha"), "SHELL": "/bin/sh"}, input='echo "$PATH"\n', check=True,
            capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip
        assert shell.stdout.split(os.pathsep)[0] == programs
