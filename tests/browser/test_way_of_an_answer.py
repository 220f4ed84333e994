"""An answer takes a short way to the disk: few modules of ours, and one request.

Counted is the stack at the moment at which the answer goes: in a browser with what its promises waited for, from the
listener of the button to ``fetch`` or to the store of the browser; in the server from the request to ``fsync`` of the
journal. A module is a file of ours; what was called on the way and has returned is not on it. Browsers run the bundle
unminified, where esbuild says before each module which file it is.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from bisect import bisect
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from kit import node
from kit.course import ROOT, copy_course, start_lab
from kit.site_page import at, served
from kit.trainee import PATIENCE, unfold
from playwright.sync_api import Browser, Page, Route, expect

from buuchinh import frontend
from buuchinh.site import build

pytestmark = [pytest.mark.browser, pytest.mark.journey]

LESSON = "lessons/05-buu-gui-nghi-van.ipynb"
MOST_MODULES = 10
MODULE = r"\s*// ((?:src|\.\.)/\S+\.js)$"
OF_PAGES = {"hoc.js": "page.js", "hoc-bai.js": "page-unit.js"}
LAB_SCRIPT = "labextensions/buuchinh-learner/static/learner.js"
TRACED_SERVER = """
import json, os, sys
real = os.fsync

def fsync(descriptor):
    frame, names = sys._getframe(1), []
    while frame:
        names.insert(0, frame.f_globals.get("__name__", ""))
        frame = frame.f_back
    with open(os.environ["TRACED"], "a", encoding="utf-8") as file:
        file.write(json.dumps([name for name in names if name.startswith("buuchinh.")]) + "\\n")
    return real(descriptor)

os.fsync = fsync
"""
TRACED_PAGE = """
const goes = (name) => console.trace(name);
const { fetch } = window;
window.fetch = (address, more) => {
  if (more?.method === "POST") goes("the answer goes");
  return fetch(address, more);
};
for (const name of ["put", "add"]) {
  const real = IDBObjectStore.prototype[name];
  IDBObjectStore.prototype[name] = function (...given) {
    goes("the answer goes");
    return real.apply(this, given);
  };
}
"""


@pytest.fixture(scope="module")
def readable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the bundles as esbuild makes them for people."""
    node.packages()
    folder = tmp_path_factory.mktemp("readable")
    script = ROOT / "buuchinh" / "learner" / "bundle.js"
    subprocess.run([node.program(), str(script), "--into", str(folder), "--readable"], check=True, cwd=ROOT)
    return folder


class Traced:
    """A page with readable scripts, by their names there, which tells the way of each answer."""

    def __init__(self, page: Page, scripts: dict[str, str]) -> None:
        self.page = page
        self._begins: dict[str, list[tuple[int, str]]] = {}
        for name, text in scripts.items():
            found = [(n, re.match(MODULE, line)) for n, line in enumerate(text.splitlines())]
            self._begins[name] = [(n, match[1]) for n, match in found if match]
            page.route(f"**/{name}", partial(self._give, text))
        page.add_init_script(TRACED_PAGE)
        self._told: list[dict[str, Any]] = []
        tools = page.context.new_cdp_session(page)
        tools.on("Runtime.consoleAPICalled", self._hear)
        tools.send("Runtime.enable")
        tools.send("Debugger.enable")
        tools.send("Debugger.setAsyncCallStackDepth", {"maxDepth": 64})
        self.posts: list[str] = []
        page.on("request", lambda one: self.posts.append(one.url) if one.method != "GET" else None)

    @staticmethod
    def _give(text: str, route: Route) -> None:
        route.fulfill(body=text, content_type="text/javascript")

    def _hear(self, told: dict[str, Any]) -> None:
        if told["type"] == "trace":
            self._told.append(told)

    def answer(self) -> list[str]:
        """Choose an option, press the button, wait until it is kept; return the modules on the way, the last first."""
        self._told.clear()
        self.posts.clear()
        first = self.page.locator("[data-question]:visible:has(input[type=radio])").first
        question = self.page.locator(
            f'[data-question="{first.get_attribute("data-question")}"]'
        )  # scrolling moves "first"
        question.get_by_role("radio").first.check()
        bar = self.page.locator(".hoc-bar")
        place = bar if bar.count() else question
        place.get_by_role("button", name="Trả lời").click()
        expect(place.locator(".bc-saved")).to_contain_text("Đã lưu lúc", timeout=PATIENCE)
        ways = [list(dict.fromkeys(self._modules(one["stackTrace"]))) for one in self._told]
        return next(way for way in ways if any("view.js" in name or "question.js" in name for name in way))

    def _modules(self, stack: dict[str, Any] | None) -> Iterator[str]:
        while stack:
            for frame in stack["callFrames"]:
                begins = self._begins.get(frame["url"].rpartition("/")[2].partition("?")[0], [])
                if place := bisect(begins, (frame["lineNumber"], "~")):
                    yield begins[place - 1][1]
            stack = stack.get("parent")


def test_in_a_notebook_an_answer_passes_ten_modules_and_one_request(
    browser: Browser, readable: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "traced").mkdir()
    (tmp_path / "traced" / "sitecustomize.py").write_text(TRACED_SERVER, encoding="utf-8")
    told = tmp_path / "told.jsonl"
    monkeypatch.setenv("TRACED", str(told))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "traced"), str(ROOT)]))
    for lab in start_lab(copy_course(tmp_path / "course")):
        page = browser.new_page(viewport={"width": 1366, "height": 657})
        traced = Traced(page, {"learner.js": (readable / LAB_SCRIPT).read_text(encoding="utf-8")})
        page.goto(lab.page(LESSON))
        page.locator("[data-question]:visible").first.wait_for(timeout=PATIENCE)
        unfold(page)
        told.write_text("", encoding="utf-8")
        before = traced.answer()
        page.close()
    (after, *_) = [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines() if "answers" in line]
    way = [*reversed(before), *dict.fromkeys(after)]
    assert [re.sub(r"\?.*", "", one.rpartition("/api/")[2]) for one in traced.posts] == ["journal"]
    assert len(way) <= MOST_MODULES, way


def test_on_a_page_an_answer_passes_ten_modules_and_no_request(
    browser: Browser, readable: Path, tmp_path: Path
) -> None:
    folder = build.build(tmp_path / "trang").folder
    scripts = {
        name: (folder / name)
        .read_text(encoding="utf-8")
        .replace(frontend.bundle(bundle), (readable / bundle).read_text(encoding="utf-8"))
        for name, bundle in OF_PAGES.items()
    }
    with served(folder) as address:
        page = browser.new_page(viewport={"width": 1366, "height": 657})
        traced = Traced(page, scripts)
        page.goto(address)
        at(page, "#/l05/2")
        way = [*reversed(traced.answer())]
        page.close()
    assert traced.posts == []
    assert len(way) <= MOST_MODULES, way
