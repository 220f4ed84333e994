"""Whatever bytes arrive from a trainee: read or refused in the kit's words, the same each time, in little memory."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import shutil
import subprocess
import sys
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit.answering import right_answer
from kit.classroom import UNIT
from kit.handin import code_of
from test_collect import work

from buuchinh.classroom import roster
from buuchinh.errors import KitError
from buuchinh.files import read_json
from buuchinh.intake import check_receipt, find_submissions, salvage, zips
from buuchinh.intake.decide_submission import decide
from buuchinh.intake.filenames import safe
from buuchinh.intake.filetypes import kind_by_name
from buuchinh.intake.merge import merge
from buuchinh.intake.submission import Submission
from buuchinh.notebook import pack
from buuchinh.questions import question_bank
from buuchinh.questions.answers import JOURNAL, SNAPSHOT, Record
from buuchinh.questions.scoring import score
from buuchinh.release import versions

ONE = code_of(1)
NOW = datetime.fromisoformat("2026-11-25T12:00:00+07:00")
often = settings(max_examples=100, deadline=timedelta(seconds=120), suppress_health_check=list(HealthCheck))
seldom = settings(often, max_examples=40)

numbers = st.one_of(st.integers(), st.floats(), st.just(10**390), st.just(-(10**390)))
texts = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["bt90-q1", "bt90-q4", "bt90-q4-lam", "bt90", "\ud83d", "a\u2028b", "../x", "CON", 'submit("bt90-q4", 1)']
    ),
)
anything = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, texts),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=15,
)
WORDS = (
    *("cells", "cell_type", "code", "markdown", "source", "input", "metadata", "nbgrader", "grade_id", "outputs"),
    *("answers", "answer", "at", "cell", "unit", "version", "sha256", "check", "answered", "unanswered", "worksheets"),
    *("widgets", "state", "payload", "question", "id", "buuchinh", "typed", "tries", "first", "origin"),
)
keyed = st.recursive(
    st.one_of(
        st.none(), numbers, texts, st.sampled_from(["code", "2026-11-25T10:00:00+07:00", "0001-01-01", "9999-12-31"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(st.sampled_from(WORDS), texts), inner, max_size=6),
    ),
    max_leaves=30,
)


def as_csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([["Mã", "Họ tên"], *rows])
    return out.getvalue().encode("utf-8", "replace")


def encoded(value: Any) -> bytes:
    return json.dumps(value).encode()


json_bytes = st.one_of(keyed, anything).map(encoded)
raw_bytes = st.one_of(
    st.binary(max_size=200),
    json_bytes,
    st.builds(lambda data, cut: data[:cut], json_bytes, st.integers(0, 200)),
    st.builds(lambda text, how: text.encode(how, "replace"), texts, st.sampled_from(["utf-16", "utf-8-sig", "cp1258"])),
    st.sampled_from(
        [b"", b"[" * 100_000, b'{"a":' * 50_000, b"\xff\xfe", b"\xef\xbb\xbf", b'{"answers": {' + b'"x": [' * 9_000]
    ),
)
names = st.one_of(
    st.sampled_from(
        ["answers.json", "answers.jsonl", "receipt.json", "bt90.ipynb", "bt90 (1).ipynb", "bt90.txt", "a.zip"]
    ),
    st.text(max_size=12),
).map(lambda name: name.replace("/", "_") or "_")


@pytest.fixture(scope="module")
def course(small_class: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return the small course with one trainee's work in it."""
    root = tmp_path_factory.mktemp("lop") / "course"
    shutil.copytree(small_class, root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        work(root, ONE)
        yield root


def plain(one: Submission) -> str:
    """Return what was read as text: it must be JSON and UTF-8, and the same each time."""
    at = one.at.isoformat() if one.receipt and one.at else None
    seen = [one.origin, one.unit, one.version, one.code, one.other_codes, at, dict(one.answers), one.notes]
    text = json.dumps(seen, allow_nan=False, ensure_ascii=False, sort_keys=True)
    text.encode("utf-8")
    return text


@often
@given(data=raw_bytes)
def test_each_reader_of_a_file_takes_any_bytes(data: bytes) -> None:
    for read in (salvage.text, salvage.notebook, salvage.answers, salvage.journal, check_receipt.parse):
        assert repr(read(data)) == repr(read(data))
    head, _ = salvage.answers(data)
    json.dumps([head.get("answers"), salvage.journal(data)], allow_nan=False, ensure_ascii=False).encode("utf-8")
    found, _ = salvage.notebook(data)
    for cell in found["cells"] if found else ():
        assert isinstance(cell["source"], str)
        cell["source"].encode("utf-8")


@often
@given(data=raw_bytes)
def test_files_that_the_kit_reads_at_a_desk_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("ban")
    path = folder / "questions.json"
    path.write_bytes(data)
    for read in (read_json, question_bank.load_sheet):
        with contextlib.suppress(KitError):
            read(path)
    (folder / SNAPSHOT).write_bytes(data)
    (folder / JOURNAL).write_bytes(data)
    record = Record(folder, UNIT, "1.0.0", ONE)
    before = record.answers()
    record.put("bt90-q9", "sau")
    assert record.answers() == before | {"bt90-q9": record.answers()["bt90-q9"]}
    json.loads((folder / SNAPSHOT).read_text(encoding="utf-8"))


@often
@given(
    files=st.dictionaries(names, raw_bytes, max_size=5),
    folder=st.sampled_from(["", "a/", "../", "/x/", "C:\\", "__MACOSX/"]),
)
def test_a_zip_of_anything_is_judged_and_never_raises(
    course: Path, tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes], folder: str
) -> None:
    path = tmp_path_factory.mktemp("usb") / f"bt90_{ONE}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr((folder + name).encode("utf-8", "replace").decode(), data)
    _judged_twice(path)


