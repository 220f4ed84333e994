"""Pictures of parcels: what they are put together from, which a person is shown, how answers are counted."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from kit.authoring import ROOT, edit, make_course

from buuchinh.authoring import drills, uses
from buuchinh.errors import KitError
from buuchinh.law import emergency
from buuchinh.questions.drills import choosing, counted, drawn, picture
from buuchinh.questions.drills.parts import Parts, parts
from buuchinh.questions.types.picture import drawing
from buuchinh.release import carried


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Parts:
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))
    return parts()


def test_there_are_more_than_three_hundred_different_pictures_of_each_half(there: Parts) -> None:
    with_sign, without = choosing.possible(there)
    assert min(with_sign, without) > 300
    shown: set[str] = set()
    for day in range(8):
        shown |= {drawn.svg(one, there) for one in choosing.choose(there, choosing.BURST, f"GL-0123-K/{day}", ())}
    assert len(shown) > 300


def test_a_burst_is_half_and_half_each_sign_as_often_and_a_row_has_three(there: Parts) -> None:
    burst = choosing.choose(there, choosing.BURST, "GL-0123-K", ())
    signs = Counter(sign.id for one in burst if (sign := one.meaning(there)))
    assert (len(burst), sum(signs.values())) == (40, 20)
    assert set(signs.values()) == {2}
    row = choosing.choose(there, choosing.ROW, "GL-0123-K", ())
    assert (len(row), sum(one.sign is not None for one in row)) == (60, 3)
    assert burst == choosing.choose(there, choosing.BURST, "GL-0123-K", ())
    assert burst != choosing.choose(there, choosing.BURST, "GL-0124-M", ())


def test_neither_parcel_nor_wrapping_nor_a_second_thing_gives_a_sign_away(there: Parts) -> None:
    pictures = [one for n in range(60) for one in choosing.choose(there, choosing.BURST, f"ai-{n}", ())]
    for seen_in in (lambda one: one.parcel, lambda one: one.wrapping, lambda one: one.odd is not None):
        by_look: dict[object, list[bool]] = {}
        for one in pictures:
            by_look.setdefault(seen_in(one), []).append(one.sign is not None)
        for look, signs in by_look.items():
            assert 0.3 < sum(signs) / len(signs) < 0.7, look


def test_nothing_is_shown_twice_within_sixty_days(there: Parts) -> None:
    """A person who does more than the course asks: a burst every third day, a row every tenth, for 120 days."""
    first = date(2026, 11, 26)
    last: dict[str, date] = {}
    for day in (first + timedelta(days=n) for n in range(120)):
        due = [choosing.BURST] * (day.toordinal() % 3 == 0) + [choosing.ROW] * (day.toordinal() % 10 == 0)
        for number, series in enumerate(due):
            seen = {name for name, on in last.items() if (day - on).days <= 60}
            for one in choosing.choose(there, series, f"GL-0123-K/{day}/{number}", seen):
                assert one.id not in seen
                assert one.id not in last or (day - last[one.id]).days > 60
                last[one.id] = day
    assert len(last) > 1500


def test_every_layer_can_be_drawn_at_its_places_and_a_picture_is_found_again_by_its_id(there: Parts) -> None:
    drawn_layers: set[str] = set()
    for one in itertools.chain(*(choosing.choose(there, choosing.BURST, str(n), ()) for n in range(30))):
        assert picture.read(one.id, there) == one
        if {thing.layer for thing in one.things()} <= drawn_layers:
            continue
        drawn_layers |= {thing.layer for thing in one.things()}
        text = drawn.svg(one, there, ringed=[thing.place for thing in one.things()])
        assert not drawing.faults(text, ())
        assert len(text) < 20_000
        rings = [element for element in ET.fromstring(text).iter() if element.get("stroke") == "#0b5cad"]
        assert len(rings) == len(one.things())
    assert drawn_layers == set(there.layers)
    assert picture.read("thung.trang.nhan-in.-.mat@left", there) is None
    assert picture.read("thung", there) is None


def test_two_things_never_lie_one_over_the_other(there: Parts) -> None:
    for number in range(30):
        for one in choosing.choose(there, choosing.BURST, str(number), ()):
            places = [thing.place for thing in one.things()]
            assert len(set(places)) == len(places)
            assert not {"corner", "bottom"} <= set(places)


def test_words_tell_what_is_seen_and_never_the_sign(there: Parts) -> None:
    for one in itertools.chain(*(choosing.choose(there, choosing.BURST, str(n), ()) for n in range(10))):
        told = drawn.words(one, there).lower()
        assert told.count("chỗ ") >= len(one.things())
        sign = one.meaning(there)
        for word in (*(sign.words if sign else ()), "dấu hiệu", "nguy hiểm", "đáng ngờ"):
            assert f" {word} " not in told, one.id


def test_what_to_do_names_the_numbers_of_today(there: Parts) -> None:
    expected = {
        "chat-long": ["114"],
        "bot-hat": ["113", "114"],
        "khoi": ["114"],
        "day-lo": ["113"],
        "kim-loai": ["113"],
        "nhan-hang": ["113", "114"],
    }
    for sign in there.signs.values():
        assert emergency.named_in(sign.do) == expected.get(sign.id, []), sign.id
        assert (sign.tone in {"red", "label"}) == (sign.id in expected)


def test_audit_knows_what_the_signs_rest_on(there: Parts) -> None:
    found = {use.ref for use in uses.uses(date(2026, 11, 26)) if use.path == "datasets/drills/signs.csv"}
    assert {"114", "113", "LBC-2010/11.1.b", "USPS-84"} <= found


def test_signs_seen_and_false_alarms_are_counted_apart() -> None:
    answers = [(True, "sign")] * 15 + [(True, "nothing")] * 4 + [(True, "late")]
    answers += [(False, "sign")] * 3 + [(False, "nothing")] * 16 + [(False, "late")]
    assert counted.count(answers) == counted.Count(signs=20, seen=15, plain=20, alarms=3, late=2)
    assert counted.right(True, "sign")
    assert not counted.right(False, "late")


def test_a_bundle_carries_the_drawings(there: Parts) -> None:
    paths = set(carried.carried().paths)
    assert {f"datasets/drills/parts/{part}.svg" for part in there.layers} <= paths
    assert "datasets/drills/signs.csv" in paths


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_course(tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    return root / "datasets" / "drills"


def test_the_parts_of_the_course_are_as_they_should_be(course: Path) -> None:
    assert course.is_dir()
    assert list(drills.faults()) == []


def test_check_names_each_fault_of_the_parts(course: Path) -> None:
    (course / "parts" / "thung.svg").unlink()
    (course / "parts" / "khong-ai-goi.svg").write_text("<svg/>", encoding="utf-8")
    edit(course / "parts" / "lan-xam.svg", "</svg>", "<script>alert(1)</script></svg>")
    layers = course / "layers.csv"
    edit(layers, "mảng sẫm bóng ở vỏ", "chất lỏng chảy ở vỏ")
    edit(layers, "một vòng tròn nâu nhạt", "một vòng tròn bình thường")
    edit(layers, "phai-mau,odd,phai-mau,left", "phai-mau,odd,chua-co,trong")
    said = "\n".join(f"{one.path}: {one.message}" for one in drills.faults())
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


def test_where_no_picture_is_left_it_is_said(course: Path) -> None:
    shorten(course, 1)
    seen: set[str] = set()

    def until_none_is_left() -> None:
        for number in range(500):
            seen.update({one.id for one in choosing.choose(parts(), choosing.BURST, str(number), seen)})

    with pytest.raises(KitError, match="60 ngày"):
        until_none_is_left()
    assert len(seen) > 40


def shorten(course: Path, keep: int) -> None:
    for name in ("parcels", "wrappings"):
        table = course / f"{name}.csv"
        lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
        table.write_text("".join(lines[: keep + 1]), encoding="utf-8")


def test_check_says_where_there_are_too_few_pictures_or_looks(course: Path) -> None:
    shorten(course, 1)
    edit(course / "layers.csv", "lan-mo,sign,khoi", "lan-mo,sign,bot-hat")
    said = "\n".join(one.message for one in drills.faults())
    assert "ít nhất 300" in said
    assert "“khoi” có 1 hình" in said
