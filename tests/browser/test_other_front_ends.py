"""A lesson in front ends that are not the course's lab: JupyterLab, Notebook 7, a printed page."""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from kit.course import ROOT, copy_course, wait_for
from kit.trainee import PATIENCE
from playwright.sync_api import Browser, Locator, Page, expect

from buuchinh.lab import launch
from buuchinh.notebook.display_parts import LAB
from buuchinh.questions import question_bank

pytestmark = [pytest.mark.browser, pytest.mark.journey]

LESSON = "lessons/05-buu-gui-nghi-van.ipynb"
LIVE, STANDIN = "[data-question]:visible", ".bc-standin:visible"
JOURNAL = "bai-lam/khach/l05/answers.jsonl"
EXTENSION = "buuchinh-learner"
BUILT = ROOT / "buuchinh/learner/dist/labextensions" / EXTENSION
WORDS_OF_WIDGETS = ("Error displaying widget", "Loading widget", "Failed to load model")


@dataclass(frozen=True)
class FrontEnd:
    """A Jupyter server on a copy of the course, and how its page names a notebook."""

    course: Path
    server: str
    page: str
    token: str

    def address(self) -> str:
        return f"{self.server}/{self.page}/{LESSON}?token={self.token}"

    def wait_for_kernel(self) -> None:
        """Wait until a kernel is idle and has a page: what is run before that JupyterLab forgets."""
        for _ in range(300):
            with contextlib.suppress(HTTPError):  # Jupyter answers 500 while a kernel is being started
                kernels = json.load(self._asked("GET", "api/kernels"))
                if any(one["execution_state"] == "idle" and one["connections"] for one in kernels):
                    break
            time.sleep(0.2)
        time.sleep(1)

    def forget_kernels(self) -> None:
        """End each session, as it is the next morning."""
        for one in json.load(self._asked("GET", "api/sessions")):
            self._asked("DELETE", f"api/sessions/{one['id']}")

    def _asked(self, method: str, path: str) -> Any:
        headers = {"Authorization": f"token {self.token}"}
        asked = urllib.request.Request(f"{self.server}/{path}", headers=headers, method=method)
        return urllib.request.urlopen(asked, timeout=60)


def jupyterlab() -> list[str]:
    return [sys.executable, "-m", "jupyterlab"]


def notebook7() -> list[str]:
    return [sys.executable, "-m", "notebook"]  # nbgrader brings it


