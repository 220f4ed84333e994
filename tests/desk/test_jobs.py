"""Long work is a process of its own: one at a time, seen by all, stopped as asked, and never lost without a word."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from kit.classroom import ROOT
from kit.handin import code_of
from kit.job_runner import GO, RUNNER, until

from buuchinh import personal_data
from buuchinh.classroom.turn import turn
from buuchinh.errors import KitError
from buuchinh.jobs import job_state, process_identity, start_job, stop_job
from buuchinh.jobs.stop_requests import stop_requests

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills groups of processes, which Windows has not")


@pytest.fixture(autouse=True)
def runner(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(ROOT / "tests"), os.environ.get("PYTHONPATH", ""))))


@pytest.fixture
def root(tmp_path, monkeypatch):
    (tmp_path / "course.toml").write_text("", encoding="utf-8")
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(tmp_path))
    yield tmp_path
    end_all()


def end_all():
    """End what a test left running: its own jobs, by their number and moment of start."""
    for job in job_state.all_jobs():
        if not job.finished and job.pid not in {None, os.getpid()}:
            with suppress(ProcessLookupError):
                os.killpg(job.pid, signal.SIGKILL)


def start(action="wait", command="buuchinh grade bt90", **arguments):
    return start_job.start(action, arguments, command, RUNNER)


def ended(job):
    return until(lambda: (now := job_state.read(job.id)).finished and now)


def running(job):
    """Wait until the job's work has begun, and return its state."""
    return until(lambda: (now := job_state.read(job.id)).done and now)


def effects(root):
    path = root / "effects.txt"
    return path.read_text(encoding="utf-8").split() if path.exists() else []


def go(root):
    (root / GO).touch()


def older(job, seconds, name="created_at"):
    """Let something about a job have happened earlier."""
    with job_state.exclusive():
        job = job_state.read(job.id)
        at = getattr(job, name)
        return job_state.change(job, **{name: at - timedelta(seconds=seconds)})


def kill_group(job):
    os.killpg(until(lambda: job_state.read(job.id).started_at and job_state.read(job.id).pid), signal.SIGKILL)


def test_a_job_runs_in_a_process_of_its_own_and_all_may_see_how_far_it_is(root):
    made = start(unit="bt90")
    assert made.state == "waiting"
    now = running(made)
    assert (now.state, now.done, now.total, now.sentence) == ("running", 1, 2, "Đang chờ.")
    assert (now.action, now.arguments, now.command) == ("wait", {"unit": "bt90"}, "buuchinh grade bt90")
    assert os.getsid(now.pid) == now.pid, "a terminal's Ctrl+C and its end do not reach it"
    assert job_state.running() == now
    go(root)
    done = ended(made)
    assert (done.state, done.result) == ("done", {"resumed": False, "folder": str(root)})
    assert done.created_at <= done.started_at <= done.ended_at
    assert job_state.running() is None
    assert job_state.all_jobs() == [done]
    assert json.loads(json.dumps(done.as_json()))["ended_at"] == done.ended_at.isoformat()


def test_a_job_has_what_a_command_in_a_terminal_has_and_not_what_a_lab_gives_its_kernels(root, monkeypatch):
    for name, value in (("BUUCHINH_LAW_DAY", "2026-01-01"), ("BUUCHINH_LAB", "1"), ("BUUCHINH_DB_URL", "sqlite:///x")):
        monkeypatch.setenv(name, value)
    assert ended(start("environment")).result == {"BUUCHINH_COURSE": str(root), "BUUCHINH_DB_URL": "sqlite:///x"}


def test_the_same_request_at_once_from_two_processes_has_one_effect(root):
    reading, writing = os.pipe()
    gate, open_gate = os.pipe()
    children = []
    for _ in range(4):
        child = os.fork()
        if child == 0:
            try:
                os.close(open_gate)
                os.read(gate, 1)  # all at once
                os.write(writing, f"{start('once').id}\n".encode())
            finally:
                os._exit(0)
        children.append(child)
    os.close(open_gate)
    os.close(writing)
    with os.fdopen(reading, encoding="ascii") as told:
        names = told.read().split()
    for child in children:
        os.waitpid(child, 0)
    assert len(names) == 4
    assert len(set(names)) == 1
    assert ended(job_state.read(names[0])).state == "done"
    assert effects(root) == ["once"]


def test_a_second_press_a_moment_later_is_no_second_job_and_a_new_wish_is_one(root):
    first = ended(start("once"))
    assert start("once") == first
    assert effects(root) == ["once"]
    assert start("once", unit="bt91").id != first.id
    until(lambda: job_state.running() is None)
    older(first, 11)
    again = ended(start("once"))
    assert again.id != first.id
    assert effects(root) == ["once"] * 3
    assert next(iter(job_state.all_jobs())).id == again.id


