"""Pictures of parcels: what they are put together from, which a person is shown, how answers are counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from kit import node
from kit.authoring import ROOT, edit, make_course

from buuchinh.authoring import drill_checks, uses
from buuchinh.law import emergency_numbers
from buuchinh.learner.data import drill_data as drills_page
from buuchinh.questions.drills import picture
from buuchinh.questions.drills.parts import ParcelParts, parts
from buuchinh.questions.types.picture import drawing
from buuchinh.release import bundle_files

Picture = dict[str, Any]


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> ParcelParts:
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))
    return parts()


@pytest.fixture
def chosen(javascript: node.Node, there: ParcelParts) -> Callable[..., list[list[Picture]]]:
    """Return what chooses series as a page does: of each picture its id, its words and its drawing too."""
    function = """([parts, kind, seeds]) => seeds.map((seed) => {
      const made = kit.choosePictures(parts, parts.series[kind], seed, new Set());
      const told = (one) => ({ id: kit.pictureId(one), things: kit.thingsOf(one), words: kit.wordsOf(one, parts) });
      return made.map((one) => ({ ...one, ...told(one) }));
    })"""
    page = drills_page.page()

    def choose(kind: str, *seeds: str) -> list[list[Picture]]:
        found: list[list[Picture]] = javascript.evaluate(function, [page, kind, seeds])
        return found

    return choose


def test_there_are_more_than_three_hundred_different_pictures_of_each_half(there: ParcelParts, chosen: Any) -> None:
    assert min(drill_checks.possible(there)) > 300
    shown = {one["id"] for series in chosen("loat", *(f"GL-0123-K/{day}" for day in range(8))) for one in series}
    assert len(shown) > 300


def test_a_burst_is_half_and_half_each_sign_as_often_and_a_row_has_three(there: ParcelParts, chosen: Any) -> None:
    burst, again, other = chosen("loat", "GL-0123-K", "GL-0123-K", "GL-0124-M")
    signs = Counter(there.layers[one["sign"]["layer"]].meaning for one in burst if one["sign"])
    assert (len(burst), sum(signs.values())) == (40, 20)
    assert set(signs.values()) == {2}
    (row,) = chosen("do", "GL-0123-K")
    assert (len(row), sum(one["sign"] is not None for one in row)) == (60, 3)
    assert burst == again
    assert burst != other


def test_neither_parcel_nor_wrapping_nor_a_second_thing_gives_a_sign_away(chosen: Any) -> None:
    pictures = [one for series in chosen("loat", *(f"ai-{n}" for n in range(60))) for one in series]
    for seen_in in (lambda one: one["parcel"], lambda one: one["wrapping"], lambda one: one["odd"] is not None):
        by_look: dict[object, list[bool]] = {}
        for one in pictures:
            by_look.setdefault(seen_in(one), []).append(one["sign"] is not None)
        for look, signs in by_look.items():
            assert 0.3 < sum(signs) / len(signs) < 0.7, look


def test_nothing_is_shown_twice_within_sixty_days(javascript: node.Node, there: ParcelParts) -> None:
    """A person who does more than the course asks: a burst every third day, a row every tenth, for 120 days."""
    function = """(parts) => {
      const last = new Map();
      for (let day = 0; day < 120; day += 1) {
        const due = [...(day % 3 ? [] : ["loat"]), ...(day % 10 ? [] : ["do"])];
        due.forEach((kind, number) => {
          const seen = new Set([...last].filter(([, on]) => day - on <= 60).map(([id]) => id));
          for (const one of kit.choosePictures(parts, parts.series[kind], `GL-0123-K/${day}/${number}`, seen)) {
            const id = kit.pictureId(one);
            if (seen.has(id)) throw new Error(`${id} on day ${day}`);
            last.set(id, day);
          }
        });
      }
      return last.size;
    }"""
    assert javascript.evaluate(function, drills_page.page()) > 1500


def test_every_layer_can_be_drawn_at_its_places_and_a_picture_is_found_again_by_its_id(
    javascript: node.Node, there: ParcelParts, chosen: Any
) -> None:
    page, drawn_layers = drills_page.page(), set()
    found = {one["id"]: one for series in chosen("loat", *map(str, range(30))) for one in series}
    drawn = """([parts, ids]) => ids.map((id) => {
      const one = kit.readPicture(id, parts);
      const ringed = (one.sign ?? one.odd ?? { place: "label" }).place;
      return [kit.pictureId(one), kit.svgOf(one, parts, ringed)];
    })"""
    for (name, one), (read, svg) in zip(found.items(), javascript.evaluate(drawn, [page, list(found)]), strict=True):
        assert read == name
        assert picture.read(name, there) is not None, "the server knows what a page may show"
        drawn_layers |= {thing["layer"] for thing in one["things"]}
        assert not drawing.faults(svg, ())
        assert len(svg) < 20_000
        rings = [element for element in ET.fromstring(svg).iter() if element.get("stroke") == "#0b5cad"]
        assert len(rings) == 1
    assert drawn_layers == set(there.layers)
    for wrong in ("thung.trang.nhan-in.-.mat@left", "thung", "", "khong-co.nau-ngang.nhan-in.-.-"):
        assert picture.read(wrong, there) is None
        assert javascript.evaluate("([id, parts]) => kit.readPicture(id, parts)", [wrong, page]) is None


def test_two_things_never_lie_one_over_the_other(chosen: Any) -> None:
    for series in chosen("loat", *map(str, range(30))):
        for one in series:
            places = [thing["place"] for thing in one["things"]]
            assert len(set(places)) == len(places)
            assert not {"corner", "bottom"} <= set(places)
            assert not {"corner", "left"} <= set(places)


def test_words_tell_what_is_seen_and_never_the_sign(there: ParcelParts, chosen: Any) -> None:
    for series in chosen("loat", *map(str, range(10))):
        for one in series:
            told = one["words"].lower()
            assert told.count("chỗ ") >= len(one["things"])
            sign = there.signs[there.layers[one["sign"]["layer"]].meaning] if one["sign"] else None
            for word in (*(sign.words if sign else ()), "dấu hiệu", "nguy hiểm", "đáng ngờ"):
                assert f" {word} " not in told, one["id"]


def test_what_to_do_names_the_numbers_of_today(there: ParcelParts) -> None:
    expected = {
        "chat-long": ["114"],
        "bot-hat": ["113", "114"],
        "khoi": ["114"],
        "day-lo": ["113"],
        "kim-loai": ["113"],
        "nhan-hang": ["113", "114"],
    }
    for sign in there.signs.values():
        assert emergency_numbers.named_in(sign.do) == expected.get(sign.id, []), sign.id
        assert (sign.tone in {"red", "label"}) == (sign.id in expected)


def test_audit_knows_what_the_signs_rest_on(there: ParcelParts) -> None:
    found = {use.ref for use in uses.uses(date(2026, 11, 26)) if use.path == "datasets/drills/signs.csv"}
    assert {"114", "113", "LBC-2010/11.1.b", "USPS-84"} <= found


def test_signs_seen_and_false_alarms_are_counted_apart(javascript: node.Node) -> None:
    answers = [(True, "sign")] * 15 + [(True, "nothing")] * 4 + [(True, "late")]
    answers += [(False, "sign")] * 3 + [(False, "nothing")] * 16 + [(False, "late")]
    counted = {"signs": 20, "seen": 15, "plain": 20, "alarms": 3, "late": 2}
    assert javascript.evaluate("(answers) => kit.countAnswers(answers)", answers) == counted


def test_a_bundle_carries_the_drawings(there: ParcelParts) -> None:
    paths = set(bundle_files.list_files().paths)
    assert {f"datasets/drills/parts/{part}.svg" for part in there.layers} <= paths
    assert "datasets/drills/signs.csv" in paths


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_course(tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    return root / "datasets" / "drills"


def test_the_parts_of_the_course_are_as_they_should_be(course: Path) -> None:
    assert course.is_dir()
    assert list(drill_checks.faults()) == []


def test_check_names_each_fault_of_the_parts(course: Path) -> None:
    (course / "parts" / "thung.svg").unlink()
    (course / "parts" / "khong-ai-goi.svg").write_text("<svg/>", encoding="utf-8")
    edit(course / "parts" / "lan-xam.svg", "</svg>", "<script>alert(1)</script></svg>")
    layers = course / "layers.csv"
    edit(layers, "mảng sẫm bóng ở vỏ", "chất lỏng chảy ở vỏ")
    edit(layers, "một vòng tròn nâu nhạt", "một vòng tròn bình thường")
    edit(layers, "phai-mau,odd,phai-mau,left", "phai-mau,odd,chua-co,trong")
    said = "\n".join(f"{one.path}: {one.message}" for one in drill_checks.faults())
    for part in (
        "thung.svg",
        "khong-ai-goi.svg",
        "<script>",
        "“chảy”",
        "“lỏng”",
        "“bình thường”",
        "“chua-co”",
        "“trong”",
    ):
        assert part in said, part


def test_where_no_picture_is_left_it_is_said(course: Path, javascript: node.Node) -> None:
    shorten(course, 1)
    function = """(parts) => {
      const seen = new Set();
      for (let number = 0; number < 500; number += 1) {
        const made = kit.choosePictures(parts, parts.series.loat, String(number), seen);
        if (!made) return seen.size;
        made.forEach((one) => seen.add(kit.pictureId(one)));
      }
    }"""
    page = drills_page.page()
    assert javascript.evaluate(function, page) > 40
    assert "60 ngày" in page["words"]["none_left"]


def shorten(course: Path, keep: int) -> None:
    for name in ("parcels", "wrappings"):
        table = course / f"{name}.csv"
        lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
        table.write_text("".join(lines[: keep + 1]), encoding="utf-8")


def test_check_says_where_there_are_too_few_pictures_or_looks(course: Path) -> None:
    shorten(course, 1)
    edit(course / "layers.csv", "lan-mo,sign,khoi", "lan-mo,sign,bot-hat")
    said = "\n".join(one.message for one in drill_checks.faults())
    assert "ít nhất 300" in said
    assert "“khoi” có 1 hình" in said


def test_a_place_on_a_parcel_that_is_no_numbers_is_a_fault_with_its_line(course: Path) -> None:
    parcels = course / "parcels.csv"
    lines = parcels.read_text(encoding="utf-8").splitlines(keepends=True)
    (number,) = re.findall(r"\d+,\d+", lines[1])[:1]
    parcels.write_text("".join([lines[0], lines[1].replace(number, "1x,2", 1), *lines[2:]]), encoding="utf-8")
    assert ("datasets/drills/parcels.csv", 2) in {(one.path, one.line) for one in drill_checks.faults()}
