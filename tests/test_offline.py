"""A bundle for a PC without a network: what is fetched, what is carried, what a person reads when it cannot be."""

from __future__ import annotations

import re
import subprocess
import tarfile
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from kit.course import ROOT
from kit.wheels import digest, embeddable, lock, wheel
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from buuchinh import cli, course
from buuchinh.errors import KitError
from buuchinh.lab import unpack
from buuchinh.release import bundle, download_wheels, instructor_bundle_files, lockfile, offline, own_python
from buuchinh.release.targets import SYSTEMS, VERSIONS, System

LOCKS = ["requirements.lock", "requirements-instructor.lock"]
WINDOWS, LINUX = SYSTEMS["windows"], SYSTEMS["linux"]
PER_SYSTEM = pytest.mark.parametrize("system", SYSTEMS.values(), ids=SYSTEMS)


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that pip takes for the whole index."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    return folder


def test_a_lock_is_read_as_the_other_system_reads_it(tmp_path: Path) -> None:
    files = [wheel(tmp_path, name) for name in ("one", "two", "three", "four")]
    markers = {
        "two": "sys_platform == 'win32'",
        "three": "os_name != 'nt' or (sys_platform != 'emscripten' and sys_platform != 'win32')",
        "four": "python_full_version < '3.12'",
    }
    path = lock(tmp_path / "a.lock", {file.name.split("-")[0]: [file] for file in files}, markers)
    read = {
        (system.name, python): [one.name for one in lockfile.read(path, system.environment(python))]
        for system in (WINDOWS, LINUX)
        for python in ("3.11", "3.13")
    }
    assert read == {
        ("windows", "3.11"): ["one", "two", "four"], ("windows", "3.13"): ["one", "two"],
        ("linux", "3.11"): ["one", "three", "four"], ("linux", "3.13"): ["one", "three"],
    }  # fmt: skip
    first = lockfile.read(path, WINDOWS.environment("3.11"))[0]
    assert first.hashes == {digest(files[0])}
    assert path.read_text(encoding="utf-8").splitlines()[first.line - 1].startswith("one==1")


@PER_SYSTEM
@pytest.mark.parametrize("name", LOCKS)
def test_the_locks_hold_all_that_their_packages_ask_for_on_each_system(name: str, system: System) -> None:
    """Compare with what the installed packages say that they need, read as the other system reads it."""
    for python in VERSIONS:
        environment = system.environment(python)
        listed = {one.name: one.version for one in lockfile.read(ROOT / name, environment)}
        assert len(listed) > 100
        for package in listed:
            for text in _requires(package):
                need = Requirement(text)
                if need.marker is None or need.marker.evaluate(environment):
                    given = listed.get(canonicalize_name(need.name))
                    assert given, (package, text, python)
                    assert need.specifier.contains(given, prereleases=True), (package, text, given)


def _requires(package: str) -> list[str]:
    try:
        return metadata.requires(package) or []
    except metadata.PackageNotFoundError:
        return []  # of another system


def test_pip_fetches_what_another_system_takes_and_nothing_else(index: Path, tmp_path: Path) -> None:
    files = {
        "plain": [wheel(index, "plain")],
        "built": [wheel(index, "built", f"cp311-cp311-{tag}") for tag in ("win_amd64", "manylinux_2_17_x86_64")]
        + [wheel(index, "built", "cp312-cp312-win_amd64")],
        "stable": [wheel(index, "stable", "cp39-abi3-win_amd64")],
        "paint": [wheel(index, "paint")],
        "posix": [wheel(index, "posix")],
    }
    path = lock(
        tmp_path / "a.lock", files, {"paint": "sys_platform == 'win32'", "posix": "sys_platform != 'win32'"}
    )  # fmt: skip
    names = {one.path.name for one in download_wheels.wheels(path, WINDOWS, "3.11", tmp_path / "got")}
    assert names == {
        "plain-1-py3-none-any.whl", "built-1-cp311-cp311-win_amd64.whl", "stable-1-cp39-abi3-win_amd64.whl",
        "paint-1-py3-none-any.whl",
    }  # fmt: skip
    assert {one.name for one in (tmp_path / "got").iterdir()} == names


