"""What a trainee's server holds in memory once it has shown the start page and a lesson; a hub runs one for each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from kit.course import copy_course

if not sys.platform.startswith("linux"):
    pytest.skip("reads /proc as Linux has it", allow_module_level=True)

pytestmark = pytest.mark.journey

AT_MOST = 55.0
"""Megabytes of its own: 45 to 48 here, and 64 while it kept the pages' text and a working memory for each pattern."""
SERVED = """
import json, sys
from buuchinh.learner.server import api
start = {"notebook": "lessons/00-bat-dau.ipynb"}
api.call("GET", "course", start)
api.call("GET", "journal/all", start)
api.call("GET", "pages/l05", start | {"text": 0})
own = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("RssAnon:"))
unused = {"icalendar", "openpyxl", "pandas", "matplotlib", "nbgrader", "sqlalchemy"} & set(sys.modules)
rooms = {name.split(".")[1] for name in sys.modules if name.startswith("buuchinh.")}
print(json.dumps([int(own) / 1e3, sorted(unused), sorted(rooms & {"desk", "grading", "intake", "results", "site"})]))
"""


def test_the_server_holds_only_what_the_screens_need(tmp_path: Path) -> None:
    environment = os.environ | {"BUUCHINH_COURSE": str(copy_course(tmp_path / "khoa"))}
    command = [sys.executable, "-c", SERVED]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    megabytes, libraries, rooms = json.loads(ran.stdout)
    assert libraries == []
    assert rooms == [], "only an instructor needs them"
    assert megabytes < AT_MOST
