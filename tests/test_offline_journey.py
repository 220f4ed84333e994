"""An offline bundle for real: fetched from the index, then opened, worked in and handed in without any network.

Minutes, hundreds of megabytes and a network to fetch them with: ``pytest -m long tests/test_offline_journey.py``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from kit import bundle as bundle_kit
from kit.course import ROOT, copy_course, run

from buuchinh.release.targets import SYSTEMS, VERSIONS

pytestmark = pytest.mark.long
LOCKS = {"": "requirements.lock", "--instructor": "requirements-instructor.lock"}
UV_NAMES = {"windows": "x86_64-pc-windows-msvc", "linux": "x86_64-manylinux_2_28", "macos": "aarch64-apple-darwin"}

MACOS = "14.0"
"""What the kit's bundle is for; uv takes 13 by itself."""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_course(tmp_path_factory.mktemp("course") / "course")


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of this machine as an archive, laid out as a build without an installer is."""
    if bundle_kit.BASE.name == "usr":
        pytest.skip("not installed: a Python in a folder of its own")
    return bundle_kit.python_archive(tmp_path_factory.mktemp("python") / "python.tar.gz")


def made(course: Path, out: Path, *words: str) -> tuple[Path, str]:
    """Make a bundle and return its zip and what the command said."""
    said = run(course, "buuchinh", "bundle", "--out", str(out), *words)
    (archive,) = out.glob("*.zip")
    return archive, said


def without_network(command: list[str], folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command where the machine's own loopback is all the network there is."""
    return subprocess.run(
        ["bwrap", "--unshare-net", "--die-with-parent", "--dev-bind", "/", "/", "--chdir", str(folder), *command],
        env=environment, capture_output=True, text=True, encoding="utf-8", timeout=1500, check=False,
    )  # fmt: skip


def test_it_serves_from_the_first_start_to_the_hand_in_without_a_network(
    course: Path, python: Path, tmp_path: Path
) -> None:
    archive, said = made(course, tmp_path / "out", "--offline", "linux", "--python", str(python))
    assert "Không cần mạng trên Linux" in said
    own = {"BUUCHINH_TEST_BUNDLE": str(archive), "LD_LIBRARY_PATH": str(bundle_kit.BASE / "lib")}
    done = without_network(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "--basetemp", str(tmp_path / "in"),
         "tests/browser/test_bundle_journey.py::test_the_bundle_that_is_handed_out_serves_from_the_start_to_the_hand_in"],
        ROOT, dict(os.environ) | own,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:]
    assert "1 passed" in done.stdout


def test_in_an_instructors_window_the_commands_work_without_a_network(
    course: Path, python: Path, tmp_path: Path
) -> None:
    archive, said = made(course, tmp_path / "out", "--offline", "linux", "--python", str(python), "--instructor")
    assert "đáp án" in said
    folder = bundle_kit.unzipped(archive, tmp_path / "Tài liệu của giảng viên")
    environment = bundle_kit.environment(tmp_path / "home") | {"LD_LIBRARY_PATH": str(bundle_kit.BASE / "lib")}
    for words, expected in (
        (["buuchinh", "check"], "Không có lỗi"),
        (["sh", "-c", "cd .. && buuchinh release bt05"], "bt05"),
        (["nbgrader", "--version"], "."),
    ):
        done = without_network(["sh", "cua-so-lenh.sh", *words], folder, environment)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        assert expected in done.stdout


@pytest.mark.parametrize("who", LOCKS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_another_resolver_finds_all_that_the_other_system_needs(
    course: Path, tmp_path: Path, system: str, who: str
) -> None:
    archive, _ = made(course, tmp_path / "out", "--offline", system, *filter(None, [who]))
    with zipfile.ZipFile(archive) as packed:
        wheels = [name for name in packed.namelist() if name.endswith(".whl")]
        for name in wheels:
            (tmp_path / Path(name).name).write_bytes(packed.read(name))
    for version in VERSIONS:
        subprocess.run(
            [sys.executable, "-m", "uv", "-q", "pip", "install", "--dry-run", "--python-platform", UV_NAMES[system],
             "--python-version", version, "--no-index", "--find-links", tmp_path, "--require-hashes",
             "--only-binary", ":all:", "--target", tmp_path / "into", "-r", course / LOCKS[who]],
            check=True, timeout=300, env={**os.environ, "MACOSX_DEPLOYMENT_TARGET": MACOS},
        )  # fmt: skip