def test_each_package_that_has_only_its_source_is_named(index: Path, tmp_path: Path) -> None:
    files = {
        "plain": [wheel(index, "plain")],
        "linux_only": [wheel(index, "linux_only", "cp311-cp311-manylinux_2_17_x86_64")],
        "other_python": [wheel(index, "other_python", "cp312-cp312-win_amd64")],
    }
    path = lock(tmp_path / "a.lock", files)
    with pytest.raises(KitError) as caught:
        download_wheels.wheels(path, WINDOWS, "3.11", tmp_path / "got")
    said = [str(problem) for problem in caught.value.problems]
    assert [re.search(r"\w+-\w+==1", one)[0] for one in said] == ["linux-only==1", "other-python==1"]  # type: ignore[index]
    assert all("mã nguồn" in one and "Windows" in one for one in said)


def test_other_bytes_than_the_locks_are_refused(index: Path, tmp_path: Path) -> None:
    first = wheel(index, "plain")
    path = lock(tmp_path / "a.lock", {"plain": [first]})
    wheel(index, "plain", files={"plain/more.py": "MORE = 1\n"})
    with pytest.raises(KitError):
        download_wheels.wheels(path, WINDOWS, "3.11", tmp_path / "got")
    with pytest.raises(KitError) as caught:
        download_wheels.wheels(path, WINDOWS, "3.11", tmp_path / "got", wheelhouse=index)
    assert "mã kiểm tra" in str(caught.value)


def test_without_a_network_the_way_out_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = lock(tmp_path / "a.lock", {"plain": [wheel(tmp_path / "away", "plain")]})
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.setenv(name, "")
    with pytest.raises(KitError):
        download_wheels.wheels(path, WINDOWS, "3.11", tmp_path / "got")
    with pytest.raises(KitError) as caught:
        download_wheels.wheels(path, WINDOWS, "3.11", tmp_path / "got", wheelhouse=tmp_path)
    assert "--wheels" in str(caught.value)
    assert download_wheels.wheels(path, WINDOWS, "3.11", tmp_path / "got", wheelhouse=tmp_path / "away")


def test_an_embeddable_python_finds_packages_and_course_and_nothing_of_the_pc(tmp_path: Path) -> None:
    own = own_python.read(embeddable(tmp_path / "python.zip", "313"))
    assert (own.version, own.system) == ("3.13", WINDOWS)
    lines = own.files["python313._pth"].decode("ascii").split("\r\n")
    assert lines == ["python313.zip", ".", "Lib\\site-packages", "..", "import site", ""]
    assert own.files["python.exe"].startswith(b"MZ")


def test_a_build_without_an_installer_is_read_without_what_nobody_runs(tmp_path: Path) -> None:
    path = tmp_path / "python.tar.gz"
    inside = tmp_path / "python"
    elf = b"\x7fELF".ljust(18, b"\2") + (62).to_bytes(2, "little") + b"\0" * 64
    for name, data in {
        "bin/python3.12": elf, "bin/pip3": b"#!/x", "lib/python3.12/os.py": b"", "lib/python3.12/test/test_x.py": b"",
        "lib/python3.12/__pycache__/os.pyc": b"", "lib/libpython3.12.so.1.0": b"", "include/python3.12/Python.h": b"",
    }.items():  # fmt: skip
        (inside / name).parent.mkdir(parents=True, exist_ok=True)
        (inside / name).write_bytes(data)
    (inside / "bin/python3").symlink_to("python3.12")
    with tarfile.open(path, "w:gz") as packed:
        packed.add(inside, "python")
    own = own_python.read(path)
    assert (own.version, own.system) == ("3.12", LINUX)
    assert set(own.files) == {"bin/python3.12", "lib/python3.12/os.py", "lib/libpython3.12.so.1.0"}


def test_what_is_no_python_for_an_office_pc_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.zip").write_text("no archive", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "empty.zip", "w") as packed:
        packed.writestr("readme.txt", "x")
    with zipfile.ZipFile(tmp_path / "out.zip", "w") as packed:
        packed.writestr("../python.exe", "x")
    archives = [tmp_path / f"{name}.zip" for name in ("text", "empty", "out")]
    archives += [embeddable(tmp_path / "old.zip", "38"), embeddable(tmp_path / "small.zip", machine=0x14C)]
    archives += [embeddable(tmp_path / "arm.zip", machine=0xAA64)]
    for archive in archives:
        with pytest.raises(KitError) as caught:
            own_python.read(archive)
        assert "python.org" in str(caught.value), archive.name


