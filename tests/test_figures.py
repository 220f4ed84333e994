"""A chart is read into values: twenty right ones and twenty that lack one thing are told apart by the key of bt06."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

import matplotlib as mpl
import pytest

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.notebook import chart_values
from buuchinh.questions import question_bank
from buuchinh.questions.scoring import score

mpl.use("agg")
from matplotlib import pyplot as plt

QUESTION: Any = next(
    one
    for one in question_bank.load(course.root() / "source" / "bt06" / "questions.yml").questions
    if one.id == "bt06-q37"
)
TABLE = QUESTION.keys[0].correct["bang_quy"]
QUARTERS, COUNTS = [row[0] for row in TABLE["rows"]], [row[1] for row in TABLE["rows"]]
MONTHS = [f"{year}-{month:02}" for year in (2024, 2025, 2026) for month in range(1, 13)][:30]
TITLE = "MÔ PHỎNG: vụ ghi nhận theo quý, quý 1-2024 đến quý 2-2026"
SOURCE = "Nguồn: bảng mô phỏng của khóa học"

Drawn = tuple[Any, Any]


def chart(title: str = TITLE, label: str = "vụ ghi nhận", source: str = SOURCE, foot: float = 0) -> Drawn:
    fig, ax = plt.subplots(figsize=(8, 3.5))
    ax.bar(QUARTERS, COUNTS)
    ax.set_ylim(bottom=foot)
    ax.set_ylabel(label)
    ax.set_title(title)
    fig.text(0.01, -0.05, source)
    return fig, ax


def change(drawn: Drawn, by: Callable[[Any, Any], Any]) -> Drawn:
    by(*drawn)
    return drawn


def bars(names: list[Any], counts: list[int], **more: Any) -> Drawn:
    fig, ax = plt.subplots()
    ax.bar(names, counts, **more)
    ax.set(ylabel="vụ", title=TITLE)
    ax.set_ylim(bottom=0)
    fig.text(0, 0, SOURCE)
    return fig, ax


def as_line() -> Drawn:
    fig, ax = plt.subplots()
    ax.plot(QUARTERS, COUNTS)
    ax.set(ylabel="vụ", title=TITLE, ylim=(0, 200))
    fig.text(0, 0, SOURCE)
    return fig, ax


def by_pandas() -> Drawn:
    import pandas as pd

    ax = pd.Series(COUNTS, index=QUARTERS).plot.bar(title=TITLE, ylabel="Số vụ")
    ax.text(0, -40, SOURCE)
    return ax.figure, ax


def lying() -> Drawn:
    fig, ax = plt.subplots()
    ax.barh(QUARTERS, COUNTS)
    ax.set(xlabel="vụ", title=TITLE)
    fig.text(0, 0, SOURCE)
    return fig, ax


def numbered() -> Drawn:
    fig, ax = bars(list(range(10)), COUNTS)
    ax.set_xticks(range(10), QUARTERS)
    return fig, ax


RIGHT: list[Callable[[], Drawn]] = [
    chart,
    by_pandas,
    lying,
    numbered,
    lambda: bars(QUARTERS, COUNTS, color="grey", edgecolor="black", hatch="//"),
    lambda: bars([name.replace("Q", " quý ") for name in QUARTERS], COUNTS),
    lambda: bars(list(range(10)), COUNTS),
    lambda: chart(title="Mô phỏng. Số vụ theo quý (2024–2026)"),
    lambda: chart(title="số vụ mỗi quý, 2024 đến 2026, mô phỏng"),
    lambda: chart(title=unicodedata.normalize("NFD", TITLE)),
    lambda: chart(title=TITLE.replace(", ", ",\n")),
    lambda: chart(title=TITLE.upper()),
    lambda: chart(label="Số vụ"),
    lambda: chart(label=unicodedata.normalize("NFD", "VỤ")),
    lambda: chart(source="NGUỒN: Bảng mô phỏng"),
    lambda: chart(source=unicodedata.normalize("NFD", "Nguồn – khóa học")),
    lambda: chart(source="Nguồn số liệu: khóa học, lấy ngày 1-12-2026"),
    lambda: change(chart(source=""), lambda _, ax: ax.set_xlabel("quý. Nguồn: bảng mô phỏng")),
    lambda: change(chart(title=""), lambda fig, _: fig.suptitle(TITLE)),
    lambda: change(chart(title=""), lambda _, ax: ax.set_title(TITLE, loc="left")),
]
WRONG: list[tuple[str, Callable[[], Drawn]]] = [
    ("noi_mo_phong", lambda: chart(title="Vụ ghi nhận theo quý, quý 1-2024 đến quý 2-2026")),
    ("noi_mo_phong", lambda: chart(title="Mô hình: vụ theo quý, 2024 đến 2026")),
    ("noi_mo_phong", lambda: chart(title="Vụ theo quý, 2024 đến 2026", label="vụ (mô phỏng)")),
    ("noi_ky", lambda: chart(title="MÔ PHỎNG: vụ ghi nhận theo quý")),
    ("noi_ky", lambda: chart(title="MÔ PHỎNG: vụ ghi nhận theo quý, năm 2024")),
    ("noi_ky", lambda: chart(title="MÔ PHỎNG: vụ ghi nhận, 2024 đến 2025")),
    ("noi_ky", lambda: chart(title="MÔ PHỎNG: vụ ghi nhận, quý 1-24 đến quý 2-26")),
    ("noi_don_vi", lambda: chart(label="")),
    ("noi_don_vi", lambda: chart(label="số lượng")),
    ("noi_don_vi", lambda: chart(label="vụn")),
    ("noi_don_vi", lambda: change(chart(label=""), lambda _, ax: ax.set_xlabel("vụ"))),
    ("noi_nguon", lambda: chart(source="")),
    ("noi_nguon", lambda: chart(source="Nguồn: …")),
    ("noi_nguon", lambda: chart(source="Nguồn số liệu:")),
    ("noi_nguon", lambda: chart(source="hàng không rõ nguồn gốc")),
    ("noi_nguon", lambda: change(chart(), lambda fig, _: fig.texts[0].set_visible(False))),
    ("goc_truc", lambda: chart(foot=60)),
    ("so_cot", lambda: bars(MONTHS, [36] * 18 + [37] * 6 + [38] * 6)),
    ("so_cot", as_line),
    ("tong_cot", lambda: bars(QUARTERS, [88, 74, 97, 106, 109, 110, 123, 145, 127, 148])),
]


@pytest.fixture(autouse=True)
def no_figure_stays() -> Any:
    yield
    plt.close("all")


def told(drawn: Any) -> dict[str, Any]:
    return chart_values.readings(drawn, QUESTION.values)


def test_there_are_forty_of_them() -> None:
    assert (len(RIGHT), len(WRONG)) == (20, 20)


@pytest.mark.parametrize("draw", RIGHT, ids=range(20))
def test_a_right_chart_gets_all_points(draw: Callable[[], Drawn]) -> None:
    figure, axes = draw()
    found = score(QUESTION, {"bang_quy": TABLE, **told(axes)}, date(2026, 12, 1))
    assert found.fraction == 1, found
    assert told(figure) == told(axes)


@pytest.mark.parametrize(("lacks", "draw"), WRONG, ids=range(20))
def test_a_chart_that_lacks_one_thing_is_told_what(lacks: str, draw: Callable[[], Drawn]) -> None:
    values = told(draw()[1])
    right = QUESTION.keys[0].correct
    missed = {name for name, value in values.items() if value != right[name]}
    assert missed == ({"so_cot", "tong_cot"} if draw is as_line or lacks == "so_cot" else {lacks}) & missed
    assert lacks in missed
    assert score(QUESTION, {"bang_quy": TABLE, **values}, date(2026, 12, 1)).fraction < 1


def test_what_is_no_chart_is_refused_with_what_it_is() -> None:
    with pytest.raises(KitError, match=r"hinh=ax.*list"):
        told([1, 2])
