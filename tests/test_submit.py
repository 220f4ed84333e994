"""Values from code: what can be handed in, what is said of them, and what is never known here."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from buuchinh.errors import KitError
from buuchinh.notebook.submit import as_json, submit
from buuchinh.questions.answers import Record

SHEET = {
    "unit": "bt95",
    "version": "1.0.0",
    "title": "Thử",
    "questions": [
        {
            "id": "bt95-q1", "type": "code", "stem": "Đếm.",
            "values": [
                {"id": "vu", "label": "Số vụ", "kind": "integer", "minimum": 0, "maximum": 100},
                {"id": "nguon", "label": "Có nguồn", "kind": "integer", "yes_no": True},
                {"id": "bang", "label": "Bảng", "kind": "table", "columns": ["thang", "vu"]},
            ],
        }
    ],
}  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "course.toml").write_text("", encoding="utf-8")
    folder = tmp_path / "bai-lam" / "GL-0123-Q" / "bt95"
    folder.mkdir(parents=True)
    (folder / "questions.json").write_text(json.dumps(SHEET), encoding="utf-8")
    monkeypatch.setenv("BUUCHINH_COURSE", str(tmp_path))
    monkeypatch.chdir(folder)
    return folder


def kept(folder: Path) -> dict[str, object]:
    return {name: entry["answer"] for name, entry in Record(folder, "bt95", "1.0.0", None).answers().items()}


def test_values_are_kept_and_their_form_is_said(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    submit("bt95-q1", vu=np.int64(9))
    submit("bt95-q1", bang=pd.DataFrame({"thang": ["01", "02"], "vu": [4.0, np.nan]}))
    assert kept(desk) == {
        "bt95-q1": {"vu": 9, "bang": {"columns": ["thang", "vu"], "rows": [["01", 4.0], ["02", None]]}}
    }
    said = capsys.readouterr().out
    assert "9 (đọc được)" in said
    assert said.count("phản hồi") == 2, "what is not told yet is said once for each question, not on each line"
    assert "bảng 2 dòng" in said


def test_a_value_that_is_there_or_not_is_said_in_words(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    submit("bt95-q1", nguon=0)
    assert "Có nguồn: chưa\n" in capsys.readouterr().out
    submit("bt95-q1", nguon=1)
    assert "Có nguồn: có\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("value", "word"), [(900, "ngoài khoảng hợp lý"), (2.5, "một số nguyên"), ("chín", "một số nguyên")]
)
def test_what_does_not_fit_is_said_and_still_kept(
    desk: Path, capsys: pytest.CaptureFixture[str], value: object, word: str
) -> None:
    submit("bt95-q1", vu=value)
    assert word in capsys.readouterr().out
    assert kept(desk)["bt95-q1"] == {"vu": value}


@pytest.mark.parametrize(
    "named", [{"so": 1}, {}, {"vu": float("nan")}, {"vu": float("inf")}, {"vu": object()}, {"vu": None}]
)
def test_what_cannot_be_handed_in_leaves_the_earlier_value(desk: Path, named: dict[str, object]) -> None:
    submit("bt95-q1", vu=9)
    with pytest.raises(KitError):
        submit("bt95-q1", **named)
    assert kept(desk)["bt95-q1"] == {"vu": 9}


def test_a_run_again_writes_where_it_is_told_and_nowhere_else(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    results = desk / "results.jsonl"
    monkeypatch.setenv("BUUCHINH_RESULTS", str(results))
    submit("bt95-q1", vu=9)
    assert json.loads(results.read_text(encoding="utf-8")) == {"id": "bt95-q1", "answer": {"vu": 9}}
    assert kept(desk) == {}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.float64(1.5), 1.5), (np.bool_(True), True), (pd.Timestamp("2023-08-16"), "2023-08-16"),
        (date(2023, 8, 16), "2023-08-16"), (pd.Series([1, None]), [1.0, None]), (np.array([1, 2]), [1, 2]),
        ((1, "a"), [1, "a"]), (pd.Period("2023-08"), "2023-08"),
        (
            pd.DataFrame({"vu": [1]}, index=pd.Index(["01"], name="thang")),
            {"columns": ["thang", "vu"], "rows": [["01", 1]]},
        ),
    ],
)  # fmt: skip
def test_what_pandas_gives_becomes_json(value: object, expected: object) -> None:
    found = as_json(value)
    assert found == expected
    json.dumps(found, allow_nan=False)