def test_a_tar_with_another_name_of_what_it_does_not_hold_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "python.tar"
    with tarfile.open(path, "w") as packed:
        link = tarfile.TarInfo("python/bin/python3.12")
        link.type, link.linkname = tarfile.LNKTYPE, "python/bin/away"
        packed.addfile(link)
    with pytest.raises(KitError, match=r"python\.org"):
        own_python.read(path)


@pytest.mark.parametrize(
    "name",
    ["../out.py", "a/../../out.py", "/out.py", "//out.py", "a//out.py", "C:/out.py", "a\\..\\out.py", "... /out.py"]
    + [f"built-1.data/{scheme}/{rest}" for scheme in ("data", "purelib") for rest in ("../out.py", "/out.py")],
)
def test_a_wheel_that_names_a_place_outside_writes_nothing(tmp_path: Path, name: str) -> None:
    path = wheel(tmp_path, "built", files={name: ""})
    with pytest.raises(KitError):
        unpack.unpack([unpack.BundledWheel(path, digest(path))], tmp_path / "into", "Lib/site-packages")
    assert not list(tmp_path.glob("into/**/*.py"))
    assert not list(tmp_path.rglob("out.py"))
    with pytest.raises(KitError):
        unpack.size([unpack.BundledWheel(path, digest(path))])


def test_wheels_are_unpacked_as_an_installer_does(tmp_path: Path) -> None:
    path = wheel(
        tmp_path, "built", "cp311-cp311-win_amd64",
        {"built-1.data/data/share/jupyter/x.json": "{}", "built-1.data/purelib/more.py": "",
         "built-1.data/scripts/built": "#!python", "jupyterlab/galata/x.js": ""},
    )  # fmt: skip
    told: list[int] = []
    done = unpack.unpack([unpack.BundledWheel(path, digest(path))], tmp_path / "into", "Lib/site-packages", told.append)
    there = {one.relative_to(tmp_path / "into").as_posix() for one in (tmp_path / "into").rglob("*") if one.is_file()}
    assert there == {
        "share/jupyter/x.json", "Lib/site-packages/more.py", "Lib/site-packages/built/__init__.py",
        *(f"Lib/site-packages/built-1.dist-info/{name}" for name in ("METADATA", "WHEEL", "RECORD")),
    }  # fmt: skip
    assert told == [1]
    assert (done.files, done.longest) == (len(there), "Lib/site-packages/built-1.dist-info/METADATA")
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(KitError):
        unpack.unpack([unpack.BundledWheel(path, "0" * 64)], tmp_path / "again", "Lib/site-packages")
    assert not (tmp_path / "again").exists()


@pytest.fixture
def small_lock(course_copy: Path, tmp_path: Path) -> Path:
    """Return the folder of the only wheel that the course now asks for, beside one that lies about."""
    folder = tmp_path / "wheels"
    for name in LOCKS:
        lock(course_copy / name, {"plain": [wheel(folder, "plain", files={"plain/" + "x" * 40 + ".py": ""})]})
    wheel(folder, "stray")
    return folder


