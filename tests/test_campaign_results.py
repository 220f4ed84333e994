"""Exported results of a campaign: summed up by unit, nothing of fewer than five people, no bad file stops anything."""

from __future__ import annotations

import itertools
import json
import os
import random
import re
import shlex
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.answering import right_answer
from kit.course import ROOT, copy_course

from buuchinh import cli, codes, course
from buuchinh.errors import KitError
from buuchinh.intake import base64_submission
from buuchinh.notebook import pack
from buuchinh.questions.practice import assessment
from buuchinh.questions.publish import obscure
from buuchinh.results import campaign_disclosure, campaign_results
from buuchinh.results.campaign_disclosure import CurrentPerson
from buuchinh.results.item_statistics import LEAST

WHOLE = ""


def code_of(number: int) -> str:
    return codes.make(f"GL{number:04d}")


def ended(unit: str, right: int, person: str = "", at: str = "2026-11-02T09:00:00+07:00") -> dict[str, Any]:
    """A finished test of which the first ``right`` questions are right and the others empty."""
    file = assessment.questions(unit)
    day = course.settings().reviewed_on
    answers = {one.id: right_answer(obscure(one, file.seed), day) for one in file.questions[:right]}
    about = {"format": 1, "unit": unit, "version": file.version, "code": person or None}
    return about | {"finished_at": at, "answers": answers}


def line(person: str, name: str, answer: Any, at: str) -> dict[str, Any]:
    place = json.dumps([person, "l05", "1.1.0"], separators=(",", ":"))
    return {"place": place, "line": {"id": name, "answer": answer, "at": at, "origin": "choice"}}


def export(person: str = "", before: int | None = None, after: int | None = None, **more: Any) -> dict[str, Any]:
    """What the page writes: answers in a lesson, and the tests that were finished with so many right."""
    own = more.pop("own", person or "khách")
    lines = [line(person, "l05-q01", own, "2026-11-01T08:00:00+07:00")]
    state: list[list[Any]] = [[f"role {person}", "gdv"]]
    for unit, right in (("kt1", before), ("kt2", after)):
        if right is not None:
            state.append([f"finished {person} {unit}", ended(unit, right, person)])
    about = {"format": "buuchinh-hoc-1", "course": course.settings().title, "person": person}
    return about | {"lines": lines, "state": state} | more


def put(top: Path, name: str, data: object) -> Path:
    path = top / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def unit_of(top: Path, unit: str, numbers: range, before: int | None = 4, after: int | None = 8) -> None:
    for number in numbers:
        put(top, f"{unit}/hoc-buu-chinh_{number}.json", export(code_of(number), before, after))


def shown(summary: campaign_results.Summary) -> str:
    return json.dumps(campaign_results.table(summary), ensure_ascii=False)


def test_a_unit_of_five_is_told_with_before_and_after_by_objective(tmp_path: Path) -> None:
    unit_of(tmp_path, "Bưu cục A", range(5))
    (row,) = campaign_results.summed_up(tmp_path).rows
    assert (row.name, row.people, row.done, row.rest) == ("Bưu cục A", 5, 5, "exact")
    assert (row.before[WHOLE], row.after[WHOLE]) == (40, 80)
    assert (row.before["m1-4"], row.before["m8-2"], row.after["m6-1"], row.after["m7-4"]) == (100, 0, 100, 0)
    table = campaign_results.table(campaign_results.summed_up(tmp_path))
    assert table[1] == ["Bưu cục A", 5, 5, "cả bài", 40, 80]
    assert len(table) == 2 + len(assessment.questions("kt1").questions)


def test_before_is_the_test_that_a_person_took_before_whichever_of_the_two_it_was(tmp_path: Path) -> None:
    unit_of(tmp_path, "A", range(5), 4, 8)
    for number in range(5, 10):
        code = code_of(number)
        first = ended("kt2", 2, code) | {"place": "before"}
        then = ended("kt1", 10, code, "2026-11-20T09:00:00+07:00") | {"place": "after"}
        state = [[f"finished {code} kt2", first], [f"finished {code} kt1", then]]
        put(tmp_path, f"A/{number}.json", export(code, state=state))
    (row,) = campaign_results.summed_up(tmp_path).rows
    assert (row.done, row.before[WHOLE], row.after[WHOLE]) == (10, 30, 90)


