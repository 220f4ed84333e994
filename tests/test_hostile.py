"""Each file of ``tests/hostile/`` is a cell that means harm. Its first lines say what it does and what must come of it.

``# ends:`` names how it may end, ``# prints:`` all that it prints, ``# fails`` that the cell ends in an error.
Of every one of them is asked: nothing read, written, reached or gained, nothing left behind, over within its
time; and the next hand-in is run as ever by the same server.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import threading
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from kit.classroom import UNIT, make_course
from kit.course import missing
from kit.handin import RIGHT_VALUE, notebook

from buuchinh import execution
from buuchinh.course import SHEET
from buuchinh.execution import cold_executor, course_files, execution_report, executor, sandbox
from buuchinh.execution.job import Limits, job_of
from buuchinh.questions.scoring import score
from buuchinh.release import release, versions

CASES = sorted((Path(__file__).parent / "hostile").glob("*.py"))
CANARY = "CHIMBAO-0123456789ab"
COLD = {"memory_by_many", "memory_in_attributes", "memory_in_mappings", "memory_in_sockets", "memory_shared"}
LIMITS = Limits(seconds=20, cell_seconds=5, memory=1_000_000_000, disk=20_000_000, file=10_000_000)
ENDED = replace(LIMITS, seconds=8, cell_seconds=3)
"""For what only the clock ends: to wait longer shows nothing more."""
GOOD = (
    "from buuchinh import submit\nimport os",
    f'submit("bt90-q4", {RIGHT_VALUE})',
    """
def writable():
    for place in ('.', '..', os.environ['HOME'], '/dev/shm', '/tmp', '/var/tmp', '/run', '/'):
        for name in os.listdir(place) if os.path.isdir(place) else ():
            yield f'{place}/{name}'
print([name for name in writable() if 'de-lai' in name or 'con-day' in name], os.environ.get('DE_LAI'))
print([name for name in os.listdir('/proc') if name.isdigit()], sorted(os.listdir('.')))
""",
)


@dataclass(frozen=True)
class Place:
    """A course on disk with something to steal in every corner, and who listens there."""

    root: Path
    port: int
    reached: threading.Event


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch, contextlib.ExitStack() as stack:
        root = make_course(tmp_path_factory.mktemp("hostile"))
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.setenv("BUUCHINH_TOKEN", CANARY)
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        if sandbox.missing():
            missing(f"bubblewrap: {sandbox.missing()}")
        release.release(UNIT)
        questions = root / "source" / UNIT / "questions.yml"
        questions.write_text(questions.read_text(encoding="utf-8").replace("CANARY", CANARY), encoding="utf-8")
        for folder in ("submitted/other/bt90", "so-cham", "nop-bai", "."):
            (root / folder).mkdir(parents=True, exist_ok=True)
            (root / folder / "gradebook.db").write_text(CANARY, encoding="utf-8")
        reached = threading.Event()
        port = listen(stack, socket.create_server(("127.0.0.1", 0)), reached)
        for address in (f"\0buuchinh-{port}", str(root / "socket")):
            own = socket.socket(socket.AF_UNIX)
            own.bind(address)
            own.listen()
            listen(stack, own, reached)
        yield Place(root, port, reached)


def listen(stack, server, reached):
    """Note whoever connects to ``server``; return its port."""
    stack.enter_context(server)
    server.settimeout(0.2)
    ended = threading.Event()

    def accept():
        while not ended.is_set():
            with contextlib.suppress(TimeoutError):
                server.accept()[0].close()
                reached.set()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    stack.callback(thread.join)
    stack.callback(ended.set)
    return server.getsockname()[1]


@pytest.fixture(scope="module")
def pool(place):
    with execution.opened(course_files.pack(UNIT), workers=1) as opened:
        yield opened


def run(pool, *cells, limits=LIMITS):
    """Run a hand-in of these cells as a class's would be run."""
    sheet = versions.released(UNIT).sheet.decode("utf-8")
    job = job_of("hv", UNIT, notebook(*cells), {SHEET: sheet}, limits)
    [(_, found)] = pool.run([job])
    return found


def earned(found):
    question = versions.released(UNIT).obscured["bt90-q4"]
    return score(question, found.values.get("bt90-q4"), date(2026, 11, 25)).fraction


def printed(found, cell="c0"):
    return "".join(one.get("text", "") for one in found.outputs.get(cell, ()))


def server_of(pool):
    return pool._executors[0]._server.process.pid


def on_disk(root):
    return {str(path): (path.lstat().st_mtime_ns, path.lstat().st_size) for path in (root, *root.rglob("*"))}