@often
@given(files=st.dictionaries(names.map(safe), raw_bytes, max_size=5))
def test_a_folder_of_anything_is_judged_and_never_raises(
    course: Path, tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]
) -> None:
    folder = tmp_path_factory.mktemp("usb") / ONE
    folder.mkdir()
    for name, data in files.items():
        (folder / name[:60]).write_bytes(data)
    _judged_twice(folder)


@often
@given(data=st.data())
def test_a_good_zip_with_bytes_changed_cut_or_doubled_is_judged(
    course: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    good = bytearray(pack.build(course / "bai-lam" / ONE / UNIT, UNIT, ONE, NOW).path.read_bytes())
    for _ in range(data.draw(st.integers(0, 10))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    start = data.draw(st.integers(0, 40))
    path = tmp_path_factory.mktemp("usb") / "nop.zip"
    path.write_bytes(bytes(good[start : data.draw(st.integers(start, len(good)))]) * data.draw(st.integers(1, 2)))
    _judged_twice(path)


def _judged_twice(path: Path) -> None:
    def run() -> list[str]:
        said = []
        for arrived, originals in find_submissions.walk(path):
            line = decide(arrived, frozenset([ONE]), NOW)
            assert line.outcome == "taken" or (line.reason and line.way_out), line
            for name in originals:
                assert name == safe(name)
            said.append(f"{line.outcome} {line.unit} {line.code} {line.notes} {line.mended} {line.sha256}")
            if isinstance(arrived, Submission):
                said.append(plain(arrived))
        return said

    assert run() == run()


@often
@given(
    cells=st.lists(st.dictionaries(st.sampled_from(WORDS), keyed, max_size=5), max_size=5),
    answers=st.dictionaries(texts, keyed, max_size=5),
)
def test_any_cells_and_answers_are_put_onto_the_released_notebook(
    course: Path, cells: list[dict[str, Any]], answers: dict[str, Any]
) -> None:
    released = versions.released(UNIT)
    files = {
        f"{UNIT}.ipynb": encoded({"cells": cells, "metadata": {"buuchinh": {"unit": UNIT}}}),
        SNAPSHOT: encoded({"unit": UNIT, "version": "1.0.0", "code": ONE, "answers": answers}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    path = course.parent / "thu.zip"
    path.write_bytes(out.getvalue())
    made = merge(released, find_submissions.read(path))
    assert {cell["id"] for cell in released.notebook["cells"]} <= {cell["id"] for cell in made.notebook["cells"]}
    assert len({cell["id"] for cell in made.notebook["cells"]}) == len(made.notebook["cells"])
    json.dumps([made.notebook, made.answers], allow_nan=False, ensure_ascii=False).encode("utf-8")
    for name, question in released.obscured.items():
        found = score(question, made.answers.get(name, {}).get("answer"), date(2026, 11, 25))
        assert 0 <= found.fraction <= 1


@often
@given(answer=st.one_of(anything, keyed))
def test_any_answer_is_scored_between_nothing_and_all(course: Path, answer: Any) -> None:
    for question in versions.released(UNIT).obscured.values():
        assert 0 <= score(question, answer, date(2026, 11, 25)).fraction <= 1
        right = right_answer(question, date(2026, 11, 25))
        if isinstance(right, dict):
            for name in right:
                assert 0 <= score(question, right | {name: answer}, date(2026, 11, 25)).fraction <= 1


@seldom
@given(
    data=st.one_of(raw_bytes, st.lists(st.lists(texts, max_size=4), max_size=6).map(as_csv)),
    ending=st.sampled_from(["csv", "xlsx"]),
)
def test_any_class_list_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes, ending: str) -> None:
    path = tmp_path_factory.mktemp("lop") / f"lop.{ending}"
    path.write_bytes(data)
    with contextlib.suppress(KitError):
        assert roster.load(path) == roster.load(path)


@often
@given(name=st.text(max_size=300))
def test_any_name_becomes_one_that_every_system_can_store(name: str) -> None:
    made = safe(name)
    assert safe(made) == made
    assert made
    assert len(made) <= 124
    assert not set(made) & set('<>:"|?*\0/\\')
    assert made[-1] not in ". "
    assert kind_by_name(name) is None or made


BIG = """
import resource, sys, zipfile
from pathlib import Path
from buuchinh.intake import find_submissions
from buuchinh.intake.submission import Submission
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
before = peak()
found = sum(isinstance(one, Submission) for one, _ in find_submissions.walk(Path(sys.argv[1])))
print(found, peak() - before)
"""


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("answers.json", "answers.jsonl", "bt90.ipynb", *(f"{number}.ipynb" for number in range(7))):
            with archive.open(name, "w") as file:
                for _ in range(60):
                    file.write(b" " * 1_000_000)


def _nested_bomb(path: Path) -> None:
    _bomb(path)
    data = path.read_bytes()
    for _ in range(2):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(2):
                archive.writestr(f"{number}.zip", data)
        data = out.getvalue()
    path.write_bytes(data)


def _many_entries(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(60_000):
            archive.writestr(f"{number}/answers.json", b"{}")


def _prints(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("bt90.ipynb", "w") as file:
        file.write(b'{"cells": [{"cell_type": "code", "metadata": {}, "outputs": [{"text": ["x"')
        for _ in range(130):
            file.write(b', "mot dong in ra\\\\n"' * 50_000)
        file.write(b']}], "source": "submit(\\"bt90-q4\\", 11)"}], "metadata": {}, "nbformat": 4}')


def _a_table_of_lists(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("answers.json", b'{"answers": {"bt90-q1": {"answer": [' + b"[]," * 1_300_000 + b"[]]}}}")
        archive.writestr("bt90.ipynb", b'{"cells": [' + b'{"cell_type": [' * 900 + b"[]," * 6_000_000)


def _a_class(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(20):
            archive.writestr(f"{number}/answers.json", b'{"answers": {}}')
            archive.writestr(
                f"{number}/bt90.ipynb", b'{"cells": [{"cell_type": "raw", "source": "' + b"x" * 9_000_000 + b'"}]}'
            )


@pytest.mark.skipif(sys.platform == "win32", reason="the peak is asked of POSIX")
@pytest.mark.parametrize(
    ("make", "hand_ins", "megabytes"),
    [
        (_bomb, 8, 150),
        (_nested_bomb, 32, 250),
        (_many_entries, 0, 150),
        (_prints, 1, 120),
        (_a_table_of_lists, 1, 300),
        (_a_class, 20, 150),
    ],
    ids=lambda value: getattr(value, "__name__", "").strip("_"),
)
def test_what_is_enormous_costs_no_more_than_the_cap(tmp_path: Path, make: Any, hand_ins: int, megabytes: int) -> None:
    path = tmp_path / "bt90.zip"
    make(path)
    done = subprocess.run(
        [sys.executable, "-c", BIG, str(path)], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    found, peak = map(int, done.stdout.split())
    assert found == hand_ins
    assert peak < megabytes, peak


def test_a_sparse_file_of_gigabytes_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "bt90.ipynb"
    with path.open("wb") as file:
        file.truncate(3_000_000_000)
    (arrived,) = [one for one, _ in find_submissions.walk(path)]
    assert not isinstance(arrived, Submission)
    assert "lớn hơn" in arrived.problem.message


def test_a_zip_says_when_it_has_too_many_members(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    _many_entries(path)
    with path.open("rb") as file, pytest.raises(zips.TooMany):
        zips.members(file, zips.Budget())