def test_while_one_runs_another_is_refused_with_what_runs(root):
    first = start(unit="bt90")
    assert start(unit="bt90").id == first.id
    with pytest.raises(start_job.Busy, match="buuchinh grade bt90") as refused:
        start("once")
    assert refused.value.job.id == first.id
    assert isinstance(refused.value, KitError)
    go(root)
    ended(first)
    assert ended(start("once")).state == "done"
    assert effects(root) == ["begun", "ended", "once"]


def test_how_it_failed_is_told_in_words_and_the_rest_stands_in_the_log(root):
    refused = ended(start("refuse"))
    assert refused.state == "failed"
    assert [(one["path"], one["line"], one["message"], one["way_out"]) for one in refused.problems] == [
        ("lop.csv", 3, "Mã này sai.", "Sửa mã."),
        ("", 0, "Còn một lỗi.", ""),
    ]
    missed = ended(start("miss"))
    assert missed.problems[0]["path"].endswith("not-there.txt")
    assert "không còn ở đó" in missed.problems[0]["message"]
    broken = ended(start("break"))
    told = broken.sentence + broken.problems[0]["message"]
    assert "nobody" not in told
    assert "ValueError" not in told
    assert f"{broken.id}.log" in told
    assert "ValueError: of nobody's concern" in job_state.log(broken.id).read_text(encoding="utf-8")
    assert {job.state for job in job_state.all_jobs()} == {"failed"}
    assert ended(start("unheard-of")).state == "failed"


def test_a_job_stops_as_asked_and_goes_on_as_a_new_one(root):
    job = running(start())
    asked = stop_job.stop(job.id)
    assert asked.stopping_at
    stopped = ended(job)
    assert stopped.state == "stopped"
    assert "làm tiếp" in stopped.sentence
    assert stop_job.stop(job.id) == stopped, "what has ended cannot be stopped"
    new = stop_job.resume(job.id, RUNNER)
    assert new.id != job.id
    assert stop_job.resume(job.id, RUNNER).id == new.id, "a second press"
    assert (new.resumes, job_state.read(job.id).resumed_as) == (job.id, new.id)
    go(root)
    assert ended(new).result["resumed"]
    assert stop_job.resume(job.id, RUNNER).id == new.id
    assert effects(root) == ["begun", "begun", "ended"]


def test_what_does_not_stop_when_asked_is_ended_when_asked_again_later(root):
    job = start("deaf")
    until((root / "deaf").exists)
    stop_job.stop(job.id)
    until((root / "asked").exists)
    (root / "asked").unlink()
    stop_job.stop(job.id)  # a second press
    assert not job_state.read(job.id).finished
    older(job, 11, "stopping_at")
    stop_job.stop(job.id)
    assert ended(job).state == "stopped"
    assert not (root / "asked").exists(), "no third request before"
    go(root)
    assert ended(start("once")).state == "done"


def test_a_job_that_is_killed_with_its_whole_group_says_so_and_can_be_resumed(root):
    job = running(start())
    kill_group(job)
    now = ended(job)
    assert now.state == "interrupted"
    assert "Đứt giữa chừng" in now.sentence
    assert job_state.running() is None
    new = start()  # the same wish is a new job, not the dead one
    assert new.id != job.id
    go(root)
    assert ended(new).state == "done"
    assert job_state.read(job.id).state == "interrupted"


