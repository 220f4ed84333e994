from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit.classroom import ROOT, UNIT, edit, make_course
from kit.course import missing
from kit.handin import notebook

from buuchinh.execution import cache, execution_report, run_one, sandbox, scratch, warm_executor
from buuchinh.execution import course_files as given_out
from buuchinh.execution.job import Limits, job_of
from buuchinh.release import release


@pytest.fixture
def course(tmp_path, monkeypatch):
    root = make_course(tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    if sandbox.missing():
        missing(f"bubblewrap: {sandbox.missing()}")
    return root


def texts(execution, cell):
    return [one.get("text") or one.get("data", {}).get("text/plain") for one in execution.outputs[cell]]


def test_what_submit_hands_in_comes_back_and_a_failing_cell_stops_nothing(course):
    release.release(UNIT)
    run = run_one.run(
        notebook("from buuchinh import submit", "x = 9\n1/0", 'submit("bt90-q4", x + 2)', 'ask("bt90-q4")'), UNIT
    )
    assert run.values == {"bt90-q4": {"tong": 11}}
    assert (run.ended, run.failed, run.isolated) == ("done", ("c1",), True)
    assert "c3" not in run.outputs  # it only shows something, so it is not run
    assert any("c1" in note for note in run.notes())


def test_text_and_pictures_come_back_and_nothing_that_could_run_in_a_browser(course):
    run = run_one.run(
        notebook(
            "print('chữ')\nfrom IPython.display import HTML, Javascript, display\n"
            "display(HTML('<script>1</script>'), Javascript('1'))",
            "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);",
            "import pandas as pd\npd.DataFrame({'a': [1]})",
        ),
        UNIT,
    )
    assert texts(run, "c0")[0] == "chữ\n"
    assert any("image/png" in one.get("data", {}) for one in run.outputs["c1"])
    assert "<script" not in json.dumps(run.outputs)
    assert all(set(one.get("data", {})) <= {"text/plain", "image/png"} for cell in run.outputs.values() for one in cell)


def test_the_same_content_is_not_run_twice_and_other_content_is(course, tmp_path, monkeypatch):
    path = tmp_path / "execution.json"
    first = run_one.run(notebook("print(1)"), UNIT, path)
    monkeypatch.setattr(warm_executor.Warm, "run", lambda *args: pytest.fail("ran again"))
    assert run_one.run(notebook("print(1)"), UNIT, path) == first
    with pytest.raises(pytest.fail.Exception):
        run_one.run(notebook("print(2)"), UNIT, path)


def test_under_other_limits_the_same_content_runs_again(course, tmp_path):
    path = tmp_path / "execution.json"
    cells = notebook("import time\ntime.sleep(3)", "open('t', 'wb').write(bytes(5_000_000))")
    assert "c0" in run_one.run(cells, UNIT, path, limits=Limits(cell_seconds=1)).failed
    assert run_one.run(cells, UNIT, path).failed == ()
    assert run_one.run(cells, UNIT, path, limits=Limits(file=1_000_000)).failed == ("c1",)


def test_only_what_code_can_read_and_depends_on_decides_whether_it_runs_again(course):
    for name in ("law", "questions"):
        (course / "datasets" / name).mkdir(parents=True)
    table, practice = course / "datasets" / "law" / "a.csv", course / "datasets" / "questions" / "l01.yml"
    for path in (table, practice):
        path.write_text("x", encoding="utf-8")
    before = given_out.pack(UNIT)
    edit(course / "course.toml", "[deadlines]", f"[deadlines]\n{UNIT} = 2027-01-15T17:00:00")
    practice.write_text("y", encoding="utf-8")
    assert given_out.pack(UNIT) == before
    edit(course / "course.toml", "report_date = 2023-08-16", "report_date = 2023-08-17")
    another_day = given_out.pack(UNIT)
    table.write_text("y", encoding="utf-8")
    assert len({before.digest, another_day.digest, given_out.pack(UNIT).digest}) == 3
    days = "from buuchinh import course\nprint(course.settings().report_date, course.settings().deadlines)"
    assert texts(run_one.run(notebook(days), UNIT), "c0") == ["2023-08-17 {}\n"]


@pytest.fixture
def on_disk():
    """Return a folder outside of /dev/shm, which is another one in the sandbox."""
    with tempfile.TemporaryDirectory(prefix="goi-") as folder:
        yield Path(folder).resolve()


def test_the_package_that_is_running_is_the_one_in_the_sandbox(course, on_disk):
    shutil.copytree(ROOT / "buuchinh", on_disk / "buuchinh", ignore=shutil.ignore_patterns("__pycache__"))
    script = (
        "from kit.handin import notebook\nfrom buuchinh.execution import run_one\n"
        "from buuchinh.execution import sandbox\n"
        "work = notebook('import buuchinh; print(buuchinh.__file__)')\nwarm = run_one.run(work, 'bt90')\n"
        "sandbox.bubblewrap = lambda: None\ncold = run_one.run(work, 'bt90', unsafe=True)\n"
        "print(*(one.how + one.outputs['c0'][0]['text'].strip() for one in (warm, cold)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=on_disk, capture_output=True, text=True, encoding="utf-8", check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT / "tests")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [how + str(on_disk / "buuchinh" / "__init__.py") for how in ("warm", "cold")]


def test_what_a_killed_run_left_goes_with_a_later_one_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    old, at_work, young, other = (
        tmp_path / name
        for name in (f"buuchinh-{ended.pid}-a", f"buuchinh-{os.getpid()}-a", f"buuchinh-{ended.pid}-b", "buuchinh-x")
    )
    for path in (old, at_work, young, other):
        (path / "khoa-hoc").mkdir(parents=True)
        if path != young:
            os.utime(path, (0, 0))
    scratch.sweep()
    assert sorted(tmp_path.iterdir()) == sorted([at_work, young, other])
    with scratch.folder() as made:
        assert Path(made).name.startswith(f"buuchinh-{os.getpid()}-")


def test_an_endless_loop_ends_and_the_cells_after_it_still_run(course):
    cells = notebook("while True: pass", "print('sau')", "1 / 0")
    run = run_one.run(cells, UNIT, limits=Limits(seconds=40, cell_seconds=2))
    assert run.ended == "done"
    assert run.failed == ("c0", "c2")
    assert texts(run, "c1") == ["sau\n"]
    slow, wrong = run.notes()
    assert slow.startswith("1 ô chạy quá lâu")
    assert slow.endswith(": c0")
    assert wrong == "1 ô báo lỗi khi chạy lại: c2"


def test_a_loop_that_catches_everything_ends_at_the_wall_clock_and_earlier_values_count(course):
    release.release(UNIT)
    stubborn = "import time\nwhile True:\n    try:\n        time.sleep(1)\n    except BaseException:\n        pass"
    run = run_one.run(
        notebook('from buuchinh import submit\nsubmit("bt90-q4", 3)', stubborn, "print('sau')"),
        UNIT,
        limits=Limits(seconds=25, cell_seconds=12),
    )
    assert run.ended == "timeout"
    assert run.seconds < 35
    assert run.values == {"bt90-q4": {"tong": 3}}


@pytest.mark.parametrize(
    "text",
    ["", "xyz", "[1]", '{"id": "q", "answer": {"a": NaN}}', '{"id": "q", "answer": {"a": 1e999}}',
     '{"id": 1, "answer": {}}',
     '{"id": "q", "answer": {"a": ' + "[" * 100_000 + "]" * 100_000 + "}}", '{"id": "q", "answer": [1]}', "9" * 9_999],
)  # fmt: skip
def test_what_is_no_value_gives_none(text):
    assert execution_report.values_from(text) == {}


def test_good_lines_count_beside_bad_ones_and_the_last_one_wins():
    said = ['{"id": "q", "answer": {"a": 1, "b": 2}}', "{", '{"id": "q", "answer": {"a": 3}}']
    assert execution_report.values_from("\n".join(said)) == {"q": {"a": 3, "b": 2}}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)
SAID = st.fixed_dictionaries(
    {},
    optional={
        "id": st.sampled_from(["c0", "c1", "\ud800"]) | JSON,
        "outputs": JSON | st.lists(st.fixed_dictionaries({"output_type": st.sampled_from(["stream", "error"])}) | JSON),
        "error": st.booleans() | JSON,
        "answer": JSON | st.dictionaries(st.text(), JSON, max_size=3),
        "end": st.booleans(),
    },
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(lines=st.lists(SAID, max_size=6), noise=st.binary(max_size=60), values=st.lists(SAID, max_size=4))
def test_whatever_comes_back_is_read_as_data_and_can_be_kept(tmp_path_factory, lines, noise, values):
    job = job_of("hv", UNIT, notebook("1", "2"))
    handed = "\n".join(map(json.dumps, values)).encode()
    shown = "\n".join(map(json.dumps, lines)).encode() + noise
    packed = execution_report.pack("done", 1.0, isolated=True, how="warm", values=handed, shown=shown)
    for data in (packed, shown, noise, packed[:-3]):
        run = execution_report.read(data, job)
        assert set(run.outputs) <= {"c0", "c1"}
        json.dumps([run.values, run.outputs], allow_nan=False).encode("ascii")
        path = tmp_path_factory.getbasetemp() / "execution.json"
        cache.write(path, "k", run)
        assert cache.read(path, "k") == run


@given(cells=JSON | st.lists(st.fixed_dictionaries({"cell_type": st.just("code")}, optional={
    "source": JSON | st.text(), "id": JSON, "metadata": JSON | st.fixed_dictionaries({"nbgrader": JSON}),
}), max_size=4))  # fmt: skip
def test_any_notebook_makes_a_job_that_can_travel(cells):
    job = job_of("hv", UNIT, {"cells": cells})
    sent = json.loads(job.to_bytes())
    assert [one["id"] for one in sent["cells"]] == [name for name, _ in job.cells]
    assert all(isinstance(source, str) for _, source in job.cells)
    json.dumps([name for name, _ in job.cells], ensure_ascii=False).encode("utf-8")