@contextmanager
def served(folder: Path, command: list[str], page: str, *, extended: bool = False) -> Iterator[FrontEnd]:
    """Serve a copy of the course as somebody does who never heard of its lab; ``extended``: with its extension."""
    course = copy_course(folder / "course")
    settings = folder / "settings"
    (settings / "labconfig").mkdir(parents=True)
    whole = {"@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"}}  # else what is far is not drawn
    (settings / "labconfig" / "default_setting_overrides.json").write_text(json.dumps(whole), encoding="utf-8")
    if extended:
        shutil.copytree(BUILT, folder / "data" / "labextensions" / EXTENSION)
        command = [*command, "--ServerApp.jpserver_extensions=buuchinh.learner.server.extension=True"]
    else:  # it is installed with the kit
        disabled = {"disabledExtensions": {EXTENSION: True}}
        (settings / "labconfig" / "page_config.json").write_text(json.dumps(disabled), encoding="utf-8")
    own = {"JUPYTER_CONFIG_DIR": settings, "JUPYTER_DATA_DIR": folder / "data", "IPYTHONDIR": folder / "ipython"}
    environment = os.environ | {name: str(path) for name, path in own.items()} | {"PYTHONPATH": str(ROOT)}
    environment |= {"BUUCHINH_COURSE": str(course)}
    environment.pop(LAB, None)
    port, token = launch.free_port(0, folder), secrets.token_urlsafe(12)
    given = [f"--ServerApp.port={port}", f"--ServerApp.root_dir={course}", f"--IdentityProvider.token={token}"]
    command = [*command, "--no-browser", "--allow-root", "--Application.log_level=ERROR", *given]
    with subprocess.Popen(command, env=environment, cwd=course, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(f"http://{launch.ADDRESS}:{port}/")
            yield FrontEnd(course, f"http://{launch.ADDRESS}:{port}", page, token)
        finally:
            server.kill()


def pressed(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_role("menuitem", name=re.compile(f"^{name}")).first.click()


def alive(page: Page) -> Locator:
    """Wait until an open question is alive, bring it into view, and return it."""
    question = page.locator('[data-question^="l05-q19"]').first
    question.wait_for(state="attached", timeout=2 * PATIENCE)
    question.evaluate("one => one.scrollIntoView({ block: 'center' })")
    expect(question).to_be_visible()
    return question


def answer(page: Page) -> str:
    """Answer a question of one choice, wait until it is kept, and return its id."""
    question = alive(page)
    name = question.get_attribute("data-question") or ""
    option(page, name).check()
    question.get_by_role("button", name=re.compile("Kiểm tra|Trả lời")).first.click()
    expect(question.locator(".bc-saved")).to_contain_text("Đã lưu lúc", timeout=PATIENCE)
    return name


def option(page: Page, name: str) -> Locator:
    return page.locator(f'[data-question="{name}"]').get_by_role("radio").first


def kept(front_end: FrontEnd) -> list[str]:
    text = (front_end.course / JOURNAL).read_text(encoding="utf-8")
    return [json.loads(line)["id"] for line in text.splitlines()]


def no_word_of_a_widget(page: Page) -> None:
    text = page.locator("body").inner_text()
    assert not [word for word in WORDS_OF_WIDGETS if word in text]


@pytest.mark.parametrize(
    ("command", "address"), [(jupyterlab, "doc/tree"), (notebook7, "notebooks")], ids=["jupyterlab", "notebook"]
)
def test_a_lesson_lives_where_there_is_a_kernel_and_not_our_extension(
    browser: Browser, tmp_path: Path, command: Callable[[], list[str]], address: str
) -> None:
    with served(tmp_path, command(), address) as front_end:
        page = browser.new_page(viewport={"width": 1366, "height": 657})
        page.goto(front_end.address())
        page.locator(STANDIN).first.wait_for(timeout=PATIENCE)
        expect(page.locator(LIVE)).to_have_count(0)
        front_end.wait_for_kernel()
        pressed(page, "Run$", "Run All Cells$")
        alive(page)
        expect(page.locator(f"[data-buuchinh] > {STANDIN}")).to_have_count(0, timeout=PATIENCE)
        expect(page.locator(".bc-refused")).to_have_count(0)
        name = answer(page)
        assert kept(front_end) == [name]
        pressed(page, "File$", "Save Notebook")
        path = front_end.course / LESSON
        for _ in range(100):
            if "data-buuchinh" in path.read_text(encoding="utf-8"):
                break
            page.wait_for_timeout(100)
        stored = path.read_text(encoding="utf-8")
        assert "data-buuchinh" in stored
        assert "widget-view" not in stored
        assert "widgets" not in json.loads(stored)["metadata"]
        for _ in range(4):  # the kernel runs on, and the page is alive again, once it had time to ask for it
            page.goto("about:blank")
            page.goto(front_end.address())
            page.locator(f"{STANDIN}, {LIVE}").first.wait_for(timeout=PATIENCE)
            page.wait_for_timeout(10_000)
            if page.locator(LIVE).count():
                break
        alive(page)
        expect(option(page, name)).to_be_checked(timeout=PATIENCE)
        no_word_of_a_widget(page)
        page.goto("about:blank")
        front_end.forget_kernels()
        page.goto(front_end.address())  # the next morning: what is there is read
        page.locator(STANDIN).first.wait_for(timeout=PATIENCE)
        expect(page.locator(LIVE)).to_have_count(0)
        no_word_of_a_widget(page)
        page.close()
        readable_without_scripts(browser, path, tmp_path)


def test_notebook_7_with_our_extension_is_alive_before_anything_is_run(browser: Browser, tmp_path: Path) -> None:
    with served(tmp_path, notebook7(), "notebooks", extended=True) as front_end:
        page = browser.new_page(viewport={"width": 1366, "height": 657})
        page.goto(front_end.address())
        name = answer(page)
        assert kept(front_end) == [name]
        page.close()


def readable_without_scripts(browser: Browser, notebook: Path, folder: Path) -> None:
    """Each question of a page that nbconvert made has its words and all its options, with scripts off."""
    target = folder / "lesson.html"
    command = [sys.executable, "-m", "nbconvert", "--to", "html", str(notebook), "--output", str(target)]
    subprocess.run(command, check=True, capture_output=True)
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(target.as_uri())
    text = " ".join(page.locator("body").inner_text().split())
    no_word_of_a_widget(page)
    page.context.close()
    asked = set(re.findall(r'ask\(\\?"(l05-q\d+)\\?"\)', notebook.read_text(encoding="utf-8")))
    assert len(asked) == 32
    for name in sorted(asked):
        question = question_bank.practice(name)[1]
        words = [question.stem, *(option.text for option in getattr(question, "options", ()))]
        plain = [" ".join(re.sub(r"[*_`]|\[([^]]*)\]\([^)]*\)", r"\1", one).split()) for one in words]
        assert [one for one in plain if one not in text] == [], name
