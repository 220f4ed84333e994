"""The Data Package: what is shipped is sound, and every fault that is planted in a copy is named."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buuchinh import datasets
from buuchinh.datasets import Table
from buuchinh.datasets.dataset_checks import check
from buuchinh.datasets.descriptor import Resource
from buuchinh.datasets.table import scan
from buuchinh.errors import KitError

SHIPPED = Path(__file__).resolve().parents[1] / "datasets"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "datasets"))


def edit(path: Path, old: str, new: str) -> int:
    """Replace the first ``old`` in a file and return its line."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    return text[: text.index(old)].count("\n") + 1


def test_what_is_shipped_has_no_fault() -> None:
    assert [str(problem) for problem in datasets.check()] == []


def test_what_is_shipped_is_written_as_the_schema_says() -> None:
    for resource in datasets.resources().values():
        data = resource.path.read_bytes()
        assert not data.startswith(b"\xef\xbb\xbf"), resource.name
        assert b"\r" not in data, resource.name
        assert data.endswith(b"\n"), resource.name
        with resource.path.open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == [field.name for field in resource.fields], resource.name


def test_the_descriptor_is_a_data_package_of_version_2() -> None:
    descriptor = json.loads((SHIPPED / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    for resource in descriptor["resources"]:
        assert resource["type"] == "table"
        for field in resource["schema"]["fields"]:
            assert field["title"], (resource["name"], field["name"])
            enum = field.get("constraints", {}).get("enum")
            if enum:
                assert [category["value"] for category in field["categories"]] == enum


def test_nothing_shipped_names_a_place_outside_the_course() -> None:
    for path in SHIPPED.rglob("*.csv"):
        text = path.read_text(encoding="utf-8")
        place = re.search(r"(?<!\.)\.\./|(?<![\w./:-])/[a-z]+/|(?<!data/)\bseed/", text)
        assert place is None, (path, place)


def test_columns_arrive_by_type_and_know_where_they_come_from() -> None:
    frame = datasets.load("law/provisions")
    assert frame["summary"].dtype == "string"
    assert frame["amount_min"].dtype == "Int64"
    first = frame[frame["id"] == "BLHS-2015/249.1"].iloc[0]
    assert (first["from"], first["to"]) == (date(2018, 1, 1), date(2025, 7, 1))
    assert frame["quote"].isna().any()
    assert "" not in set(frame["quote"].dropna())
    assert all(isinstance(see, tuple) for see in frame["see"])
    provenance = frame.attrs["provenance"]
    assert provenance["name"] == "law/provisions"
    assert provenance["path"] == "datasets/law/provisions.csv"
    assert provenance["kind"] == "reported"
    assert provenance["sources"] == []


def test_coded_values_have_words() -> None:
    assert datasets.resources()["law/documents"].label("status", "unknown") == "chưa xác minh"


def test_an_unknown_table_is_answered_with_the_nearest_names() -> None:
    with pytest.raises(KitError, match=r"law/provisions") as caught:
        datasets.load("law/provision")
    assert "law/provisions" in caught.value.problems[0].way_out


PLANTED = [
    ("law/provisions.csv", "LBC-2010,3,2,,2011-01-01,", "LBC-2010,3,2,,1-1-2011,", 0, "ngày dạng"),
    ("law/provisions.csv", "LBC-2010/29.3,1,LBC-2010,", "LBC-2010/29.3,1,LBC-2011,", 0, "law/documents.csv"),
    ("law/provisions.csv", "LBC-2010/29.5,1,", "LBC-2010/29.3,1,", 0, "đã có ở dòng"),
    ("law/provisions.csv", "249,1,,2018-01-01,2025-07-01", "249,1,,2018-01-01,2026-01-01", 1, "chồng lên"),
    ("law/provisions.csv", "9,1,,2020-04-15,2026-07-01", "9,1,,2026-07-01,2020-04-15", 0, "không đứng trước"),
    ("law/documents.csv", ",partly_lapsed,", ",gone,", 0, "không nằm trong"),
    ("law/documents.csv", ",L42-2024,", ",L43-2024,", 0, "không có trong"),
    ("organisation/bodies.csv", ",Bộ TT&TT,", ", Bộ TT&TT,", 0, "dấu cách"),
    ("organisation/provinces.csv", "Tỉnh Gia Lai", "Ti\u0309nh Gia Lai", 0, "NFC"),
    ("organisation/provinces.csv", "01-truoc-2025,01,", "01-truoc-2025,1,", 0, "không đúng dạng"),
    ("glossary.csv", ",thư,", ",,", 0, "để trống"),
    ("glossary.csv", "bưu gửi,,", "bưu gửi,", 0, "cột"),
]
"""File, what stands there, what is planted, how many lines further the fault shows, a word of its message."""


def test_every_fault_is_named_with_file_and_line_in_one_run(copy: Path) -> None:
    planted = [
        (f"datasets/{path}", edit(copy / path, old, new) + further, words) for path, old, new, further, words in PLANTED
    ]
    found = check(copy)
    for path, line, words in planted:
        there = [problem.message for problem in found if (problem.path, problem.line) == (path, line)]
        assert any(words in message for message in there), (path, line, words, there)
    assert {(problem.path, problem.line) for problem in found} == {(path, line) for path, line, _ in planted}


def test_a_missing_table_and_a_broken_quote_do_not_hide_the_rest(copy: Path) -> None:
    (copy / "glossary.csv").unlink()
    (copy / "organisation" / "provinces.csv").write_text('id,code\n"open', encoding="utf-8")
    line = edit(copy / "law" / "documents.csv", ",partly_lapsed,", ",gone,")
    paths = {(problem.path, problem.line) for problem in check(copy)}
    assert {("datasets/glossary.csv", 0), ("datasets/law/documents.csv", line)} <= paths
    assert any(path == "datasets/organisation/provinces.csv" for path, _ in paths)


def test_text_that_is_not_utf8_is_named_with_its_line(copy: Path) -> None:
    path = copy / "glossary.csv"
    data = path.read_bytes()
    path.write_bytes(data.replace("bưu gửi".encode(), b"b\xb0u", 1))
    (problem,) = [problem for problem in check(copy) if problem.path.endswith("glossary.csv")]
    assert problem.line == 2
    assert "Excel" in problem.way_out


def test_a_file_saved_by_excel_is_read_and_noted(copy: Path) -> None:
    path = copy / "organisation" / "provinces.csv"
    before = datasets.load("organisation/provinces", copy)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows = [[cell.replace("2025-07-01", "01/07/2025") for cell in row] for row in rows]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\r\n").writerows(rows)
    after = datasets.load("organisation/provinces", copy)
    columns = ["id", "code", "from", "to", "successor"]
    pd.testing.assert_frame_equal(before[columns], after[columns])
    (problem,) = check(copy)
    assert problem.level == "warning"


def test_lines_are_right_after_a_cell_of_several_lines(tmp_path: Path) -> None:
    table = scanned(tmp_path, 'id,n\n"a\nb\nc",1\n\nd,x\n')
    assert [row.line for row in table.rows] == [2, 6]
    assert [problem.line for problem in table.problems] == [6]


def test_decimal_commas_are_taken_where_excel_writes_semicolons_only(tmp_path: Path) -> None:
    assert scanned(tmp_path, "id;n\na;12,5\n").rows[0]["n"] == 12.5
    assert scanned(tmp_path, 'id,n\na,"12,5"\n').problems


def scanned(folder: Path, text: str) -> Table:
    """Write ``text`` as a table of a text and a number and read it."""
    fields = (datasets.Field("id", "string", "Mã"), datasets.Field("n", "number", "Số"))
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return scan(Resource("t", "T", path, "datasets/t.csv", "reported", "", (), fields))


@given(st.binary(max_size=400))
def test_no_file_whatever_makes_reading_break_down(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(b"id,n\n" + data)
    fields = (datasets.Field("id", "string", "Mã"), datasets.Field("n", "number", "Số"))
    scan(Resource("t", "T", path, "datasets/t.csv", "reported", "", (), fields))


def test_a_faulty_descriptor_is_one_message_for_each_fault(copy: Path) -> None:
    path = copy / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["resources"][0]["path"] = "../outside.csv"
    descriptor["resources"][1]["schema"]["fields"][0]["type"] = "colour"
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    problems = check(copy)
    assert len(problems) == 2
    assert {problem.path for problem in problems} == {"datasets/datapackage.json"}


def test_the_nearest_package_is_taken_and_otherwise_the_kits_own(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BUUCHINH_COURSE", raising=False)
    inner = copy.parent / "bai-lam" / "GL-0123-K"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert datasets.folder() == copy
    monkeypatch.chdir("/")
    assert datasets.folder() == SHIPPED
    monkeypatch.setenv("BUUCHINH_COURSE", str(tmp_path))
    assert datasets.folder() == copy


def test_tables_are_read_under_the_plainest_locale() -> None:
    code = "from buuchinh import datasets; print(ascii(datasets.load('glossary')['term'][0]))"
    env = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=SHIPPED.parent, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ascii("bưu gửi")


def test_provinces_before_and_after_the_first_of_july_2025() -> None:
    frame = datasets.load("organisation/provinces")
    day = date(2025, 7, 1)
    before = frame[frame["to"].map(lambda end: end == day)]
    after = frame[frame["from"].map(lambda start: start == day)]
    assert (len(before), len(after)) == (63, 34)
    gia_lai = frame.set_index("id").loc["64-truoc-2025"]
    assert gia_lai["successor"] == "52-2025"
    assert set(before["successor"]) == set(after["id"])


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("schema", "primaryKey"), "không có"),
        (("schema", "primaryKey"), [["id"]]),
        (("schema", "fields", 0, "constraints"), {"minimum": "một"}),
        (("schema", "fields", 0, "constraints"), {"enum": [1]}),
        (("schema", "fields", 0, "delimiter"), ""),
        (("schema", "fields", 0, "x_references"), {"resource": "law/documents", "field": "không có"}),
        (("schema", "fields", 0, "x_references"), {"resource": [], "field": "id"}),
        (("x_periods",), {"id": "id", "from": "không có", "to": "id"}),
        (("name",), ["law"]),
    ],
)
def test_an_entry_of_the_descriptor_that_fits_no_table_is_a_fault_that_names_the_file(copy, place, value) -> None:
    path = copy / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    node = descriptor["resources"][0]
    for step in place[:-1]:
        node = node[step]
    node[place[-1]] = value
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    assert {problem.path for problem in check(copy)} == {"datasets/datapackage.json"}


def test_each_table_has_the_same_grades_of_confidence_from_certain_to_uncertain() -> None:
    fields = [one for table in datasets.resources().values() for one in table.fields if one.name == "confidence"]
    assert len(fields) > 10
    grades = fields[0].labels or {}
    assert list(grades) == sorted(grades) == ["A", "B", "C"]
    assert [one.labels for one in fields] == [grades] * len(fields)
