"""Each file is parsed once in a process; a file that changed is seen, and what is shared cannot be spoilt."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from collections import Counter
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from kit.authoring import edit, make_course
from kit.unread import unread
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from buuchinh import datasets, disk_cache, files, law, parsed, statistics, yaml_lines
from buuchinh.authoring import check as checking
from buuchinh.course import Leader, Settings, settings
from buuchinh.course.settings import Web
from buuchinh.datasets import descriptor
from buuchinh.errors import KitError
from buuchinh.questions import question_bank

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_course(tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    parsed.clear()
    return root


def bank_of(course: Path) -> Path:
    return course / "datasets" / "questions" / "l90.yml"


def test_check_parses_each_file_once(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts, tables, descriptors = Counter[str](), Counter[str](), Counter[str]()
    parse, reader, read_json = yaml_lines.parse, csv.reader, files.read_json

    def counted_parse(text):
        texts[hashlib.sha256(text.encode()).hexdigest()] += 1
        return parse(text)

    def counted_reader(lines, **options):
        tables[lines.getvalue()] += 1
        return reader(lines, **options)

    def counted_read(path):
        descriptors[str(path)] += 1
        return read_json(path)

    monkeypatch.setattr(yaml_lines, "parse", counted_parse)
    monkeypatch.setattr(csv, "reader", counted_reader)
    monkeypatch.setattr(descriptor, "read_json", counted_read)
    checking.check()
    assert texts
    assert len(tables) >= 10
    assert set(texts.values()) == set(tables.values()) == set(descriptors.values()) == {1}
    assert len(descriptors) == 1


def test_a_second_check_in_a_new_process_parses_no_yaml_but_what_changed(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = checking.check()
    parsed.clear()
    parsed_texts: list[str] = []
    parse = yaml_lines.parse

    def counted_parse(text: str) -> object:
        parsed_texts.append(text)
        return parse(text)

    monkeypatch.setattr(yaml_lines, "parse", counted_parse)
    assert checking.check() == first
    assert parsed_texts == []
    edit(bank_of(course), "objective: m2-2", "objective: m2-222")
    checking.check()
    assert parsed_texts == [bank_of(course).read_text(encoding="utf-8")]


def test_a_file_that_changes_within_a_process_is_seen(course: Path) -> None:
    path = bank_of(course)
    before = question_bank.load(path)
    assert question_bank.load(path) is before
    edit(path, "version: 1.0.0", "version: 1.0.1")
    assert question_bank.load(path).version == "1.0.1"

    facts = course / "datasets" / "statistics" / "facts.csv"
    figure = statistics.figures()[0]
    facts.write_text(facts.read_text(encoding="utf-8").replace(figure.title, "Tên mới"), encoding="utf-8")
    assert statistics.figure(figure.id).title == "Tên mới"

    provisions = course / "datasets" / "law" / "provisions.csv"
    heading = next(iter(law.all_provisions().values()))[0].heading
    provisions.write_text(provisions.read_text(encoding="utf-8").replace(heading, "Điều mới"), encoding="utf-8")
    assert next(iter(law.all_provisions().values()))[0].heading == "Điều mới"


def test_a_file_of_the_same_size_and_time_that_was_renamed_into_place_is_seen(tmp_path: Path) -> None:
    path, other = tmp_path / "a.yml", tmp_path / "b.yml"
    path.write_text("a: 1\n", encoding="utf-8")
    other.write_text("a: 2\n", encoding="utf-8")
    moment = path.stat().st_mtime_ns
    os.utime(other, ns=(moment, moment))
    assert question_bank.written(path) == {"a": 1}
    other.replace(path)
    assert question_bank.written(path) == {"a": 2}


def test_what_is_shared_cannot_be_changed(course: Path) -> None:
    tree = question_bank.written(bank_of(course))
    with pytest.raises(TypeError):
        tree["unit"] = "l91"
    with pytest.raises(TypeError):
        tree["questions"].append({})
    row = datasets.read("law/documents").rows[0]
    with pytest.raises(TypeError):
        row.values["id"] = "X"
    with pytest.raises(TypeError):
        datasets.resources().pop("law/documents")
    assert question_bank.written(bank_of(course))["unit"] == "l90"


def test_within_still_a_run_sees_one_state(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("a: 1\n", encoding="utf-8")
    with parsed.snapshot_mode():
        assert question_bank.written(path) == {"a": 1}
        path.write_text("a: 22\n", encoding="utf-8")
        assert question_bank.written(path) == {"a": 1}
    assert question_bank.written(path) == {"a": 22}


@pytest.mark.parametrize("spoil", ["delete", "garble", "other_shape", "file_instead"])
def test_the_cache_on_disk_may_be_lost_or_damaged(course: Path, spoil: str) -> None:
    first = checking.check()
    folder = course / disk_cache.FOLDER
    entries = sorted(folder.glob("*.json"))
    assert entries
    for entry in entries:
        if spoil == "garble":
            entry.write_bytes(b"\xff{")
        elif spoil == "other_shape":
            kept = json.loads(entry.read_bytes())
            entry.write_text(json.dumps(kept | {"version": 0}), encoding="utf-8")
        else:
            entry.unlink()
    if spoil == "file_instead":
        (folder / ".gitignore").unlink()
        folder.rmdir()
        folder.write_text("", encoding="utf-8")
    parsed.clear()
    assert checking.check() == first


def test_the_cache_on_disk_is_ignored_by_git_and_holds_json_alone(course: Path) -> None:
    checking.check()
    folder = course / disk_cache.FOLDER
    assert (folder / ".gitignore").read_text(encoding="utf-8") == "*\n"
    assert {path.suffix for path in folder.iterdir() if path.name != ".gitignore"} == {".json"}


def test_of_a_cache_that_is_too_large_the_oldest_entries_go(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for age, name in enumerate(("newer", "oldest")):
        disk_cache.write_named(name, "k", "x" * 500)
        os.utime(course / disk_cache.FOLDER / f"{name}.json", (1_000_000 - age, 1_000_000 - age))
    monkeypatch.setattr(disk_cache, "FOLDER_AT_MOST", 900)
    disk_cache.write_named("newest", "k", 1)
    assert [disk_cache.read_named(name, "k") for name in ("oldest", "newer", "newest")] == [None, "x" * 500, 1]
    assert disk_cache.read_named("newest", "another key") is None
    unfinished = course / disk_cache.FOLDER / ".newest.json.ab1cd2_e"  # of a killed process
    unfinished.write_text("x" * 500, encoding="utf-8")
    os.utime(unfinished, (1_000_000, 1_000_000))
    disk_cache.write_named("last", "k", 1)
    assert (unfinished.exists(), disk_cache.read_named("newest", "k")) == (False, 1)


CHANGED = {
    "title": "Khác",
    "version": "9.9.9",
    "reviewed_on": date(2026, 1, 2),
    "report_date": date(2026, 1, 2),
    "pass_mark": 0.55,
    "complete": True,
    "lesson_order": ("05",),
    "paths": {"staff": ("l90",)},
    "deadlines": {"bt90": date(2026, 1, 2)},
    "deadline_by": "collected",
    "site": Web(url="https://hoc.vn/"),
    "leader": Leader(name="Chị An"),
}
"""Another value of each setting."""


def test_a_changed_setting_makes_results_anew_unless_none_may_read_it(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = settings()
    assert set(CHANGED) == set(Settings.model_fields)
    for name, value in CHANGED.items():
        assert getattr(now, name) != value, name
        disk_cache.values("tried", (), lambda: "before")
        with monkeypatch.context() as patch:
            patch.setattr("buuchinh.course.settings", partial(now.model_copy, update={name: value}))
            made = disk_cache.values("tried", (), lambda: "anew")
        assert (made == "before") == (name in disk_cache.UNREAD), name
        (course / disk_cache.FOLDER / "tried.json").unlink()


def test_no_cached_result_reads_a_setting_that_its_key_leaves_out(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk_cache, "values", unread(disk_cache.values, monkeypatch))
    shutil.rmtree(course / disk_cache.FOLDER, ignore_errors=True)
    checking.check()


def test_json_beside_a_file_stands_for_it_as_long_as_it_was_made_of_the_same_text(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = bank_of(course)
    file, tree = question_bank.load(path), question_bank.written(path)
    question_bank.json_path(path).write_bytes(question_bank.as_json(path))
    for entry in (course / disk_cache.FOLDER).glob("*.json"):
        entry.unlink()
    parsed.clear()
    with monkeypatch.context() as patch:
        patch.setattr(yaml_lines, "parse", lambda _: pytest.fail("YAML was parsed"))
        assert question_bank.load(path) == file
        again = question_bank.written(path)
    assert again == tree
    steps = ("questions", 1, "objective")
    assert yaml_lines.line_of(again, steps) == yaml_lines.line_of(tree, steps) > 0
    edit(path, "version: 1.0.0", "version: 1.0.1")
    assert question_bank.load(path).version == "1.0.1"
    question_bank.json_path(path).write_bytes(b"{")
    assert question_bank.load(path).version == "1.0.1"


# fmt: off
SCALARS = [
    "y", "n", "yes", "no", "Yes", "on", "off", "true", "True", "TRUE", "false", "null", "Null", "~", "0", "7",
    "007", "08", "0o17", "0x1F", "0b11", "1_000", "+1", "-1", "-0", "1.5", "-1.50", ".5", "5.", "1e3",
    "1.0e+3", "1.5e3", ".inf", "-.inf", ".nan", "12:30", "190:20:30", "2026-01-02", "2026-1-2", "2026-13-02",
    "2026-01-02T03:04:05Z", "<<", "=", "1.0.0", "10%", "1,5", "LBC-2010/14.1", "v1", "-", "--", "...", "a:b",
    "x#y", "0.1.2", "1-2", "__", "1__", "e3", "1e", "0x", "0o8", "0b2", "+",
]
# fmt: on


@pytest.mark.parametrize("scalar", SCALARS)
def test_a_scalar_means_what_yaml_1_2_says(scalar: str) -> None:
    def by_ruamel(text: str) -> object:
        try:
            return YAML(typ="rt").load(text)
        except Exception:
            return "no YAML"

    def by_us(text: str) -> object:
        try:
            return yaml_lines.parse(text)
        except (yaml_lines.NotYaml, ValueError):
            return "no YAML"

    for text in (f"k: {scalar}\n", f"- {scalar}\n", f"{{k: {scalar}}}\n", f"{scalar}: 1\n", f"k: '{scalar}'\n"):
        ours, theirs = by_us(text), by_ruamel(text)
        assert repr(ours) == repr(theirs), text
        assert str(type(ours)) == str(type(theirs)) or isinstance(ours, dict | list)


@pytest.mark.parametrize("name", ["datasets/questions/l02.yml", "source/bt06/questions.yml", "exam/pool/x02.yml"])
def test_a_file_of_the_course_means_what_ruamel_says_line_by_line(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8-sig")
    compare(yaml_lines.parse(text), YAML(typ="rt").load(text))


def compare(ours: object, theirs: Any) -> None:
    if isinstance(ours, yaml_lines.YamlMapping):
        assert list(ours) == list(theirs)
        for key, value in ours.items():
            assert ours.lines[key] == theirs.lc.data[key][0]
            compare(value, theirs[key])
    elif isinstance(ours, yaml_lines.YamlSequence):
        assert len(ours) == len(theirs)
        for number, value in enumerate(ours):
            assert ours.lines[number] == theirs.lc.data[number][0]
            compare(value, theirs[number])
    else:
        assert (ours, str(ours)) == (theirs, str(theirs))
        assert isinstance(theirs, type(ours))


@pytest.mark.parametrize(
    "text", ["a: [1\n", "a: 1\n a: 2\n", "a: 1\na: 2\n", "a: b: c\n", "- a\nb: c\n", "a: *x\n", "\tx: 1"]
)
def test_broken_yaml_is_told_in_ruamel_s_words_with_its_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "l99.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MarkedYAMLError) as theirs:
        YAML(typ="rt").load(text)
    with pytest.raises(KitError) as ours:
        question_bank.load(path)
    (problem,) = ours.value.problems
    assert theirs.value.problem_mark
    assert theirs.value.problem
    assert problem.line == theirs.value.problem_mark.line + 1
    assert theirs.value.problem.splitlines()[0] in problem.message


def test_anchors_merge_keys_and_days_are_read_as_before() -> None:
    text = "a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: 2026-07-01\n"
    tree = yaml_lines.parse(text)
    assert tree["c"] == {"b": 1}
    assert dict(tree["d"]) == {"b": 1, "e": tree["d"]["e"]}
    assert tree["d"]["e"].isoformat() == "2026-07-01"
    assert yaml_lines.line_of(tree, ("d", "e")) == 5
