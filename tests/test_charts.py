from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.transforms import Bbox
from PIL import Image

from buuchinh import charts, law, statistics
from buuchinh.charts.canvas import finish, sheet
from buuchinh.errors import KitError

DOCUMENTS = ["LBC-2010", "ND15-2020", "ND174-2026", "QCPH02-2021", "L14-2017", "L42-2024"]
REPORTED: list[Callable[[], charts.Chart]] = [
    charts.cases_and_persons,
    charts.guns,
    charts.hanoi_shares,
    charts.misleading_pair,
]
TIMELINES: list[Callable[[], charts.Chart]] = [lambda: charts.law_timeline(DOCUMENTS), charts.bodies_timeline]


def drawn(figure: Figure) -> str:
    """All words on a figure, as one line."""
    words = " ".join(text.get_text() for text in figure.findobj(mpl.text.Text))
    return re.sub(r"\s+", " ", words)


def extent(patch: Patch) -> Bbox:
    """Where a bar lies, in the units of its axes."""
    return patch.get_path().get_extents(patch.get_patch_transform())


@pytest.mark.parametrize("make", [*REPORTED, *TIMELINES])
def test_every_chart_carries_provenance_finding_and_table(make: Callable[[], charts.Chart]) -> None:
    chart = make()
    assert chart.provenance
    assert chart.provenance in drawn(chart.figure)
    assert chart.alt.endswith(".")
    assert chart.rows
    assert all(len(row) == len(chart.head) for row in chart.rows)
    html = chart.html()
    assert 'alt="' in html
    assert chart.table().html() in html
    for words in (chart.title, chart.alt, chart.provenance):
        assert words in str(chart)
        assert unicodedata.is_normalized("NFC", words)


@pytest.mark.parametrize("make", REPORTED)
def test_reported_charts_name_the_kinds_and_the_source(make: Callable[[], charts.Chart]) -> None:
    words = drawn(make().figure)
    assert "Số liệu được báo cáo: " in words
    assert "Số suy ra: " in words
    assert re.search(r"bài \d+", words)


def test_derived_bars_differ_from_reported_ones_by_more_than_colour() -> None:
    place = charts.cases_and_persons().figure.axes[0]
    hatches = [patch.get_hatch() for patch in place.patches]
    assert hatches == ["////", None, "////", None]


def test_bar_lengths_are_the_figures() -> None:
    place = charts.cases_and_persons().figure.axes[0]
    assert [extent(patch).width for patch in place.patches] == [9, 11, 17, 15]


def test_the_missing_gun_stays_a_question() -> None:
    chart = charts.guns()
    assert "?" in drawn(chart.figure)
    assert "1 + 9 = 10 ≠ 11, thiếu 1" in chart.alt


def test_the_pair_shows_the_same_figures_on_two_axes() -> None:
    left, right = charts.misleading_pair().figure.axes
    assert left.get_ylim()[0] == 8
    assert right.get_ylim()[0] == 0
    tops = [[extent(patch).y1 for patch in place.patches] for place in (left, right)]
    assert tops[0] == tops[1] == [9, 11]


def test_the_timeline_draws_the_days_of_the_register() -> None:
    chart = charts.law_timeline(["ND174-2026"], mark=["2023-08-16"])
    assert chart.rows[0][1] == "01-07-2026"
    assert "16-08-2023" in drawn(chart.figure)
    with pytest.raises(KitError):
        charts.law_timeline(["KHONG-CO"])


def test_bodies_that_were_there_before_they_took_a_task_on_begin_at_the_edge() -> None:
    rows = {row[0]: row for row in charts.bodies_timeline().rows}
    for name in ("Bộ Khoa học và Công nghệ", "Sở Khoa học và Công nghệ", "Công an xã, phường, đặc khu"):
        assert rows[name][2] == "trước"
    assert "từ 01-3-2025" in rows["Bộ Khoa học và Công nghệ"][1]


def test_what_is_not_verified_is_said() -> None:
    unverified = next(ref for ref, document in law.all_documents().items() if document.status == "unknown")
    chart = charts.law_timeline([unverified])
    assert "chưa xác minh" in drawn(chart.figure)


def test_a_chart_without_provenance_cannot_be_made() -> None:
    with pytest.raises(KitError):
        finish(sheet(1), "x", ("x", "x."), " ", (["a"], [["b"]]))


def test_a_picture_is_the_same_each_time_whatever_the_notebook_has_set() -> None:
    first = charts.guns().png()
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "black"}):
        assert charts.guns().png() == first


@pytest.mark.parametrize("make", [*REPORTED, *TIMELINES])
def test_nothing_is_cut_off_and_the_ground_is_opaque(make: Callable[[], charts.Chart]) -> None:
    picture = Image.open(io.BytesIO(make().png())).convert("RGBA")
    assert picture.getchannel("A").getextrema() == (255, 255)
    pixels = picture.convert("L")
    width, height = pixels.size
    edge = 8
    for box in (
        (0, 0, edge, height),
        (width - edge, 0, width, height),
        (0, height - edge, width, height),
    ):
        assert pixels.crop(box).getextrema() == (255, 255)


def test_letters_stay_readable_at_320_pixels() -> None:
    for make in [*REPORTED, *TIMELINES]:
        figure = make().figure
        scale = 320 / (figure.get_figwidth() * 96)
        sizes = [
            float(t.get_fontsize()) * 96 / 72 * scale for t in figure.findobj(mpl.text.Text) if t.get_text().strip()
        ]
        assert min(sizes) >= 7


def test_figures_of_a_chart_come_from_the_table() -> None:
    rows = charts.cases_and_persons().rows
    assert [row[2] for row in rows] == [
        statistics.figure(f"seed-{what}-h1-{year}").words for what in ("cases", "persons") for year in (2022, 2023)
    ]