def test_four_people_are_not_shown_nor_their_folder_which_may_be_a_name(tmp_path: Path) -> None:
    unit_of(tmp_path, "Chị Nguyễn Thị Lan", range(4))
    summary = campaign_results.summed_up(tmp_path)
    assert summary.rows == ()
    assert summary.left_out
    assert "Lan" not in shown(summary)


def test_four_people_cannot_be_had_by_taking_one_row_from_another(tmp_path: Path) -> None:
    unit_of(tmp_path, "A", range(8), 4, 8)
    unit_of(tmp_path, "B", range(10, 16), 5, 9)
    alone = [campaign_results.summed_up(tmp_path).rows, campaign_results.table(campaign_results.summed_up(tmp_path))]
    unit_of(tmp_path, "C", range(20, 24), 0, 0)
    summary = campaign_results.summed_up(tmp_path)
    assert [summary.rows, campaign_results.table(summary)] == alone  # as if the four had sent nothing
    assert summary.rows[-1].people == 14


def test_small_units_are_told_together_where_that_makes_five(tmp_path: Path) -> None:
    for n, unit in enumerate(("Chị Lan", "Anh Hùng")):
        unit_of(tmp_path, unit, range(10 * n, 10 * n + 3))
    (row,) = campaign_results.summed_up(tmp_path).rows
    assert (row.people, row.done) == (6, 6)
    assert "Lan" not in row.name
    assert "Hùng" not in row.name


@pytest.mark.parametrize(
    ("both", "people", "done", "rest"), [(3, 12, None, "few"), (9, 9, 9, "exact"), (6, 12, 6, "exact")]
)
def test_those_who_are_done_and_those_who_are_not_are_told_from_five_on(
    tmp_path: Path, both: int, people: int, done: int | None, rest: str
) -> None:
    unit_of(tmp_path, "A", range(both))
    unit_of(tmp_path, "A", range(both, 12), 10, None)
    summary = campaign_results.summed_up(tmp_path)
    (row,) = summary.rows
    assert (row.people, row.done, row.rest) == (people, done, rest)
    assert bool(row.after) == (both >= LEAST)
    assert summary.left_out == (both != 6)
    if row.after:  # the same people before and after, not also those who were only there before
        assert row.before[WHOLE] == 40


def test_the_sum_tells_no_count_that_a_row_keeps_back(tmp_path: Path) -> None:
    unit_of(tmp_path, "A", range(10))
    unit_of(tmp_path, "B", range(20, 23), 1, 1)
    unit_of(tmp_path, "B", range(23, 30), 1, None)
    a, b, both = campaign_results.summed_up(tmp_path).rows
    assert (a.done, b.done, both.done, both.rest) == (10, None, None, "not_added")
    assert both.people == 20
    assert both.after == a.after
    assert both.before == a.before


@pytest.mark.parametrize("unfinished", range(1, 5))
def test_no_figure_tells_how_many_of_one_to_four_have_not_finished(tmp_path: Path, unfinished: int) -> None:
    unit_of(tmp_path, "A", range(20), 3, 7)
    unit_of(tmp_path, "B", range(30, 36), 5, 9)
    alone = campaign_results.table(campaign_results.summed_up(tmp_path))
    again = tmp_path / "again"
    unit_of(again, "A", range(20), 3, 7)
    unit_of(again, "A", range(20, 20 + unfinished), 10, None)
    unit_of(again, "B", range(30, 36), 5, 9)
    assert campaign_results.table(campaign_results.summed_up(again)) == alone


def test_three_people_who_began_without_a_code_are_three_and_not_five(tmp_path: Path) -> None:
    for number in range(3):
        data = export(code_of(number), 4, 8)
        if number:
            guest = export("", 4, None, own=f"khách {number}")
            data["lines"] += guest["lines"]
            data["state"] += guest["state"]
        put(tmp_path, f"A/{number}.json", data)
    assert campaign_results.summed_up(tmp_path).rows == ()
    unit_of(tmp_path, "A", range(3, 5))
    assert campaign_results.summed_up(tmp_path).rows[0].people == 5


def test_a_guest_in_the_file_of_several_codes_is_nobody_else_and_that_is_said(tmp_path: Path) -> None:
    shared = export("", 4, 8, own="khách")
    for number in range(4):
        more = export(code_of(number), 4, 8)
        shared["lines"] += more["lines"]
        shared["state"] += more["state"]
    put(tmp_path, "A/may-chung.json", shared)
    summary = campaign_results.summed_up(tmp_path)
    assert summary.rows == ()
    assert any("máy dùng chung" in one.words for one in summary.bad)


