"""A hand-in whose reading never ends costs what cannot be read of it; everybody else is taken in as always."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from kit.classroom import UNIT
from kit.handin import code_of
from test_collect import TEN, stick, tree, work
from test_worker_pool import LINUX, modules

from buuchinh import cli
from buuchinh.classroom import gradebook, run_log
from buuchinh.intake import collect, inspect, read_in_workers, worker_pool
from buuchinh.intake.reader_self_test import ReadersFail
from buuchinh.messages import say
from buuchinh.notebook import pack
from buuchinh.release import versions

GOOD, PARTLY, LOOSE, LOST, ALONE, WHOLE, LAST = (code_of(number) for number in range(11, 18))
LARGE = 19_000_000


def too_large(notebook: bytes) -> bytes:
    """Return the notebook with so much printed into it that reading needs more memory than these tests give."""
    found = json.loads(notebook)
    found["metadata"]["in"] = "\U0001f4e6\\u00e1" + "x" * LARGE
    return json.dumps(found, ensure_ascii=False).encode()


def files(course: Path, code: str) -> dict[str, bytes]:
    folder = work(course, code, text=f"Bài của {code}")
    with zipfile.ZipFile(pack.build(folder, UNIT, code, TEN).path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.fixture
def course(small_course: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the small course with a stick on which three hand-ins cannot be read whole, and four can."""
    monkeypatch.setattr(worker_pool, "MEMORY", 120_000_000)
    with gradebook.opened() as book:
        for code in (GOOD, PARTLY, LOOSE, LOST, ALONE, WHOLE, LAST):
            book.update_or_create_student(code)
    name = f"{UNIT}.ipynb"
    good, partly, loose, lost, alone, whole, last = (
        files(small_course, code) for code in (GOOD, PARTLY, LOOSE, LOST, ALONE, WHOLE, LAST)
    )
    partly[name], whole[name] = too_large(partly[name]), too_large(whole[name])
    folder = stick(small_course) / "le"
    folder.mkdir()
    (folder / f"{UNIT}_{LOOSE}.ipynb").write_bytes(loose[name])
    (folder / f"{UNIT}_{LOST}.ipynb").write_bytes(too_large(lost[name]))
    of_class = {
        f"{code}/{one}": data for code, parts in ((GOOD, good), (PARTLY, partly)) for one, data in parts.items()
    }
    (stick(small_course) / "lop.zip").write_bytes(
        zipped(of_class | {f"{UNIT}_{LAST}.zip": zipped(last)}),
    )
    (stick(small_course) / f"{UNIT}_{ALONE}.zip").write_bytes(zipped({name: too_large(alone[name])}))
    (stick(small_course) / f"{UNIT}_{WHOLE}.zip").write_bytes(zipped(whole))
    return small_course


def test_what_cannot_be_read_of_one_is_left_out_and_all_others_are_taken(course: Path) -> None:
    before = tree(stick(course))
    told: list[tuple[int, int]] = []
    lines = {line.code: line for line in collect.collect(stick(course), show=lambda *seen: told.append(seen[:2]))}
    assert {code for code, line in lines.items() if line.outcome == "taken" and line.counts} == {
        GOOD, PARTLY, LOOSE, WHOLE, LAST,
    }  # fmt: skip
    assert {code for code, line in lines.items() if any("bộ nhớ" in note for note in line.notes)} == {PARTLY, WHOLE}
    for code in (LOST, ALONE):
        assert lines[code].outcome == "refused"
        assert "bộ nhớ" in lines[code].reason
        assert "da-nop" in lines[code].way_out
    for code in (PARTLY, WHOLE):
        record = json.loads((course / "submitted" / code / UNIT / "answers.json").read_text(encoding="utf-8"))
        assert record["answers"]["bt90-q3"]["answer"] == f"Bài của {code}"
    assert tree(stick(course)) == before
    assert told[-1][1] == 4
    assert [seen for seen, _ in told] == sorted(seen for seen, _ in told)


