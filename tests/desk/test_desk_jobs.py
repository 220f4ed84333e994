"""The desk's jobs, in processes as the desk starts them: what they leave is what their commands leave."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from kit import commands, held_desk
from kit.classroom import ROOT, UNIT
from kit.commands import graded_class
from kit.job_runner import until
from kit.killed_jobs import JOBS, everything, fresh, unfinished

from buuchinh.desk.actions import clicks
from buuchinh.jobs import job_state, start_job, stop_job

pytestmark = [pytest.mark.journey, pytest.mark.skipif(sys.platform == "win32", reason="no fork on Windows")]
RUNNER = "buuchinh.desk.actions.run"


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        return graded_class(tmp_path_factory.mktemp("graded"), patch)


def stand_in(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    monkeypatch.chdir(root)


def done(action: str, arguments: Mapping[str, object]) -> job_state.Job:
    job = start_job.start(action, arguments, clicks.command_line(action, arguments), RUNNER)
    ended: job_state.Job = until(lambda: (now := job_state.read(job.id)).finished and now)
    return ended


@pytest.mark.parametrize("action", JOBS)
def test_a_job_and_its_command_leave_the_same(
    graded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    by_command = fresh(graded, tmp_path / "command", action)
    stand_in(by_command, monkeypatch)
    code, said = commands.start(shlex.split(clicks.command_line(action, JOBS[action]))[1:]).ended()
    assert code in {0, 3}, said
    whole = everything(by_command)
    by_desk = fresh(graded, tmp_path / "desk", action)
    stand_in(by_desk, monkeypatch)
    job = done(action, JOBS[action])
    assert job.state == "done", (job, job_state.log(job.id).read_text(encoding="utf-8"))
    assert everything(by_desk) == whole
    assert unfinished(by_desk) == []
    told = json.dumps(job.as_json(), ensure_ascii=False) + job_state.log(job.id).read_text(encoding="utf-8")
    assert not [word for word in ("Người 0", "Dừng nhận, báo ngay", "canary", "khong ma") if word in told]


def test_what_is_graded_when_a_job_is_stopped_is_not_graded_again(
    graded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Path(shutil.copytree(graded, tmp_path / "course"))
    stand_in(root, monkeypatch)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(ROOT / "tests"), os.environ.get("PYTHONPATH", ""))))
    whole = everything(root)
    for path in root.glob(f"so-cham/*/{UNIT}/outcome.json"):
        path.unlink()
    job = start_job.start("grade", {"unit": UNIT}, f"buuchinh grade {UNIT}", held_desk.RUNNER)
    until((root / held_desk.HELD).exists)
    now = job_state.read(job.id)
    assert (now.state, now.done, now.total) == ("running", 1, 2)
    assert now.sentence == "Đang chấm bài 90."
    stop_job.stop(job.id)
    stopped = until(lambda: (now := job_state.read(job.id)).finished and now)
    assert (stopped.state, stopped.done, stopped.total) == ("stopped", 1, 2)
    assert len(list(root.glob(f"so-cham/*/{UNIT}/outcome.json"))) == 1
    assert unfinished(root) == []
    (root / held_desk.HELD).unlink()
    resumed = stop_job.resume(job.id, RUNNER)
    ended = until(lambda: (now := job_state.read(resumed.id)).finished and now)
    assert ended.state == "done"
    assert (ended.result["graded"], ended.result["unchanged"]) == (1, 1)
    assert everything(root) == whole


def test_what_a_command_refuses_its_job_refuses_in_the_same_words(
    graded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Path(shutil.copytree(graded, tmp_path / "course"))
    stand_in(root, monkeypatch)
    refused: tuple[tuple[str, dict[str, object]], ...] = (
        ("grade", {"unit": "bt91"}),
        ("report_tests", {}),
        ("collect", {"folder": "nowhere"}),
        ("restore", {"file": "usb"}),
        ("regrade", {"unit": UNIT}),
        ("bundle", {"only": ["bt91"]}),
        ("site", {"without_exams": True, "only": [UNIT]}),
    )
    for action, arguments in refused:
        code, said = commands.start(shlex.split(clicks.command_line(action, arguments))[1:]).ended()
        assert code == 1
        job = done(action, arguments)
        assert job.state == "failed"
        assert job.problems
        said = " ".join(said.split())
        assert all(" ".join(one["message"].split()) in said for one in job.problems), (job.problems, said)


def test_an_exam_is_drawn_as_by_its_command(exam_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = {"unit": "thi1", "forms": 2, "seed": "mua-thu"}
    drawn = {}
    for way in ("command", "desk"):
        root = Path(shutil.copytree(exam_course, tmp_path / way))
        stand_in(root, monkeypatch)
        if way == "command":
            code, said = commands.start(shlex.split(clicks.command_line("exam_build", arguments))[1:]).ended()
            assert code == 0, said
        else:
            job = done("exam_build", arguments)
            assert job.result["drawn"], job
            assert "canary" not in json.dumps(job.as_json())
        drawn[way] = {path.relative_to(root): path.read_bytes() for path in (root / "source").rglob("*.yml")}
    assert drawn["command"]
    assert drawn["command"] == drawn["desk"]