def test_the_end_of_the_process_that_started_it_ends_no_job(root):
    code = f"from buuchinh.jobs import start_job\nprint(start_job.start('wait', {{}}, '', {RUNNER!r}).id, flush=True)\n"
    server = subprocess.Popen(
        [sys.executable, "-c", f"{code}import time\ntime.sleep(600)"],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert server.stdout
    job = job_state.read(server.stdout.readline().strip())
    running(job)
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    server.stdout.close()
    assert job_state.read(job.id).state == "running"
    go(root)
    assert ended(job).state == "done"
    assert effects(root) == ["begun", "ended"]


def test_another_process_with_the_same_number_is_not_taken_for_the_job(root):
    job = running(start())
    go(root)
    ended(job)
    with job_state.exclusive():
        job_state.write(replace(job, pid=os.getpid()))
    assert job_state.read(job.id).state == "interrupted"
    with job_state.exclusive():
        job_state.write(replace(job, pid=os.getpid(), identity=process_identity.identity(os.getpid())))
    assert job_state.read(job.id).state == "running"
    with job_state.exclusive():
        job_state.change(job, state="done")


def test_a_process_that_has_ended_unasked_counts_as_gone():
    child = os.fork()
    if child == 0:
        os._exit(0)
    until(lambda: not process_identity.identity(child))
    os.waitpid(child, 0)
    assert process_identity.identity(os.getpid()) == process_identity.identity(os.getpid())
    assert not process_identity.identity(child)


@pytest.mark.skipif(shutil.which("ps") is None, reason="not installed: ps")
def test_a_system_without_proc_tells_processes_apart_by_ps(monkeypatch):
    monkeypatch.setattr(process_identity, "_BOOT", Path("/not-there"))
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    seen = process_identity.identity(other.pid)
    assert seen
    assert process_identity.runs(other.pid, seen)
    other.kill()
    until(lambda: not process_identity.runs(other.pid, seen))
    other.communicate()
    assert not process_identity.identity(other.pid)


def test_jobs_are_kept_for_thirty_days(root):
    old, young = ended(start("once")), ended(start("once", unit="bt91"))
    older(old, 31 * 86_400)
    older(young, 29 * 86_400)
    damaged = job_state.folder() / "20260101-100000-abcdef.json"
    damaged.write_text("{", encoding="utf-8")
    os.utime(damaged, (0, 0))
    half = job_state.folder() / f".{old.id}.json.ab1cd2_e"
    half.touch()
    new = ended(start("once", unit="bt92"))
    assert {job.id for job in job_state.all_jobs()} == {young.id, new.id}
    left = {path.name for path in job_state.folder().iterdir()} - {".khoa"}
    assert left == {f"{job.id}.{end}" for job in (young, new) for end in ("json", "log")}


def test_a_state_that_cannot_be_read_hides_no_other(root):
    job = ended(start("once"))
    other = job_state.place("20261125-100000-abcdef")
    whole = job.as_json() | {"id": other.stem}
    odd = [whole | change for change in ({"created_at": None}, {"created_at": 5}, {"arguments": 1}, {"problems": None})]
    for content in ("", "{", "[]", '{"id": "20261125-100000-abcdef"}', *map(json.dumps, odd)):
        other.write_text(content, encoding="utf-8")
        assert job_state.all_jobs() == [job]
        with pytest.raises(KitError):
            job_state.read(other.stem)


@pytest.mark.parametrize("name", ["", "../../course", "20261125-100000-abcdef/../x", "20261125-100000-ABCDEF", "x"])
def test_no_name_leads_out_of_the_folder(root, name):
    for door in (job_state.read, stop_job.stop, lambda name: stop_job.resume(name, RUNNER)):
        with pytest.raises(KitError, match="Không thấy việc này"):
            door(name)


def test_a_request_in_the_state_file_stops_a_process_that_gets_no_signals(root):
    job = running(start())
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with stop_requests(job.id, by_file=True):
                until(lambda: False)
        except KeyboardInterrupt:
            code = 7
        finally:
            os._exit(code)
    with job_state.exclusive():
        job_state.change(job, stopping_at=job.created_at)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


def test_backup_restore_erasure_and_cleaning_leave_a_running_job_sound(small_course):
    gone = code_of(1)
    (small_course / "submitted" / gone).mkdir(parents=True)
    (small_course / "submitted" / gone / "note.txt").write_text("x", encoding="utf-8")
    job = running(start(only=gone, command=f"buuchinh grade bt90 --only {gone}"))
    try:
        made = personal_data.backup()
        personal_data.restore(made.path)
        assert job_state.read(job.id).state == "running"
        half = job_state.folder() / f".{job.id}.json.ab1cd2_e"
        half.touch()
        (small_course / "so-cham" / ".dang-chay").touch()
        with turn():
            assert half.exists(), "the job may be writing it"
        personal_data.forget(gone)
        now = job_state.read(job.id)
        assert now.state == "running"
        assert gone not in json.dumps(now.as_json())
        go(small_course)
        done = ended(job)
        assert done.state == "done"
        assert gone not in job_state.place(job.id).read_text(encoding="utf-8")
    finally:
        end_all()


def test_no_backup_brings_a_job_from_elsewhere(small_course):
    ended(start("once"))
    (small_course / "submitted" / "x").mkdir(parents=True)
    (small_course / "submitted" / "x" / "y.txt").write_text("x", encoding="utf-8")
    made = personal_data.backup()
    with zipfile.ZipFile(made.path) as archive:
        assert not [name for name in archive.namelist() if name.startswith("so-cham/viec")]
    planted = made.path.with_name("planted.zip")
    with zipfile.ZipFile(made.path) as old, zipfile.ZipFile(planted, "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        manifest["sha256"]["so-cham/viec/20261125-100000-abcdef.json"] = "0" * 64
        for name in old.namelist():
            new.writestr(name, json.dumps(manifest) if name == "manifest.json" else old.read(name))
    with pytest.raises(KitError, match="viec"):
        personal_data.restore(planted)