def test_readers_that_are_begun_anew_need_no_more_memory_for_it(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What they import is no hand-in, so it does not count as one."""
    monkeypatch.setattr(worker_pool, "_quickest", lambda: "spawn")
    lines = {line.code: line.outcome for line in collect.collect(stick(course))}
    assert lines == dict.fromkeys((GOOD, PARTLY, LOOSE, WHOLE, LAST), "taken") | dict.fromkeys((LOST, ALONE), "refused")


def test_what_reads_hand_ins_has_loaded_nothing_that_only_computes(course: Path) -> None:
    """And of the rooms above only what a hand-in is laid onto: the released versions and what their cells are."""
    now = datetime.now().astimezone()
    with worker_pool.Readers(workers=1, start="spawn") as readers:
        assert list(read_in_workers.decide_all(readers, stick(course), frozenset({GOOD}), now))
        ((_, loaded),) = readers.run([worker_pool.ReaderCall(modules)])
    assert not isinstance(loaded, worker_pool.GivenUp)
    assert not {"numpy", "pandas", "matplotlib", "scipy"} & set(loaded)
    rooms = {name for name in loaded if name.startswith(("buuchinh.release.", "buuchinh.exam", "buuchinh.grading"))}
    assert rooms == {"buuchinh.release.source", "buuchinh.release.versions"}


@pytest.fixture
def falling(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file during whose presence readers fall on whatever they decide on."""
    marker, released_for = tmp_path / "falls", versions.released_for

    def falling_while(unit: str, version: str | None, code: str) -> versions.Released:
        if marker.exists():
            raise LookupError("Bài của học viên")
        return released_for(unit, version, code)

    monkeypatch.setattr(worker_pool, "_quickest", lambda: "fork")
    monkeypatch.setattr(versions, "released_for", falling_while)
    return marker


@LINUX
def test_where_readers_fall_on_everything_it_is_our_fault_and_nobody_is_refused(
    course: Path, falling: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    falling.touch()
    assert cli.run(["collect", str(stick(course))]) == 1
    out, err = capsys.readouterr()
    assert "Lỗi ở máy, không ở bài của học viên" in err
    assert "cài lại bộ công cụ" in err
    assert "không nhận" not in out
    assert not (course / "nop-bai").exists()
    logged = run_log.place().read_text(encoding="utf-8-sig")
    assert re.search(r"LookupError buuchinh/intake/decide_submission\.py:\d+", logged)
    assert "Bài của học viên" not in logged
    falling.unlink()
    assert cli.run(["collect", str(stick(course))]) == 3
    assert "Nhận 5" in capsys.readouterr().out


@LINUX
def test_what_was_read_before_readers_fell_is_kept_and_nobody_after_it_is_refused(course: Path, falling: Path) -> None:
    with pytest.raises(ReadersFail):
        collect.collect(stick(course), show=lambda done, *_: falling.touch() if done == 1 else None)
    refused = tree(course / "nop-bai" / "khong-nhan")
    assert not any(say("intake.stopped.fault") in data.decode() for name, data in refused.items() if "json" in name)
    kept = {path.parent.name for path in (course / "nop-bai").glob(f"{UNIT}/*/*")}
    assert kept
    falling.unlink()
    assert {line.code: line.outcome for line in collect.collect(stick(course)) if line.code in kept} == dict.fromkeys(
        kept, "known"
    )


def test_every_original_is_kept_apart_from_those_of_others(course: Path) -> None:
    collect.collect(stick(course))
    for code in (GOOD, PARTLY, LOOSE, WHOLE, LAST):
        kept = b"".join(tree(course / "nop-bai" / UNIT / code).values())
        assert kept
        if code not in {WHOLE, LAST}:
            assert not any(other.encode() in kept for other in (GOOD, PARTLY, LOOSE, LOST, LAST) if other != code)
    sizes = [len(data) for name, data in tree(course / "nop-bai" / "khong-nhan").items() if name.endswith(".ipynb")]
    assert [size > LARGE for size in sizes] == [True]
    assert f"{UNIT}_{ALONE}.zip" in {Path(name).name for name in tree(course / "nop-bai" / "khong-nhan")}
    again = {line.code: line.outcome for line in collect.collect(stick(course))}
    assert again == {LOST: "refused", ALONE: "refused"} | dict.fromkeys((GOOD, PARTLY, LOOSE, WHOLE, LAST), "known")


def test_the_same_hand_in_is_told_the_same_way_before_it_is_collected(course: Path) -> None:
    (found,) = inspect.inspect(stick(course) / f"{UNIT}_{WHOLE}.zip")
    note = next(note for note in found.notes if "bộ nhớ" in note.note)
    assert note.does
    assert note.person
    (refused,) = inspect.inspect(stick(course) / f"{UNIT}_{ALONE}.zip")
    assert refused.decision.outcome == "refused"


def test_what_was_kept_is_read_apart_too_when_it_comes_to_count(course: Path) -> None:
    (course / "nop-bai").mkdir(exist_ok=True)
    collect.collect(stick(course))
    for code in (PARTLY, GOOD):
        shutil.rmtree(course / "submitted" / code)
    lines = {line.code: line for line in collect.collect(stick(course))}
    assert lines[GOOD].counts
    assert lines[PARTLY].counts
    assert any("bộ nhớ" in note for note in lines[PARTLY].notes)


def test_the_command_says_so_in_a_line_and_ends_with_three(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["collect", str(stick(course))]) == 3
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    assert sum("bộ nhớ" in line for line in out.splitlines()) == 4
