"""The pages for work compute as Python does: the office's table, law on a day, in a real browser."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from kit import node
from kit.authoring import make_course
from kit.course import ROOT

from buuchinh import law, office
from buuchinh.learner.data import office as office_page
from buuchinh.messages import section
from buuchinh.site import register

_MODULES = ("page/reference/office_table.js", "page/reference/office.js", "logic/law_on_day.js")


@pytest.fixture(scope="module")
def tab() -> Iterator[node.Node]:
    """Yield a node in which the functions of the pages for work stand as ``kit``."""
    with node.running([*node.OF_TYPES, *_MODULES], timezone="Europe/London") as tab:
        yield tab


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_course(tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    (root / "don-vi").mkdir()
    return root


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))


def read_both(tab: Any, data: bytes) -> tuple[Any, Any]:
    office.path().write_bytes(data)
    python = (office.sound(), [(fault.line, fault.message) for fault in office.faults()])
    page = office_page.page(shown=False)
    there = tab.evaluate("([page, bytes]) => kit.readTable(page, new Uint8Array(bytes))", [page, list(data)])
    return python, (there["values"], [(fault["line"], fault["text"]) for fault in there["faults"]])


def test_a_table_is_read_alike_however_it_was_saved_or_spoiled(tab, course) -> None:
    chance = random.Random(13)
    labels = [*office.labels().values(), "truong buu cuc:", "Màu sơn", "", "Mục"]
    cells = [
        "Chị Hạnh",
        "0987654321",
        "987654321",
        "+84 912 345 678",
        "'+84 912 345 678",
        "…",
        '"a;b"',
        'x"y',
        "9,87E+08",
    ]
    cells += [
        "",
        "  ",
        "a\u202eb",
        "tab\tở giữa",
        "Ho\u0301a",
        "1900 1234",
        "x" * 161,
        "<b>đậm</b>",
        "dòng\nhai",
        "sep=;",
    ]
    for number in range(400):
        separator = chance.choice(";,\t")
        end = chance.choice(["\n", "\r\n", "\r"])
        rows = [["Mục", "Nội dung"]] if chance.random() < 0.7 else []
        rows += [
            [chance.choice(labels), chance.choice(cells), *chance.sample(cells, chance.randrange(2))] for _ in range(6)
        ]
        lines = [separator.join(quoted(cell, separator, chance) for cell in row) for row in rows]
        text = end.join(lines) + chance.choice(["", end])
        if chance.random() < 0.1:
            text = f"sep={separator}{end}{text}"
        data = text.encode(chance.choice(["utf-8", "utf-8-sig", "utf-16"]))
        python, there = read_both(tab, data)
        assert there == python, (number, text)
    for data in (
        b"",
        b"\xef\xbb\xbf",
        "Mu\u0323c;No\u0323i\r\nDi\u0323a chi\u0309 bu\u0301u cu\u0323c;12".encode("cp1258"),
        b"x" * 70_000,
    ):
        python, there = read_both(tab, data)
        assert there == python


def quoted(cell: str, separator: str, chance: random.Random) -> str:
    if any(sign in cell for sign in f'{separator}"\n') and chance.random() < 0.9:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def test_what_the_form_saves_python_and_excel_read_back(tab, course) -> None:
    values = {name: f"số {n}; “{name}”, =1" for n, name in enumerate(office.FIELDS) if name not in office.PHONES}
    values |= dict(zip(office.PHONES, ("0987654321", "+84912345678", "02438251234", "1900 1234"), strict=True))
    page = office_page.page(shown=False)
    text = tab.evaluate("([page, values]) => kit.writeTable(page, values)", [page, values])
    office.path().write_bytes(text.encode("utf-8"))
    spaced = values | {"head_phone": "0987 654 321", "police_phone": "0243 825 1234"}
    kept = {name: spaced.get(name, text) for name, text in values.items()}
    got = office.read()
    assert {name: got[name].replace(" ", "") for name in office.PHONES} == {
        name: values[name].replace(" ", "") for name in office.PHONES
    }
    assert {name: got[name] for name in kept if name not in office.PHONES} == {
        name: kept[name] for name in kept if name not in office.PHONES
    }
    assert text.startswith("\ufeff")
    assert "0987 654 321" in text, "Excel drops the zero of a number without spaces"
    assert "'+84" in text, "what begins with a sign is no formula"


def test_cards_say_the_same_lines_on_paper_and_on_the_page(tab, course) -> None:
    chance = random.Random(5)
    items = ["name", "address", "police", "head", "deputy", "duty", "meeting_point", "fan_switch", "posted_list"]
    page = office_page.page(shown=False)
    for _ in range(200):
        values = {name: f"{name} {{x}}" for name in office.FIELDS if chance.random() < 0.5}
        python = [vars(line) for line in office.lines(values, items)]
        there = tab.evaluate("([page, values, items]) => kit.officeLines(page, values, items)", [page, values, items])
        assert there == python


def test_law_is_in_force_on_the_same_days(tab, whole) -> None:
    page = register.page()
    chance = random.Random(3)
    days = {day for periods in law.all_provisions().values() for one in periods for day in (one.from_, one.to) if day}
    days |= {day for one in law.all_documents().values() for day in (one.effective, one.expires) if day}
    near = {day + timedelta(days=more) for day in days for more in (-1, 0, 1)}
    asked = sorted(near | {date(1990, 1, 1) + timedelta(days=chance.randrange(20_000)) for _ in range(40)})
    found = tab.evaluate(
        """([page, days]) => Object.fromEntries(kit.registerOf(page).flatMap((document) => [
          [document.id, days.map((day) => kit.forceOn(document.status, document.periods, day, true))],
          ...document.provisions.map((one) => [
            one.ref, days.map((day) => kit.forceOn(document.status, one.periods, day, false))]),
        ]))""",
        [page, [day.isoformat() for day in asked]],
    )
    assert set(found) == {*law.all_documents(), *law.all_provisions()}
    assert len(found) * len(asked) > 100_000
    wrong = [
        (ref, day) for ref, forces in found.items() for day, force in zip(asked, forces, strict=True)
        if law.in_force(ref, day) != force
    ]  # fmt: skip
    assert wrong == []


def test_the_text_shown_is_the_text_of_the_day(tab, whole) -> None:
    page = register.page()
    several = {ref: periods for ref, periods in law.all_provisions().items() if len(periods) > 1}
    assert several
    for ref, periods in several.items():
        for day in [one.from_ for one in periods if one.from_]:
            shown = tab.evaluate(
                """([page, ref, day]) => kit.textOn(kit.registerOf(page).flatMap(({ provisions }) => provisions)
                  .find((one) => one.ref === ref).periods, day).from""",
                [page, ref, day.isoformat()],
            )
            assert shown == day.isoformat()
            assert law.provision(ref, day).from_ == day


def test_words_of_faults_are_the_same_file(whole) -> None:
    assert office_page.page(shown=False)["words"] == section("office")
    json.dumps(register.page(), allow_nan=False)