def strangers():
    """Return the processes that run as one of the users that hand-ins get, but for those of tests beside this one."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if entry.stat().st_uid in range(sandbox._FIRST_UID, sandbox._FIRST_UID + sandbox._UIDS):
                family = ancestors(int(entry.name))
                if os.getpid() in family or os.getppid() not in family:
                    found.append(entry.name)
    return found


def ancestors(process):
    """Return the processes from which ``process`` comes; one that broke loose comes from the first alone."""
    found = []
    while process > 1:
        process = int(Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        found.append(process)
    return found


def rules(case):
    """Read the head of a case: how it may end, what it prints, whether it fails."""
    head = [line[2:] for line in case.read_text(encoding="utf-8").splitlines() if line.startswith("# ")]
    words = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
    return set(words["ends"].split()), words.get("prints"), "fails" in head


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_it_does_no_harm_and_the_next_one_is_run_as_ever(place, pool, case):
    ends, prints, fails = rules(case)
    source = case.read_text(encoding="utf-8").replace("{course}", str(place.root)).replace("{port}", str(place.port))
    run(pool, *GOOD)  # a server is there
    before, server = on_disk(place.root), server_of(pool)

    limits = ENDED if case.stem.startswith("time_") or case.stem == "fork_bomb" else LIMITS
    found = run(pool, source, "print('sau')", limits=limits)

    assert found.ended in ends
    assert found.seconds < limits.seconds + 10
    assert earned(found) == 0
    if prints is not None:
        assert printed(found).strip() == prints, found.outputs
    assert ("c0" in found.failed) or not fails
    assert set(found.outputs) <= {"c0", "c1"}
    shown = json.dumps(found.outputs)
    assert CANARY not in shown
    kinds = {kind for cell in found.outputs.values() for one in cell for kind in one.get("data", {})}
    assert kinds <= {"text/plain", "image/png"}
    assert "<script" not in json.dumps([one.get("data", {}).get("image/png") for one in found.outputs.get("c0", ())])
    assert not place.reached.is_set()
    assert on_disk(place.root) == before
    assert strangers() == []

    after = run(pool, *GOOD)
    assert (after.ended, after.how, after.isolated, after.failed) == ("done", "warm", True, ())
    assert earned(after) == 1
    assert printed(after, "c2").splitlines() == ["[] None", "['1'] ['questions.json']"]
    assert server_of(pool) == server


@pytest.mark.parametrize("case", [case for case in CASES if case.stem in COLD], ids=lambda case: case.stem)
def test_a_cold_run_refuses_and_counts_the_same(place, case):
    ends, prints, _ = rules(case)
    sheet = versions.released(UNIT).sheet.decode("utf-8")
    job = job_of("hv", UNIT, notebook(case.read_text(encoding="utf-8")), {SHEET: sheet}, LIMITS)
    with contextlib.closing(executor.UnpackedCourse(course_files.pack(UNIT))) as laid:
        found = execution_report.read(cold_executor.Cold(laid.path, UNIT, isolated=True).run(job.to_bytes()), job)
    assert (found.how, found.isolated) == ("cold", True)
    assert found.ended in ends
    assert prints is None or printed(found).strip() == prints


def test_a_cell_may_wait_run_a_command_and_fork_as_ever(pool):
    awaits = "import asyncio\nprint(await asyncio.sleep(0, 'cho'))"
    shell = "%%bash\necho bash"
    call = "!echo lệnh"
    forks = "import multiprocessing\nwith multiprocessing.Pool(2) as two:\n    print(two.map(len, 'ab'))"
    found = run(pool, awaits, shell, call, forks)
    assert (found.ended, found.failed) == ("done", ())
    assert [printed(found, f"c{number}").strip() for number in range(4)] == ["cho", "bash", "lệnh", "[1, 1]"]


def test_two_at_a_time_cannot_see_or_stop_each_other(place):
    quiet = "import time\nopen('/tmp/dau', 'w').write('x')\ntime.sleep(3)\nprint('xong')"
    loud = (
        "import os, socket, time\nfor _ in range(20):\n    time.sleep(0.1)\n    for process in range(2, 400):\n"
        "        try:\n            os.kill(process, 9)\n        except OSError:\n            pass\n"
        "print(os.path.exists('/tmp/dau'), len([name for name in os.listdir('/proc') if name.isdigit()]))"
    )
    with execution.opened(course_files.pack(UNIT), workers=2) as both:
        jobs = [job_of(name, UNIT, notebook(source), None, LIMITS) for name, source in (("a", quiet), ("b", loud))]
        found = dict(both.run(jobs))
    assert printed(found["a"]) == "xong\n"
    assert printed(found["b"]) == "False 1\n"


def test_values_that_were_handed_in_before_the_harm_count(pool):
    for harm in ("import os; os._exit(0)", "import os; os.closerange(0, 10_000)", "while True:\n  try: 1\n  except: 1"):
        found = run(pool, "from buuchinh import submit", f'submit("bt90-q4", {RIGHT_VALUE})', harm, limits=ENDED)
        assert earned(found) == 1


def test_every_class_of_harm_has_a_case():
    assert len(CASES) >= 50
    assert all(rules(case)[0] for case in CASES)
    assert os.access(CASES[0], os.R_OK)
