"""Many hand-ins through the executors of this machine: all come back, whatever becomes of a server in the middle."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest
from kit.classroom import UNIT, make_course
from kit.course import missing
from kit.handin import notebook

from buuchinh import execution
from buuchinh.errors import KitError
from buuchinh.execution import cold_executor, course_files, execution_report, executor, run_one, sandbox, warm_executor
from buuchinh.execution.inside import cpu_wait
from buuchinh.execution.job import Limits, job_of


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        root = make_course(tmp_path_factory.mktemp("pool"))
        patch.setenv("BUUCHINH_COURSE", str(root))
        run_one.close()  # its sandbox, opened by another test, would be counted
        if sandbox.missing():
            missing(f"bubblewrap: {sandbox.missing()}")
        yield root


def job(name, *cells, **limits):
    return job_of(name, UNIT, notebook(*cells), limits=Limits(**limits))


def printed(run, cell="c0"):
    return "".join(one.get("text", "") for one in run.outputs[cell])


def sandboxes(parent):
    """Return the sandboxes that the process ``parent`` has open: bubblewrap's processes below it."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            name, _, rest = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")
            if name.endswith("(bwrap") and int(rest.split()[1]) == parent:
                found.append(int(stat.parent.name))
    return found


def test_each_comes_back_once_with_its_own_output_and_little_is_read_ahead(course):
    read, ahead = [], []

    def jobs():
        for number in range(30):
            read.append(number)
            yield job(f"hv{number}", f"print({number})")

    with execution.opened(course_files.pack(UNIT), workers=2) as pool:
        found = {}
        for name, run in pool.run(jobs()):
            found[name] = run
            ahead.append(len(read) - len(found))
    assert {name: printed(run).strip() for name, run in found.items()} == {f"hv{n}": str(n) for n in range(30)}
    assert {(run.ended, run.how, run.isolated) for run in found.values()} == {("done", "warm", True)}
    assert max(ahead) <= 6
    assert sandboxes(os.getpid()) == []


def test_what_runs_is_said_while_it_runs(course):
    seen: set[str] = set()
    with execution.opened(course_files.pack(UNIT), workers=2) as pool:
        watching = threading.Event()

        def watch():
            while not watching.wait(0.02):
                seen.update(pool.running)

        thread = threading.Thread(target=watch)
        thread.start()
        names = [name for name, _ in pool.run(job(f"hv{n}", "import time; time.sleep(0.3)") for n in range(3))]
        watching.set()
        thread.join()
        assert pool.running == ()
    assert seen == set(names) == {"hv0", "hv1", "hv2"}


def test_a_server_that_is_killed_is_started_again_and_its_hand_in_tried_again(course):
    with execution.opened(course_files.pack(UNIT), workers=1) as pool:
        runs = pool.run([job("a", "print(1)"), job("b", "import time; time.sleep(2); print(2)"), job("c", "print(3)")])
        found = dict([next(runs)])
        while pool.running != ("b",):
            time.sleep(0.01)
        for process in sandboxes(os.getpid()):
            os.kill(process, signal.SIGKILL)
        found |= dict(runs)
    assert {name: printed(run).strip() for name, run in found.items()} == {"a": "1", "b": "2", "c": "3"}


def test_leaving_in_the_middle_ends_everything_at_once(course):
    with execution.opened(course_files.pack(UNIT), workers=2) as pool:
        runs = pool.run([job("a", "1"), *(job(f"b{n}", "import time; time.sleep(50)") for n in range(5))])
        assert next(runs)[0] == "a"
        assert len(sandboxes(os.getpid())) > 0
    assert sandboxes(os.getpid()) == []


def test_an_interrupt_from_the_keyboard_leaves_nothing_behind(course, tmp_path):
    script = tmp_path / "run.py"
    script.write_text(
        textwrap.dedent(f"""
            import sys
            sys.path[:0] = {sys.path!r}
            from test_executor_pool import job
            from buuchinh import execution
            from buuchinh.execution import run_one
            from buuchinh.execution import course_files
            jobs = [job("a", "1"), *(job(str(n), "import time; time.sleep(60)") for n in range(9))]
            with execution.opened(course_files.pack("{UNIT}"), workers=2) as pool:
                for name, run in pool.run(jobs):
                    print(name, flush=True)
            """),
        encoding="utf-8",
    )
    process = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "a\n"
    open_ones = sandboxes(process.pid)
    assert open_ones
    process.send_signal(signal.SIGINT)
    assert "KeyboardInterrupt" in process.communicate(timeout=60)[1]
    assert all(gone(one) for one in open_ones)


