"""The first start on a PC without a network, from what the start file runs; its packages are small ones.

Linux alone: ``bwrap --unshare-net`` gives a machine whose only network is its own loopback.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from kit.course import ROOT, missing
from kit.wheels import digest, wheel

from buuchinh.lab import unpack
from buuchinh.lab.prepare import STAMP

PYTHON = getattr(sys, "_base_executable", sys.executable)
SAY = "import one, two; print(one.NAME, two.NAME)"


@pytest.fixture(scope="module", autouse=True)
def _walls() -> None:
    if shutil.which("bwrap") is None:
        missing("bubblewrap")


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    """Return the ``lab/`` of a bundle with two small packages, in a place with spaces and Vietnamese letters."""
    made = tmp_path / "Tài liệu của Hương" / "lab"
    shutil.copytree(ROOT / "buuchinh", made / "buuchinh", ignore=shutil.ignore_patterns("__pycache__"))
    listed(made, unpack.key(), ["one", "two"])
    return made


def listed(lab: Path, key: str, names: list[str]) -> None:
    wheels = [wheel(lab / "wheels", name) for name in names]
    text = unpack.as_list([unpack.BundledWheel(path, digest(path)) for path in wheels])
    (lab / unpack.list_name(key)).write_text(text, encoding="utf-8")


def without_network(lab: Path, *command: str, walls: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run a command in the bundle's folder with no network, a home that is empty, and none of our variables."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return subprocess.run(
        ["bwrap", "--unshare-net", "--die-with-parent", "--dev-bind", "/", "/", *walls, "--chdir", str(lab), *command],
        env=kept | {"HOME": str(lab.parent), "LC_ALL": "C"}, capture_output=True, text=True, encoding="utf-8",
        timeout=120, check=False,
    )  # fmt: skip


def prepare(lab: Path, *words: str, walls: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    done = without_network(lab, PYTHON, "-B", "-m", "buuchinh.lab.prepare", *words, walls=walls)
    assert "Traceback" not in done.stderr
    return done


def test_packages_are_there_without_pip_and_without_a_network(lab: Path) -> None:
    done = prepare(lab)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 trên 2" in done.stdout
    said = without_network(lab, ".venv/bin/python", "-c", SAY)
    assert said.stdout == "one two\n"
    assert without_network(lab, ".venv/bin/python", "-c", "import pip").returncode == 1, "nothing was asked of pip"
    again = prepare(lab)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", ""), "the second start does nothing"


def test_a_start_that_was_broken_off_is_begun_again(lab: Path) -> None:
    assert prepare(lab).returncode == 0
    (lab / ".venv" / STAMP).unlink()
    shutil.rmtree(next((lab / ".venv").glob("lib/python*/site-packages/two")))
    assert prepare(lab).returncode == 0
    assert without_network(lab, ".venv/bin/python", "-c", SAY).returncode == 0


def test_a_newer_bundle_over_an_old_one_takes_its_own_packages(lab: Path) -> None:
    assert prepare(lab).returncode == 0
    listed(lab, unpack.key(), ["two", "three"])
    assert prepare(lab).returncode == 0
    assert without_network(lab, ".venv/bin/python", "-c", "import two, three").returncode == 0
    assert without_network(lab, ".venv/bin/python", "-c", "import one").returncode == 1


def told(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """One sentence on what is wrong, the way out in it, and no environment that looks ready."""
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    for word in words:
        assert word in done.stderr


def test_a_stick_that_is_read_only_says_where_to_copy_it(lab: Path) -> None:
    told(prepare(lab, walls=("--ro-bind", str(lab), str(lab))), "Không ghi được", "Documents")
    assert not (lab / ".venv").exists()
    assert prepare(lab).returncode == 0
    told(prepare(lab, walls=("--ro-bind", str(lab), str(lab))), "Documents")


@pytest.fixture
def small_disk(lab: Path) -> tuple[str, ...]:
    """Return walls that put the bundle on a disk of 40 MB."""
    there = [word for name in ("buuchinh", "wheels") for word in ("--ro-bind", str(lab / name), str(lab / name))]
    return ("--size", "40000000", "--tmpfs", str(lab), *there)


def test_a_disk_that_is_too_full_says_how_much_is_needed(lab: Path, small_disk: tuple[str, ...]) -> None:
    told(prepare(lab, walls=small_disk), "cần 101 MB", "còn 40 MB", "Xóa bớt")


def test_a_disk_that_fills_while_it_unpacks_says_so_and_is_not_ready(lab: Path) -> None:
    limit = "import resource, runpy, sys; sys.argv = ['x']; resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20)); "
    limit += "runpy.run_module('buuchinh.lab.prepare', run_name='__main__')"
    done = without_network(lab, PYTHON, "-B", "-c", limit)
    told(done, "mở lại")
    assert not (lab / ".venv" / STAMP).exists()
    assert prepare(lab).returncode == 0


def test_a_damaged_file_is_named(lab: Path) -> None:
    (path,) = (lab / "wheels").glob("two-*.whl")
    data = path.read_bytes()
    path.write_bytes(data[:-40] + bytes(40))
    told(prepare(lab), path.name, "Giải nén lại")
    path.unlink()
    told(prepare(lab), path.name)
    path.write_bytes(data)
    assert prepare(lab).returncode == 0


def test_a_bundle_for_another_system_says_for_which_it_is(lab: Path) -> None:
    for path in (lab / "wheels").glob("*.txt"):
        path.rename(path.with_name("3.12-win-amd64.txt"))
    told(prepare(lab), unpack.key(), "3.12-win-amd64")
    assert not (lab / ".venv").exists()


def test_without_wheels_and_without_a_network_the_way_out_is_told(lab: Path) -> None:
    shutil.rmtree(lab / "wheels")
    (lab / "requirements.lock").write_text(f"one==1 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    done = prepare(lab)
    assert done.returncode == 1
    assert "Nối mạng" in done.stderr.splitlines()[-1]
    assert not (lab / ".venv" / STAMP).exists()


def test_two_windows_prepare_one_after_the_other(lab: Path) -> None:
    command = [PYTHON, "-B", "-m", "buuchinh.lab.prepare"]
    environment = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    both = [
        subprocess.Popen(command, cwd=lab, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=120)[0].decode() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum("2 trên 2" in one for one in said) == 1, said
    assert without_network(lab, ".venv/bin/python", "-c", SAY).returncode == 0


def test_what_prepares_imports_no_more_than_python_has(lab: Path) -> None:
    """The embeddable Python has no package and no environment: ``-S`` and ``-I`` are the nearest to it here."""
    script = f"import sys; sys.path.insert(0, {str(lab)!r}); import buuchinh.lab.prepare; print('whole')"
    assert without_network(lab, PYTHON, "-I", "-S", "-c", script).stdout == "whole\n"
