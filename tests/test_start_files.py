"""What is double-clicked: read as text everywhere, and run by Wine's ``cmd`` where it is installed (``-m long``)."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from kit.wine import Ended, Wine, wine

START = Path(__file__).parents[1] / "buuchinh" / "lab" / "start"
BATCHES = ["bat-dau.bat", "giang-vien.bat", "cua-so-lenh.bat"]
COURSE = {
    "bat-dau.bat": ("-m", "buuchinh", "lab"),
    "giang-vien.bat": ("-m", "buuchinh", "lab", "--instructor"),
    "cua-so-lenh.bat": (),
}
PREPARE = {
    "bat-dau.bat": ("-B", "-m", "buuchinh.lab.prepare"),
    "giang-vien.bat": ("-B", "-m", "buuchinh.lab.prepare", "requirements-instructor.lock"),
    "cua-so-lenh.bat": ("-B", "-m", "buuchinh.lab.prepare", "requirements-instructor.lock"),
}
EACH = pytest.mark.parametrize("name", BATCHES)


@EACH
def test_every_way_of_a_batch_file_leads_somewhere(name: str) -> None:
    text = (START / name).read_text(encoding="ascii")
    labels = set(re.findall(r"(?m)^:(\w+)", text))
    assert set(re.findall(r"goto (\w+)", text)) == labels
    for shown in re.findall(r"%TEXT%\\([a-z-]+\.txt)", text):
        assert (START / shown).is_file()
    assert "chcp 65001" in text
    for line in text.splitlines():
        if line.startswith("set ") and "%" in line:
            assert re.fullmatch(r'set "\w+=[^"]*"', line), "a folder may be named with & or brackets"
    blocks = re.findall(r"\((?:[^()]|\([^()]*\))*%(?:PATH|CD)%", text)
    assert not blocks, "a bracket in PATH would end a block"


@EACH
def test_what_fails_keeps_the_window_open(name: str) -> None:
    text = (START / name).read_text(encoding="ascii")
    for label in re.findall(r"(?m)^:(not_\w+|no_\w+)", text):
        part = text.split(f":{label}\n")[1].split("\n\n")[0]
        assert part.strip().splitlines()[-1] == "goto stop"
    assert text.split(":stop\n")[1].split() == ["pause", "popd", "exit", "/b", "1"]


SHELLS = ["bat-dau.sh", "giang-vien.sh", "giang-vien.command", "cua-so-lenh.sh"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a bundle's folder with start files and their texts, in a place with spaces and an ampersand."""
    made = tmp_path / "Tai lieu cua Huong & ban (2)" / "lab"
    shutil.copytree(START, made / "buuchinh" / "lab" / "start")
    for name in SHELLS:
        shutil.copy(START / name, made / name)
    for name in BATCHES:
        (made / name).write_bytes((START / name).read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    (made / "lenh").mkdir()
    (made / "lenh/buuchinh.bat").write_bytes(b'@echo off\r\n"%BUUCHINH_PYTHON%" -m buuchinh %*\r\n')
    return made


def shell(folder: Path, name: str, *words: str) -> tuple[int, str, list[str]]:
    """Run a shell's start file where PATH has a handful of tools and ``elsewhere``; return code, words, calls."""
    tools = folder / "tools"
    tools.mkdir(exist_ok=True)
    for tool in ("sh", "cat", "dirname", "chmod", "env"):
        if not (tools / tool).exists():
            (tools / tool).symlink_to(str(shutil.which(tool)))
    calls = folder / "calls.txt"
    calls.unlink(missing_ok=True)
    done = subprocess.run(
        [str(tools / "sh"), str(folder / name), *words], capture_output=True, text=True, encoding="utf-8", check=False,
        env={"PATH": f"{folder / 'elsewhere'}:{tools}", "CALLS": str(calls), "PYTHONHOME": "/other",
             "PYTHONPATH": "/other"},
    )  # fmt: skip
    called = calls.read_text(encoding="utf-8").splitlines() if calls.exists() else []
    return done.returncode, done.stdout + done.stderr, called


def stub(path: Path, fits: int = 0, prepare: int = 0) -> None:
    """Write a program in place of Python that notes its calls; looking for a Python that fits is not noted."""
    path.parent.mkdir(parents=True, exist_ok=True)
    place = f"{path.parent.parent.name}/{path.parent.name}"
    lines = [
        "#!/bin/sh",
        f'[ "$1" = -c ] && exit {fits}',
        f'echo "{place} $* home=$PYTHONHOME" >>"$CALLS"',
        f'[ "$1" = -B ] && exit {prepare}',
        "exit 0",
    ]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")


@pytest.mark.parametrize("name", SHELLS)
def test_a_shells_start_file_takes_the_python_that_it_should(folder: Path, name: str) -> None:
    (folder / "elsewhere").mkdir()
    code, said, calls = shell(folder, name)
    assert (code, calls) == (1, [])
    assert "3.11" in said
    stub(folder / "elsewhere/python3")
    (folder / "elsewhere/python3").chmod(0o755)
    stub(folder / ".venv/bin/python", fits=1)
    (folder / ".venv/bin/python").chmod(0o755)
    code, _, calls = shell(folder, name, "sh", "-c", "exit 0")
    assert code == 0
    assert calls[0].startswith("lab/elsewhere -B -m buuchinh.lab.prepare")
    assert all(call.endswith("home=") for call in calls)
    stub(folder / "python/bin/python3.12")  # a zip forgot that it is a program
    code, _, calls = shell(folder, name, "sh", "-c", "exit 0")
    assert code == 0
    assert {call.split()[0] for call in calls} == {"python/bin"}
    stub(folder / "python/bin/python3.12", prepare=1)
    (folder / "python/bin/python3.12").chmod(0o755)
    code, _, calls = shell(folder, name, "sh", "-c", "exit 0")
    assert (code, len(calls)) == (1, 1), "what cannot be prepared is not opened"
    stub(folder / "python/bin/python3.12", fits=1)
    code, said, calls = shell(folder, name)
    assert (code, calls) == (1, [])
    assert "Documents" in said


@pytest.mark.parametrize("name", ["giang-vien.sh", "giang-vien.command"])
def test_a_double_click_opens_the_instructors_page(folder: Path, name: str) -> None:
    stub(folder / "python/bin/python3.12")
    (folder / "elsewhere").mkdir()
    code, _, calls = shell(folder, name)
    assert code == 0
    assert [call.split(" home=")[0] for call in calls] == [
        f"python/bin {' '.join(PREPARE['giang-vien.bat'])}",
        f"python/bin {' '.join(COURSE['giang-vien.bat'])}",
    ]


@pytest.fixture(scope="module")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Wine:
    return wine(tmp_path_factory.mktemp("wine"))


def programs(ended: Ended, folder: Path) -> list[tuple[str, tuple[str, ...]]]:
    """Return each call as the program's place in the folder and its words; looking for a Python left out."""
    return [(str(Path(call.program).relative_to(folder)), call.words) for call in ended.calls if call.words[0] != "-c"]


@pytest.mark.long
@EACH
def test_a_python_of_the_bundle_is_used_alone(windows: Wine, folder: Path, name: str) -> None:
    windows.put(folder / "python/python.exe")
    windows.put(folder / "elsewhere/python.exe")
    ended = windows.run(folder / name, typed="exit\n", path=folder / "elsewhere")
    done = [("python/python.exe", PREPARE[name])]
    assert programs(ended, folder) == done + ([("python/python.exe", COURSE[name])] if COURSE[name] else [])
    assert ended.code == 0
    for call in ended.calls:
        assert call.environment["utf8"] == "1"
        assert call.environment["home"] == call.environment["path"] == "", "what the PC has set reaches no Python"


@pytest.mark.long
@EACH
def test_a_python_of_the_bundle_that_does_not_run_is_told(windows: Wine, folder: Path, name: str) -> None:
    for code in (3, -1073741515):  # a missing DLL ends a program below zero
        windows.put(folder / "python/python.exe", fits=code)
        windows.put(folder / "elsewhere/python.exe")
        ended = windows.run(folder / name, path=folder / "elsewhere")
        assert programs(ended, folder) == []
        assert ended.code == 1
        assert "Documents" in ended.printed


@pytest.mark.long
@EACH
def test_the_environment_that_was_made_comes_before_other_pythons(windows: Wine, folder: Path, name: str) -> None:
    windows.put(folder / ".venv/Scripts/python.exe")
    windows.put(folder / "elsewhere/python.exe")
    ended = windows.run(folder / name, typed="exit\n", path=folder / "elsewhere")
    assert {program for program, _ in programs(ended, folder)} == {".venv/Scripts/python.exe"}
    assert ended.code == 0


@pytest.mark.long
@EACH
def test_the_first_python_that_fits_prepares(windows: Wine, folder: Path, name: str) -> None:
    windows.put(folder / ".venv/Scripts/python.exe", fits=1)
    windows.put(folder / "elsewhere/py.exe", fits=1)
    windows.put(folder / "elsewhere/python.exe")
    ended = windows.run(folder / name, "--no-browser", typed="exit\n", path=folder / "elsewhere")
    asked = [call.words[0] for call in ended.calls if call.program.endswith("/py.exe")]
    assert asked == ["-3.13", "-3.12", "-3.11"]
    first, *rest = programs_without_launcher(ended, folder)
    assert first == ("elsewhere/python.exe", PREPARE[name])
    assert rest == ([(".venv/Scripts/python.exe", (*COURSE[name], "--no-browser"))] if COURSE[name] else [])


def programs_without_launcher(ended: Ended, folder: Path) -> list[tuple[str, tuple[str, ...]]]:
    return [one for one in programs(ended, folder) if not one[0].endswith("py.exe")]


@pytest.mark.long
@EACH
def test_no_python_that_fits_is_told(windows: Wine, folder: Path, name: str) -> None:
    windows.put(folder / "elsewhere/python.exe", fits=1)
    ended = windows.run(folder / name, path=folder / "elsewhere")
    assert programs(ended, folder) == []
    assert ended.code == 1
    assert "Python" in ended.printed


@pytest.mark.long
@EACH
def test_what_cannot_be_prepared_is_not_opened(windows: Wine, folder: Path, name: str) -> None:
    windows.put(folder / "python/python.exe", prepare=1)
    ended = windows.run(folder / name)
    assert programs(ended, folder) == [("python/python.exe", PREPARE[name])]
    assert ended.code == 1


@pytest.mark.long
def test_a_course_that_ends_with_a_fault_keeps_the_window(windows: Wine, folder: Path) -> None:
    windows.put(folder / "python/python.exe", course=1)
    ended = windows.run(folder / "bat-dau.bat")
    assert len(programs(ended, folder)) == 2
    assert ended.code == 1


@pytest.mark.long
@EACH
def test_a_file_opened_within_the_zip_says_to_unzip(windows: Wine, folder: Path, name: str) -> None:
    shutil.rmtree(folder / "buuchinh")
    windows.put(folder / "python/python.exe")
    ended = windows.run(folder / name)
    assert ended.calls == []
    assert ended.code == 1
    assert "Extract All" in ended.printed


@pytest.mark.long
def test_in_the_instructors_window_the_command_alone_works(windows: Wine, folder: Path) -> None:
    windows.put(folder / "python/python.exe")
    for before in ("", "cd .. & "):  # Wine's window reads one line of a pipe
        ended = windows.run(folder / "cua-so-lenh.bat", typed=f"{before}buuchinh check --rules\r\nexit\r\n")
        assert programs(ended, folder)[1:] == [("python/python.exe", ("-m", "buuchinh", "check", "--rules"))]