def test_who_comes_after_a_table_was_told_waits_until_five_can_be_told_together(tmp_path: Path) -> None:
    unit_of(tmp_path, "A", range(8), 4, 8)
    first = campaign_results.summed_up(tmp_path).rows
    unit_of(tmp_path, "A", range(8, 12), 10, 10)
    summary = campaign_results.summed_up(tmp_path)
    assert (summary.rows, summary.left_out) == (first, True)
    unit_of(tmp_path, "A", range(12, 13), 10, 10)
    summary = campaign_results.summed_up(tmp_path)
    assert (summary.rows[0].people, summary.left_out) == (13, False)


def test_who_finishes_or_takes_a_file_away_after_a_table_was_told_moves_no_figure_alone(tmp_path: Path) -> None:
    unit_of(tmp_path, "A", range(12), 4, None)
    unit_of(tmp_path, "A", range(2), 4, 8)
    first = campaign_results.summed_up(tmp_path).rows
    unit_of(tmp_path, "A", range(4), 4, 8)
    shutil.rmtree(put(tmp_path, "A/x/y.json", export(code_of(90), 0, 0)).parent)
    (tmp_path / "A" / "hoc-buu-chinh_7.json").unlink()
    earlier = {"state": [[f"finished {code_of(8)} kt1", ended("kt1", 10, code_of(8), "2026-11-01T00:00:00+07:00")]]}
    put(tmp_path, "A/som-hon.json", export(code_of(8)) | earlier)
    assert campaign_results.summed_up(tmp_path).rows == first
    unit_of(tmp_path, "A", range(10), 4, 8)  # ten of twelve: five stay behind, so that those who did not are five
    (row,) = campaign_results.summed_up(tmp_path).rows
    assert (row.people, row.done, row.rest) == (12, 7, "exact")
    unit_of(tmp_path, "A", range(12), 4, 8)
    (row,) = campaign_results.summed_up(tmp_path).rows
    assert (row.people, row.done) == (12, 12)


def test_a_guest_who_was_told_and_gives_a_code_later_is_told_once(tmp_path: Path) -> None:
    for number in range(5):
        put(tmp_path, f"A/{number}.json", export("", 4, None, own=f"khách {number}"))
    assert campaign_results.summed_up(tmp_path).rows[0].people == 5
    for number in range(5):
        data = export(code_of(number), 4, 8, own=f"khách {number}")
        data["lines"].append(line(code_of(number), "l05-q02", "x", "2026-11-09T08:00:00+07:00"))
        put(tmp_path, f"A/{number}.json", data)
    (row,) = campaign_results.summed_up(tmp_path).rows
    assert (row.people, row.done) == (5, 5)


def test_a_unit_whose_first_people_were_told_with_others_gets_a_row_of_the_later_ones(tmp_path: Path) -> None:
    unit_of(tmp_path, "A", range(3), 4, 8)
    unit_of(tmp_path, "B", range(10, 13), 4, 8)
    (pool,) = campaign_results.summed_up(tmp_path).rows
    unit_of(tmp_path, "A", range(3, 8), 10, 10)
    own, same, _ = campaign_results.summed_up(tmp_path).rows
    assert (own.name, own.people, own.before[WHOLE]) == ("A", 5, 100)
    assert same == pool


def test_a_damaged_note_of_what_was_told_stops_the_table_and_is_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unit_of(tmp_path, "A", range(5))
    campaign_results.summed_up(tmp_path)
    note = tmp_path / campaign_disclosure.FILE
    for damaged in ('{"format": 1, "people": [', '{"format": 1, "people": [{"row": 7}]}', "[]"):
        note.write_text(damaged, encoding="utf-8")
        assert cli.run(["campaign", str(tmp_path)]) == 1
        assert note.name in capsys.readouterr().err
        assert note.read_text(encoding="utf-8") == damaged


