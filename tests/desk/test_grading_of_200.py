"""A class of 200 graded at the desk, whose tab is closed and whose server is killed meanwhile."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from kit.classroom import UNIT
from kit.desk import enrol
from kit.desk_client import Client
from kit.handin import answers, code_of, hand_in
from kit.job_runner import until
from kit.killed_jobs import everything, unfinished
from kit.marking import QUESTION, released_with_lines, server_process

from buuchinh import cli
from buuchinh.jobs import job_state

PEOPLE = 200
pytestmark = [pytest.mark.journey, pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")]


@pytest.fixture
def roots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """Return two copies of a class of which nothing is graded yet."""
    made = released_with_lines(tmp_path / "made")
    monkeypatch.setenv("BUUCHINH_COURSE", str(made))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    for number in range(1, PEOPLE + 1):
        enrol(code_of(number))
        hand_in(made, code_of(number), answers() | {QUESTION: f"Báo trưởng bưu cục, lần {number}."})
    return {way: Path(shutil.copytree(made, tmp_path / way / "course")) for way in ("command", "desk")}


def test_it_ends_as_the_command_does(roots: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(roots["command"]))
    assert cli.run(["grade", UNIT]) == 0
    whole = everything(roots["command"])
    monkeypatch.setenv("BUUCHINH_COURSE", str(roots["desk"]))
    with server_process(roots["desk"]) as (address, process):
        client = Client(address)
        client.ask("giang-vien")
        status, reply, _ = client.ask("giang-vien/lam/viec", {"action": "grade", "unit": UNIT}, "POST")
        assert status == 200, reply
        job = reply["job"]
        process.kill()
        process.wait(timeout=30)
        assert not job_state.read(job).finished
    ended = until(lambda: (now := job_state.read(job)).finished and now)
    assert (ended.state, ended.done, ended.total) == ("done", PEOPLE, PEOPLE)
    assert everything(roots["desk"]) == whole
    assert unfinished(roots["desk"]) == []
