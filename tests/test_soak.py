"""One warm server, five hundred hand-ins, a third of them hostile: a good one gets what it gets when run cold.

Five hundred in ``make long``, some ten minutes.
"""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

import pytest
from kit.classroom import UNIT, make_course
from kit.course import missing
from kit.handin import RIGHT_VALUE, notebook

from buuchinh.course import SHEET
from buuchinh.execution import cold_executor, course_files, execution_report, executor, sandbox, warm_executor
from buuchinh.execution.job import Job, Limits, job_of
from buuchinh.release import release, versions

HOSTILE = sorted((Path(__file__).parent / "hostile").glob("*.py"))
LIMITS = Limits(seconds=10, cell_seconds=3, memory=1_000_000_000, disk=20_000_000, file=10_000_000)
GOOD = [
    (f'submit("bt90-q4", {RIGHT_VALUE})',),
    (f"x = {RIGHT_VALUE - 2}\nx", 'submit("bt90-q4", x + 2)\nprint("xong")'),
    (
        'import pandas as pd\nkhung = pd.DataFrame({"a": ["x", "y"], "b": [1.5, 2]})\nkhung',
        'submit("bt90-q4", khung["b"].sum())',
    ),
    ('import numpy as np\nsubmit("bt90-q4", float(np.random.rand()))', "import random\nprint(random.random())"),
    ("1 / 0", "_, __", f'submit("bt90-q4", {RIGHT_VALUE})', "print(dir())"),
    ('%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.bar(["a", "b"], [1, 2]);', 'submit("bt90-q4", 3)'),
    (
        "import os\nprint(sorted(os.listdir('.')), os.path.exists('/tmp/x'), os.environ.get('DE_LAI'))",
        'submit("bt90-q4", 1)',
    ),
    ("import asyncio\nprint(await asyncio.sleep(0, 'cho'))", "!echo xin", 'submit("bt90-q4", 4)'),
]


@pytest.fixture(scope="module")
def laid(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(make_course(tmp_path_factory.mktemp("soak"))))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        if sandbox.missing():
            missing(f"bubblewrap: {sandbox.missing()}")
        release.release(UNIT)
        with contextlib.closing(executor.UnpackedCourse(course_files.pack(UNIT))) as laid:
            yield laid.path


def job(name: str, *cells: str, limits: Limits | None = None) -> Job:
    sheet = versions.released(UNIT).sheet.decode("utf-8")
    return job_of(name, UNIT, notebook("from buuchinh import submit", *cells), {SHEET: sheet}, limits)


def said(run: execution_report.Execution) -> tuple[object, ...]:
    """Return what is recorded of a run."""
    return run.ended, run.failed, run.values, run.outputs


def soak(laid: Path, count: int, seed: int = 11) -> None:
    """Send ``count`` hand-ins through one server, a third of them hostile and in any order, and compare."""
    chance = random.Random(seed)
    alone = cold_executor.Cold(laid, UNIT, isolated=True)
    expected = [
        said(execution_report.read(alone.run(one.to_bytes()), one))
        for one in (job(f"g{n}", *GOOD[n]) for n in range(len(GOOD)))
    ]
    assert {ended for ended, *_ in expected} == {"done"}
    sent: list[Path | int] = [
        *(HOSTILE[n % len(HOSTILE)] for n in range(count // 3)),
        *(n % len(GOOD) for n in range(count - count // 3)),
    ]
    chance.shuffle(sent)
    other: list[object] = []
    with contextlib.closing(warm_executor.Warm(laid, UNIT)) as server:
        for number, one in enumerate(sent):
            if isinstance(one, Path):
                source = one.read_text(encoding="utf-8").replace("{port}", "9").replace("{course}", "/x")
                harm = job("h", source, limits=LIMITS)
                found = execution_report.read(server.run(harm.to_bytes()), harm)
                assert (found.how, found.isolated) == ("warm", True)
                assert found.seconds < LIMITS.seconds + 10
            else:
                good = job("g", *GOOD[one])
                found = execution_report.read(server.run(good.to_bytes()), good)
                if said(found) != expected[one]:
                    other.append((number, str(sent[number - 1]), one, said(found)))
    assert other == []


@pytest.mark.long
def test_five_hundred_hand_ins_through_one_server(laid):
    soak(laid, 500)


def test_a_good_hand_in_gets_warm_what_it_gets_cold_and_the_harm_before_it_changes_nothing(laid):
    soak(laid, 12)