def weeks_of(seed: int, people: int) -> Iterator[list[tuple[str, int | None]]]:
    """Draw what lies there week by week: of each person the unit and how far he is.

    None is nothing sent, or a file that was taken away; now and then a file is put into another unit.
    """
    luck = random.Random(seed)
    units, levels = luck.choices("AAABC", k=people), [-1] * people
    pace = luck.choice([0.1, 0.3, 0.7])
    for _ in range(luck.randint(2, 6)):
        levels = [min(2, level + (luck.random() < pace) * luck.randint(1, 3)) for level in levels]
        moved = (luck.choice("ABC") if luck.random() < 0.02 else unit for unit in units)
        shown = (None if level < 0 or luck.random() < 0.03 else level for level in levels)
        yield list(zip(moved, shown, strict=True))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_no_sequence_of_tables_can_be_taken_apart_into_fewer_than_five_people(seed: int) -> None:
    """Who cannot be told apart by any table is five people or more, so no arithmetic with tables speaks of fewer."""
    told: list[campaign_disclosure.DisclosedPerson] = []
    history: dict[str, tuple[Any, ...]] = {}
    for week, people in enumerate(weeks_of(seed, 30)):
        here = [
            CurrentPerson(
                unit, frozenset({f"p{number:02d}"}), (f"p{number:02d}",), level, {"m": (week, 10)}, {"m": (week, 10)}
            )
            for number, (unit, level) in enumerate(people)
            if level is not None
        ]
        before = {one.known_by[0]: one for one in told}
        told, _ = campaign_disclosure.advance(told, here)
        now = {one.known_by[0]: one for one in told}
        assert len(now) == len(told)
        assert before.keys() <= now.keys()
        for name, one in now.items():
            old = before.get(name)
            assert old is None or (one.row, one.level >= old.level) == (old.row, True)
            if old and one.level == old.level:
                assert (one.before, one.after) == (old.before, old.after)
            history[name] = (*history.get(name, (None,) * week), (one.row, one.level))
    alike = Counter(history.values())
    assert min(alike.values(), default=LEAST) >= LEAST