def gone(process):
    for _ in range(100):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("reason", ["the kernel forbids the walls", "bubblewrap leaves no rights"])
def test_where_no_walls_stand_inside_a_sandbox_each_hand_in_has_one_of_its_own(course, monkeypatch, reason):
    wrapping = sandbox.wrapping

    def poorer(*words, warm):
        made = wrapping(*words, warm=warm)
        if not warm:
            return made
        if reason == "the kernel forbids the walls":
            right = made.index("CAP_SYS_ADMIN")
            return [*made[: right - 1], *made[right + 1 :]]
        return [made[0], "--no-such-option", *made[1:]]

    monkeypatch.setattr(sandbox, "wrapping", poorer)
    cells = ("import buuchinh, os\nprint(os.getuid() != 0, os.listdir('.'))", "open('la', 'w').write('x')", "1/0")
    with execution.opened(course_files.pack(UNIT), workers=1) as pool:
        found = dict(pool.run([job("a", *cells), job("b", *cells)]))
    assert {(run.ended, run.how, run.isolated) for run in found.values()} == {("done", "cold", True)}
    assert {run.failed for run in found.values()} == {("c2",)}
    assert {printed(run).strip() for run in found.values()} == {"True []"}


def test_warm_and_cold_give_the_same(course):
    work = (
        "import random, numpy as np, pandas as pd\nprint(random.random(), np.random.rand())",
        "pd.DataFrame({'a': [1, 2]})",
        "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);",
        "1/0",
        "import os\n[os.environ['HOME'], os.getcwd() != '/', os.path.isdir(os.environ['HOME'])][2]",
    )
    laid = executor.UnpackedCourse(course_files.pack(UNIT))
    try:
        own = job("a", *work)
        both = warm_executor.Warm(laid.path, UNIT), cold_executor.Cold(laid.path, UNIT, isolated=True)
        first, second = (execution_report.read(one.run(own.to_bytes()), own) for one in both)
        both[0].close()
    finally:
        laid.close()
    assert (first.how, second.how) == ("warm", "cold")
    assert first.outputs == second.outputs
    assert (first.failed, first.values, first.ended) == (second.failed, second.values, second.ended)


def test_without_isolation_code_sees_a_copy_of_what_is_given_and_not_the_course(course, monkeypatch):
    (course / "gradebook.db").write_text("CHIMBAO", encoding="utf-8")
    monkeypatch.setattr(sandbox, "bubblewrap", lambda: None)
    with pytest.raises(KitError, match="bubblewrap"):
        execution.opened(course_files.pack(UNIT))
    look = "import os\nroot = os.environ['BUUCHINH_COURSE']\nprint(sorted(os.listdir(root)), root)"
    with execution.opened(course_files.pack(UNIT), workers=1, unsafe=True) as pool:
        found = dict(pool.run([job("a", look)]))["a"]
    assert not found.isolated
    assert printed(found).startswith("['bai-lam', 'course.toml']")
    assert str(course) not in printed(found)


@pytest.mark.parametrize("how", ["warm", "cold"])
def test_waiting_is_measured_and_load_of_its_own_is_nobody_elses_fault(course, monkeypatch, how):
    monkeypatch.setattr(cpu_wait, "_busy", lambda: False)  # tests beside this one may keep the machine busy
    fights = (
        "import os\nos.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n"
        "for _ in range(20):\n    if os.fork() == 0:\n        break\nwhile True:\n    pass"
    )
    sleeps = "import time\ntime.sleep(60)"
    with contextlib.closing(executor.UnpackedCourse(course_files.pack(UNIT))) as laid:
        own = (
            warm_executor.Warm(laid.path, UNIT) if how == "warm" else cold_executor.Cold(laid.path, UNIT, isolated=True)
        )
        with contextlib.closing(own):
            for source, waited in ((fights, True), (sleeps, False)):
                one = job("hv", source, seconds=12, cell_seconds=4)
                found = execution_report.read(own.run(one.to_bytes()), one)
                assert (found.how, found.waited, found.busy) == (how, waited, False)
                assert found.slow == ("c0",) or found.ended == "timeout"
