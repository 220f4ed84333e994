"""What several test files share: a browser, a copy of the course, a running JupyterLab."""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from kit import agreeing, node
from kit.classroom import UNIT, edit, make_course, released_long_ago
from kit.course import Lab, copy_course, missing, start_lab
from kit.handin import code_of
from kit.in_memory import use as use_memory
from kit.pace import pace, passed_by
from kit.use_course import use_course
from playwright.sync_api import Browser, Error, Playwright, expect, sync_playwright

_SHELL = "chromium-headless-shell"
"""Chromium without windows and menus: for a page it is the same, and each page opened costs a third."""
_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--js-flags=--no-opt",  # a page of JupyterLab lives some seconds: to optimise its scripts costs more than it saves
)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.hookimpl(tryfirst=True)  # before -m looks at the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files, and mark what is fast."""
    pace(items)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Pass by the files that ``make fast`` runs nothing of: they import much."""
    return passed_by(collection_path, config.option.markexpr) or None


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Let the garbage collector pass by what stays to the end: thousands of items and all that is imported."""
    gc.freeze()


# A busy machine makes no example slow: what must end in time counts its own processor time.
hypothesis.settings.register_profile("kit", deadline=None)
hypothesis.settings.load_profile("kit")

use_memory()

# Many images forbid bytecode: then each of the thousand processes that tests start would compile Jupyter anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# No test cuts the power, and a disk that does much else lets each of some ten thousand small files wait for it.
os.fsync = lambda _descriptor: None  # type: ignore[assignment]

# What a page must show is waited for as long as a press is: five seconds are too few where three browsers share a core.
expect.set_options(timeout=30_000)

# A shell starts what runs in its background deaf to Ctrl-C, and so would be all that tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Return what starts browsers, started once for all tests."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Return the machine's Chromium, started once for all tests; where CI has none, that is a failure."""
    for path in _chromium():
        if started := _launched(playwright, path):
            yield started
            started.close()
            return
    missing("a browser: chromium")


def _chromium() -> Iterator[str | None]:
    """Name the browsers to try, the cheapest first; None is the one that Playwright has fetched for itself."""
    if named := os.environ.get("CHROMIUM"):
        yield named
        return
    yield from filter(None, [shutil.which(_SHELL)])
    yield None
    yield from filter(None, map(shutil.which, _BROWSERS))


def _launched(playwright: Playwright, path: str | None) -> Browser | None:
    with contextlib.suppress(Error):
        return playwright.chromium.launch(executable_path=path, args=_OPTIONS)
    return None


@pytest.fixture
def firefox(playwright: Playwright) -> Iterator[Browser]:
    """Return the machine's Firefox; where there is none, the test is skipped by name."""
    try:
        started = playwright.firefox.launch(executable_path=os.environ.get("FIREFOX"))
    except Error:
        pytest.skip("not installed: a browser: firefox")
    yield started
    started.close()


@pytest.fixture(scope="session")
def javascript() -> Iterator[node.Node]:
    """Return a node with all that JavaScript computes as Python does."""
    with node.running([*node.OF_TYPES, *agreeing.MODULES], agreeing.ZONE) as started:
        yield started


@pytest.fixture(params=agreeing.VOLUMES)
def agree(request: pytest.FixtureRequest, javascript: node.Node) -> agreeing.Agree:
    """Return what tries cases made by chance in both languages."""
    return agreeing.Agree(javascript, request.node.name, request.param)


@pytest.fixture
def course_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a fresh copy of the course; the test stands in it and the kit takes it for the course."""
    folder = copy_course(tmp_path / "course")
    monkeypatch.setenv("BUUCHINH_COURSE", str(folder))
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(scope="session")
def released_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small course of ``kit.classroom``, its exercise released; made once, since nbgrader takes seconds."""
    from buuchinh.release import release

    with pytest.MonkeyPatch.context() as patch:
        root = make_course(tmp_path_factory.mktemp("phat-hanh"))
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        release.release(UNIT)
        released_long_ago(root)
    return root


@pytest.fixture
def course(released_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a fresh copy of the released course, on a machine that can isolate code."""
    from buuchinh.execution import sandbox

    if sandbox.missing():
        missing(f"bubblewrap: {sandbox.missing()}")
    root = tmp_path / "course"
    shutil.copytree(released_course, root)
    return use_course(root, monkeypatch)


@pytest.fixture(scope="session")
def small_class(released_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the released course with two trainees enrolled; made once."""
    from buuchinh.classroom import gradebook

    root = tmp_path_factory.mktemp("mau") / "course"
    shutil.copytree(released_course, root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        with gradebook.opened() as book:
            for number in (1, 2):
                book.add_student(code_of(number))
    return root


@pytest.fixture
def small_course(small_class: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a fresh copy of ``small_class``; no code is run in it."""
    root = tmp_path / "course"
    shutil.copytree(small_class, root)
    return use_course(root, monkeypatch)


@pytest.fixture
def late_pair(small_course: Path) -> Path:
    """Return the small course with a deadline before which neither of two trainees handed in."""
    from kit.desk import brought, work

    edit(small_course / "course.toml", "[deadlines]", "[deadlines]\nbt90 = 2026-11-25T09:30:00+07:00")
    for code in (code_of(1), code_of(2)):
        work(small_course, code)
        brought(small_course, code)
    return small_course


@pytest.fixture
def exam_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a fresh course of ``kit.exam`` with blueprint and pool; its exam is not drawn yet."""
    from kit.exam import make_exam_course

    root = make_exam_course(tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    monkeypatch.chdir(root)
    return root


@pytest.fixture(scope="session")
def exam_class(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a course with a released exam of two forms and a class of eight; made once, as nbgrader takes seconds."""
    from kit.exam import make_exam_course, release_exam

    with pytest.MonkeyPatch.context() as patch:
        root = make_exam_course(tmp_path_factory.mktemp("thi"))
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        release_exam()
    return root


@pytest.fixture
def released_exam(exam_class: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a fresh copy of ``exam_class``; the test stands in it."""
    root = Path(shutil.copytree(exam_class, tmp_path / "course"))
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    monkeypatch.chdir(root)
    return root


@pytest.fixture(scope="module")
def module_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Return the trainees' JupyterLab on a copy of the course; started once, since it takes seconds."""
    yield from start_lab(copy_course(tmp_path_factory.mktemp("lab") / "course"))


@pytest.fixture
def lab_server(module_lab: Lab, monkeypatch: pytest.MonkeyPatch) -> Lab:
    """Return the module's JupyterLab with nobody's work in it; the test stands in its course."""
    module_lab.empty()
    monkeypatch.setenv("BUUCHINH_COURSE", str(module_lab.course))
    monkeypatch.chdir(module_lab.course)
    return module_lab