@pytest.mark.parametrize("seed", range(6))
def test_printed_tables_differ_by_nobody_or_by_five(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    top = tmp_path_factory.mktemp("ket-qua")
    seen: list[dict[str, campaign_results.UnitRow]] = []
    for people in weeks_of(seed, 24):
        for path in top.glob("*/*.json"):
            path.unlink()
        for number, (unit, level) in enumerate(people):
            if level is not None:
                tests = (
                    (number % 10, None, None) if level == 0 else (number % 10, number % 7, None if level == 1 else 9)
                )
                put(top, f"{unit}/{number}.json", export(code_of(number), *tests[1:], own=str(tests[0])))
        seen.append({row.name: row for row in campaign_results.summed_up(top).rows})
        assert list(seen[-1].values()) == list(campaign_results.summed_up(top).rows)
    for before, after in itertools.combinations(seen, 2):
        for name, old in before.items():
            new = after.get(name)
            if new is None:
                assert name == "Cộng các dòng trên"
                continue
            more = new.people - old.people, (new.done or 0) - (old.done or 0)
            assert all(count == 0 or count >= LEAST for count in more) or new.done is None
    for row in (row for rows in seen for row in rows.values()):
        assert row.done is None or row.people == row.done or row.people - row.done >= LEAST


def test_before_alone_is_told_in_the_first_week(tmp_path: Path) -> None:
    unit_of(tmp_path, "A", range(5), 3, None)
    (row,) = campaign_results.summed_up(tmp_path).rows
    assert row.before[WHOLE] == 30
    assert not row.after


def test_one_person_counts_once_however_often_and_wherever_the_file_lies(tmp_path: Path) -> None:
    unit_of(tmp_path, "A", range(5))
    put(tmp_path, "A/lan-hai.json", export(code_of(0), 10, 10) | {"state": [
        [f"finished {code_of(0)} kt1", ended("kt1", 10, code_of(0), "2026-11-20T09:00:00+07:00")]]})  # fmt: skip
    put(tmp_path, "B/lan-ba.json", export(code_of(1), 4, 8))
    summary = campaign_results.summed_up(tmp_path)
    assert [(row.name, row.people) for row in summary.rows] == [("A", 5)]
    assert summary.rows[0].before[WHOLE] == 40  # the first end of a test counts
    assert any("“A”" in one.words for one in summary.bad)


def test_the_first_end_of_a_test_is_the_earlier_moment_wherever_its_clock_stands(tmp_path: Path) -> None:
    unit_of(tmp_path, "A", range(4), 4, 8)
    for name, right, at in (("som", 4, "2026-11-02T09:30:00+07:00"), ("muon", 10, "2026-11-02T03:00:00+00:00")):
        end = ended("kt1", right, code_of(9), at)
        state = [[f"finished {code_of(9)} kt1", end], [f"finished {code_of(9)} kt2", ended("kt2", 8, code_of(9))]]
        put(tmp_path, f"A/{name}.json", export(code_of(9), state=state))
    assert campaign_results.summed_up(tmp_path).rows[0].before[WHOLE] == 40


def test_a_guest_is_known_by_his_answers_and_a_shared_computer_by_its_codes(tmp_path: Path) -> None:
    early = export("", 4, None, own="khách 1")
    late = export("", 4, 8, own="khách 1")
    late["lines"].append(line("", "l05-q02", "x", "2026-11-09T08:00:00+07:00"))
    coded = export(code_of(1), 4, 8, own="khách 1")  # the same guest, who gave a code later on
    put(tmp_path, "A/1.json", early)
    put(tmp_path, "A/2.json", late)
    other = export("", 4, 8, own="khách 2")
    put(tmp_path, "A/3.json", other)
    assert not campaign_results.summed_up(tmp_path).rows  # two people
    shared = export(code_of(5), 4, 8)
    for number in (6, 7):
        more = export(code_of(number), 4, 8)
        shared["lines"] += more["lines"]
        shared["state"] += more["state"]
    put(tmp_path, "A/may-chung.json", shared)
    (row,) = campaign_results.summed_up(tmp_path).rows
    assert row.people == 5
    (tmp_path / "A/2.json").unlink()
    put(tmp_path, "A/4.json", coded)
    assert campaign_results.summed_up(tmp_path).rows[0].people == 5


def test_hand_ins_count_as_zip_as_text_and_unpacked(course_copy: Path, tmp_path: Path) -> None:
    top = tmp_path / "ket-qua" / "A"
    top.mkdir(parents=True)
    for number in range(5):
        code = code_of(number)
        desk = course.workplace(code, "bt02")
        shutil.copytree(course.root() / "exercises" / "bt02", desk, dirs_exist_ok=True)
        for unit in assessment.TESTS:
            folder = course.workplace(code, unit)
            folder.mkdir(parents=True)
            (folder / assessment.FINISHED).write_text(json.dumps(ended(unit, 6, code)), encoding="utf-8")
        made = pack.build(desk, "bt02", code).path
        if number == 1:
            import base64

            text = (
                "Bài của tôi\n\n"
                + base64_submission.MARK.decode()
                + "\n"
                + base64.b64encode(made.read_bytes()).decode()
            )
            (top / made.with_suffix(".txt").name).write_text(text, encoding="utf-8")
        elif number == 2:
            with zipfile.ZipFile(made) as archive:
                archive.extractall(top / f"bai {number}")
        else:
            shutil.copy(made, top)
    summary = campaign_results.summed_up(top.parent)
    assert not summary.bad
    (row,) = summary.rows
    assert (row.name, row.people, row.done, row.before[WHOLE]) == ("A", 5, 5, 60)


HOSTILE: dict[str, Callable[[Path], object]] = {
    "cut off": lambda path: path.write_text(json.dumps(export("", 4, 8))[:900], encoding="utf-8"),
    "deep": lambda path: path.write_text('{"format":"buuchinh-hoc-1","lines":' + "[" * 200_000, encoding="utf-8"),
    "another shape": lambda path: path.write_text('{"format":"buuchinh-hoc-1","lines":7}', encoding="utf-8"),
    "another course": lambda path: put(path.parent, path.name, export("", 4, 8) | {"course": "Khóa khác"}),
    "no code": lambda path: put(path.parent, path.name, export("../../nguyen van a", 4, 8)),
    "nothing": lambda path: put(path.parent, path.name, export("", lines=[], state=[])),
    "an old test": lambda path: put(path.parent, path.name, export("", lines=[], state=[
        ["finished  kt1", ended("kt1", 4) | {"version": "0.0.1"}]])),
    "no test": lambda path: put(path.parent, path.name, export("", lines=[], state=[
        ["finished  kt1", {"unit": "kt1"}]])),
    "many people": lambda path: put(path.parent, path.name, export("", lines=[
        line(code_of(n), "l05-q01", "x", "2026-11-01T08:00:00+07:00") for n in range(61)])),
    "large": lambda path: path.write_bytes(b'{"format":"buuchinh-hoc-1","lines":[' + b" " * 21_000_000 + b"]}"),
    "words": lambda path: path.write_text("Chào anh chị", encoding="utf-8"),
    "a zip of nothing": lambda path: zipfile.ZipFile(path.with_suffix(".zip"), "w").close(),
    "a damaged zip": lambda path: path.with_suffix(".zip").write_bytes(b"PK\x03\x04" + b"\0" * 300),
    "a picture": lambda path: path.with_suffix(".jpg").write_bytes(b"\xff\xd8\xff"),
    "a link": lambda path: path.symlink_to("/etc/hostname"),
    "a pipe": os.mkfifo,
    "strange digits": lambda path: path.write_text(
        '{"format":"buuchinh-hoc-1","x":' + "9" * 9_000 + "}", encoding="utf-8"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_bad_file_is_named_in_one_line_and_stops_nothing(tmp_path: Path, kind: str) -> None:
    unit_of(tmp_path, "A", range(5))
    before = campaign_results.summed_up(tmp_path)
    assert not before.bad
    HOSTILE[kind](tmp_path / "A" / "xau.json")
    summary = campaign_results.summed_up(tmp_path)
    assert [one.path.rpartition("/")[2].partition(".")[0] for one in summary.bad if "xau" in one.path] == ["xau"], kind
    assert all("\n" not in one.words for one in summary.bad)
    assert [row.people for row in summary.rows] == [5]
    assert summary.rows[0].before == before.rows[0].before


def test_answers_of_any_shape_score_nothing_and_stop_nothing(tmp_path: Path) -> None:
    unit_of(tmp_path, "A", range(5))
    strange = [None, 7, [], {}, "x" * 9_000, [[[[1]]]], {"a": {"b": 1e300}}, True]
    for number, answer in enumerate(strange, 10):
        end = ended("kt1", 0, code_of(number))
        end["answers"] = {f"kt1-q{n:02d}": answer for n in range(1, 11)}
        data = export(code_of(number), state=[[f"finished {code_of(number)} kt1", end], [7], "x", None])
        put(tmp_path, f"A/{number}.json", data)
    summary = campaign_results.summed_up(tmp_path)
    assert not summary.bad
    assert summary.rows[0].people == 5 + len(strange)


def test_the_command_prints_and_writes_the_table_and_no_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    top = tmp_path / "ket qua"
    unit_of(top, "=A\x1b[31m", range(5))
    unit_of(top, "B", range(10, 14))
    put(top, "B/hong.json", '{"format":"buuchinh-hoc-1"')
    assert cli.run(["campaign", str(top), "--csv", str(tmp_path / "tong.csv")]) == 0
    said = capsys.readouterr()
    written = (tmp_path / "tong.csv").read_text(encoding="utf-8-sig")
    assert "B/hong.json" in said.err
    assert "\x1b" not in said.out + written
    assert "'=A" in written
    for text in (said.out, written):
        assert not re.search(r"GL-?\d", text)
        assert "cả bài" in text
        assert not re.search(r"^B( \||;|,)", text, re.MULTILINE)
    assert "dưới 5 người" in said.out


@pytest.mark.journey
def test_the_commands_of_the_organisers_page_run_from_top_to_bottom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_course(tmp_path / "khoa")
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.chdir(root)
    guide = (root / "docs" / "campaign.md").read_text(encoding="utf-8")
    (url,) = re.findall(r"```toml\n\[site\]\n(.*?)\n```", guide)
    settings = root / "course.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('url = ""', url), encoding="utf-8")
    unit_of(root / "ket-qua", "Bưu cục Pleiku", range(6))
    blocks = re.findall(r"```sh\n(.*?)```", guide, re.DOTALL)
    commands = [shlex.split(line)[1:] for block in blocks for line in block.splitlines()]
    assert [command[0] for command in commands] == ["check", "derive", "site", "campaign", "campaign"]
    for command in commands:
        assert cli.run(command) == 0, capsys.readouterr().err
        said = capsys.readouterr().out
        assert "[site] url" not in said
    assert "<svg" in (root / "campaign/to-in/ap-phich.html").read_text(encoding="utf-8")
    assert (root / "hoc-cong-khai/bai/do-nhanh.js").is_file()
    assert "Bưu cục Pleiku" in (root / "theo-don-vi.csv").read_text(encoding="utf-8-sig")


def test_what_the_organisers_page_links_to_is_there() -> None:
    page = ROOT / "docs" / "campaign.md"
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    assert len(links) >= 10
    assert [link for link in links if not (page.parent / link).is_file()] == []


def test_a_folder_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KitError):
        campaign_results.summed_up(tmp_path / "x")
    assert cli.run(["campaign", str(tmp_path / "x")]) == 1
    assert "thư mục con" in capsys.readouterr().err
