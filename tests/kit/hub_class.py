"""A class on a real hub: its people, the trainees' bundle, the instructor's course and the exchange between them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from kit import hub as hubs
from kit.course import ROOT, copy_course
from kit.unix_users import Account, Machine

PATIENCE = 120_000


@dataclass(frozen=True)
class HubClass:
    """A running hub, its people, and where the class lies."""

    hub: hubs.Hub
    python: str
    machine: Machine
    instructor: Account
    trainees: tuple[Account, ...]
    course: Path
    exchange: Path

    @property
    def inbound(self) -> Path:
        return self.exchange / "buuchinh" / "inbound"

    def buuchinh(self, *words: str, ends: int = 0) -> str:
        """Run a command as the instructor, in the class."""
        more = {"BUUCHINH_EXCHANGE": str(self.exchange), "PYTHONPATH": ""}
        return self.instructor.run(self.python, "-m", "buuchinh", *words, cwd=self.course, ends=ends, more=more)


@contextmanager
def running(machine: Machine, version: str, unit: str, *, trainees: int, settings: str = "") -> Iterator[HubClass]:
    """Start a hub of this version with a class whose ``unit`` is released.

    ``settings`` are lines of the hub's settings more than a reader is given.
    """
    python = hubs.environment(machine, version)
    instructor = machine.account(f"gv-{os.getpid()}")
    people = tuple(machine.account() for _ in range(trainees))
    out, exchange = machine.folder / "goi", machine.folder / "exchange"
    subprocess.run([sys.executable, "-m", "buuchinh", "bundle", "--out", str(out)], cwd=ROOT, check=True)
    subprocess.run(["chmod", "-R", "a+rX", str(out)], check=True)
    course = copy_course(instructor.home / "lop")
    (course / "lop.csv").write_text("\n".join(["Mã", *(one.code for one in people), ""]), encoding="utf-8-sig")
    exchange.mkdir()
    subprocess.run(["chown", "-R", f"{instructor.uid}:{instructor.gid}", str(course), str(exchange)], check=True)
    more = {
        "BUUCHINH_BUNDLE": str(next(out.glob("buuchinh-*/lab"))),
        "BUUCHINH_EXCHANGE": str(exchange),
        "BUUCHINH_CLASS": str(course),
        "BUUCHINH_INSTRUCTORS": instructor.name,
    }
    with hubs.running(machine, python, more, settings) as hub:
        of_class = HubClass(hub, python, machine, instructor, people, course, exchange)
        of_class.buuchinh("roster", "lop.csv")
        of_class.buuchinh("release", unit, "--exchange")
        yield of_class


def entered(browser: Browser, hub: hubs.Hub, name: str, faults: list[str]) -> Page:
    """Log in as a person does, and wait for the person's own server; each error of its pages is noted."""
    page = browser.new_context(locale="vi-VN", viewport={"width": 1366, "height": 900}).new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("response", lambda got: faults.append(f"{got.status} {got.url}") if got.status >= 400 else None)
    page.goto(f"{hub.address}/hub/login")
    page.locator("#username_input").fill(name)
    page.locator("#password_input").fill(hubs.PASSWORD)
    page.locator("#login_submit").click()
    page.wait_for_url(f"{hub.server(name)}/**", timeout=PATIENCE)
    return page