def test_the_command_makes_a_bundle_for_windows_with_its_python(
    small_lock: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    python = embeddable(tmp_path / "python.zip")
    words = ["bundle", "--offline", "windows", "--python", str(python), "--wheels", str(small_lock)]
    assert cli.run([*words, "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    (archive,) = (tmp_path / "out").glob("buuchinh-*-windows.zip")
    with zipfile.ZipFile(archive) as packed:
        held = {name.partition("/")[2]: packed.read(name) for name in packed.namelist()}
    assert held["lab/wheels/3.11-win-amd64.txt"].decode().split() == [
        digest(small_lock / "plain-1-py3-none-any.whl"), "plain-1-py3-none-any.whl",
    ]  # fmt: skip
    assert {name for name in held if name.startswith("lab/wheels/")} == {
        "lab/wheels/3.11-win-amd64.txt", "lab/wheels/plain-1-py3-none-any.whl",
    }  # fmt: skip
    assert held["lab/python/python.exe"].startswith(b"MZ")
    assert b".." in held["lab/python/python311._pth"]
    assert "BAT-DAU.html" in held
    assert re.search(r"Python 3\.11\).* 5 tệp.* trên 259 ký tự", said, re.DOTALL)


def test_without_a_python_there_is_a_list_for_each_that_the_course_takes(small_lock: Path, tmp_path: Path) -> None:
    words = ["bundle", "--offline", "linux", "--wheels", str(small_lock), "--out", str(tmp_path / "out")]
    assert cli.run(words) == 0
    (folder,) = (path for path in (tmp_path / "out").iterdir() if path.is_dir())
    lists = sorted(path.name for path in (folder / "lab/wheels").glob("*.txt"))
    assert lists == [f"{python}-linux-x86_64.txt" for python in VERSIONS]
    assert not (folder / "lab/python").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["--offline", "beos"], ["--python", "python.zip"], ["--wheels", "."],
        ["--offline", "linux", "--wheels", "WHEELS", "--python", "PYTHON"],
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_told(
    small_lock: Path, tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    given = {"WHEELS": str(small_lock), "PYTHON": str(embeddable(tmp_path / "python.zip"))}
    out = tmp_path / "out"
    assert cli.run(["bundle", "--out", str(out), *(given.get(word, word) for word in words)]) == 1
    assert capsys.readouterr().err.strip()
    assert not out.exists()


def test_a_path_that_windows_cannot_open_is_refused(small_lock: Path, tmp_path: Path) -> None:
    wheel(small_lock, "plain", files={f"plain/{'x' * 170}.py": ""})
    for name in LOCKS:
        lock(course.root() / name, {"plain": [small_lock / "plain-1-py3-none-any.whl"]})
    added = offline.gathered(course.root() / LOCKS[0], "windows", wheelhouse=small_lock)
    with pytest.raises(KitError) as caught:
        bundle.make(tmp_path / "out", added=added)
    assert "259" in str(caught.value)
    example = "C:\\Users\\" + "a" * 20 + "\\Documents\\buuchinh-1-windows\\buuchinh-1-windows\\lab\\x"
    assert offline.length("buuchinh-1-windows", "lab/x") == len(example)


def test_instructors_get_the_course_whole_and_nobodys_names(small_lock: Path, tmp_path: Path) -> None:
    root = course.root()
    for stray in ("source/bt02/lop.xlsx", "exam/angoff/phieu-1.csv", "bai-lam/GL0123/bt02/answers.json", "gradebook.db",
                  "datasets/lop.csv", "submitted/GL0123/bt02/bt02.ipynb", "docs/lop.csv"):  # fmt: skip
        (root / stray).parent.mkdir(parents=True, exist_ok=True)
        (root / stray).write_text("zqx-somebody", encoding="utf-8")
    words = [
        "bundle",
        "--offline",
        "linux",
        "--instructor",
        "--wheels",
        str(small_lock),
        "--out",
        str(tmp_path / "out"),
    ]
    assert cli.run(words) == 0
    (archive,) = (tmp_path / "out").glob("buuchinh-gv-*.zip")
    with zipfile.ZipFile(archive) as packed:
        held = {name.partition("/")[2]: packed.read(name) for name in packed.namelist()}
    assert not [name for name, data in held.items() if b"zqx-somebody" in data]
    assert {
        "giang-vien.bat",
        "giang-vien.command",
        "giang-vien.sh",
        "cua-so-lenh.bat",
        "cua-so-lenh.sh",
        "lenh/buuchinh.bat",
        "lenh/nbgrader",
        "wheels/3.11-linux-x86_64.txt",
    } <= set(held)
    assert "giang-vien.bat" in held["DOC-TOI-TRUOC.txt"].decode("utf-8-sig")
    assert b"{version}" not in held["DOC-TOI-TRUOC.txt"]
    assert held["giang-vien.bat"].count(b"\r\n") == held["giang-vien.bat"].count(b"\n")


def test_instructors_get_what_a_clone_has_but_for_tests() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8",
    ).stdout.split("\0")  # fmt: skip
    ours = {path for path in tracked if path and (ROOT / path).is_file()}
    developers = re.compile(
        r"\.|tests/|benchmarks/|Makefile|environment\.yml|requirements-dev\.lock"
        r"|biome\.json|tsconfig(\.strict)?\.json|package(-lock)?\.json"
    )
    assert set(instructor_bundle_files.list_instructor_files().paths) == {
        path for path in ours if not developers.match(path)
    }
