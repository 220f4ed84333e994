"""The pages for work compute as Python does: the office's table, law on a day."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from kit import node
from kit.agreeing import Agree
from kit.course import ROOT

from buuchinh import law, office
from buuchinh.learner.data import office_page as office_data
from buuchinh.site import register_page


def test_law_is_in_force_and_reads_the_same_on_any_day(agree: Agree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))
    ends = {
        ref: [day for one in periods for day in (one.from_, one.to) if day]
        for ref, periods in law.all_provisions().items()
    }
    ends |= {ref: [day for day in (one.effective, one.expires) if day] for ref, one in law.all_documents().items()}
    several = [ref for ref, days in ends.items() if len(days) > 2]
    bare = {*law.all_documents()}

    def case(chance: Random) -> Any:
        ref = chance.choice(several if chance.random() < 0.3 else list(ends))
        near = [day + timedelta(days=chance.choice([-1, 0, 1])) for day in ends[ref]]
        return ref, chance.choice([*near, date(1990, 1, 1) + timedelta(days=chance.randrange(20_000))]).isoformat()

    def python(given: Any) -> Any:
        ref, on = given
        day = date.fromisoformat(on)
        holds = ref not in bare and any(period.covers(day) for period in law.all_provisions()[ref])
        start = law.provision(ref, day).from_ if holds else None
        return [law.in_force(ref, day), start.isoformat() if start else None]

    javascript = """([ref, day], page) => {
      globalThis.documents ??= kit.registerOf(page);
      const document = documents.find(({ id, provisions }) => id === ref || provisions.some((one) => one.ref === ref));
      const bare = document.id === ref;
      const { periods } = bare ? document : document.provisions.find((one) => one.ref === ref);
      const holds = !bare && periods.some((one) => kit.covers(one, day));
      return [kit.forceOn(document.status, periods, day, bare), holds ? kit.textOn(periods, day).from : null];
    }"""
    found = agree(case, python, javascript, shared=register_page.page())
    assert {"in_force", "not_yet", "lapsed", "unknown"} <= {force for force, _ in found}


@pytest.fixture
def office_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    shutil.copy(ROOT / "course.toml", tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(tmp_path))
    office.path().parent.mkdir()
    return office_data.page(shown=False)


_CELLS = (
    *("Chị Hạnh", "0987654321", "987654321", "+84 912 345 678", "'+84 912 345 678", "…", '"a;b"', 'x"y', "9,87E+08"),
    *("", "  ", "a\u202eb", "tab\tở giữa", "Ho\u0301a", "1800 1234", "x" * 161, "<b>đậm</b>", "dòng\nhai", "sep=;"),
)


def test_a_table_of_the_office_is_read_the_same_however_it_was_saved_or_spoiled(agree: Agree, office_page: Any) -> None:
    labels = [*office.labels().values(), "truong buu cuc:", "Màu sơn", "", "Mục"]

    def case(chance: Random) -> list[int]:
        separator, end = chance.choice(";,\t"), chance.choice(["\n", "\r\n", "\r"])
        rows = [["Mục", "Nội dung"]] if chance.random() < 0.7 else []
        rows = [["Bưu cục 1, tổ 2, năm 2026"], *rows] if chance.random() < 0.3 else rows
        rows += [
            [chance.choice(labels), chance.choice(_CELLS), *chance.sample(_CELLS, chance.randrange(2))]
            for _ in range(6)
        ]
        text = end.join(separator.join(quoted(chance, cell, separator) for cell in row) for row in rows)
        text = chance.choice([f"sep={separator}{end}", *[""] * 9]) + text + chance.choice(["", end])
        return list(text.encode(chance.choice(["utf-8", "utf-8-sig", "utf-16"])))

    def quoted(chance: Random, cell: str, separator: str) -> str:
        needs = any(sign in cell for sign in f'{separator}"\n') and chance.random() < 0.9
        return '"' + cell.replace('"', '""') + '"' if needs else cell

    def python(data: list[int]) -> Any:
        office.path().write_bytes(bytes(data))
        return {
            "values": office.sound(),
            "faults": [{"line": one.line, "text": one.message} for one in office.faults()],
        }

    old = "Mu\u0323c;No\u0323i\r\nDi\u0323a chi\u0309 bu\u0301u cu\u0323c;12".encode("cp1258")
    besides = [list(data) for data in (b"", b"\xef\xbb\xbf", old, b"x" * 70_000)]
    javascript = "(bytes, page) => kit.readTable(page, new Uint8Array(bytes))"
    read = agree(case, python, javascript, shared=office_page, besides=besides)
    assert sum(len(one["values"]) > 1 for one in read) > len(read) / 3


def test_a_card_says_the_same_lines_of_the_office(agree: Agree, office_page: Any) -> None:
    items = ["name", "address", "police", "head", "deputy", "duty", "meeting_point", "fan_switch", "posted_list"]

    def case(chance: Random) -> dict[str, str]:
        return {name: f"{name} {{x}}" for name in office.FIELDS if chance.random() < 0.5}

    def python(values: Any) -> Any:
        return [vars(line) for line in office.lines(values, items)]

    agree(case, python, "(values, [page, items]) => kit.officeLines(page, values, items)", shared=[office_page, items])


def test_what_the_form_of_the_office_saves_is_read_back_by_python_and_excel(
    javascript: node.Node, office_page: Any
) -> None:
    values = {name: f"số {n}; “{name}”, =1" for n, name in enumerate(office.FIELDS)}
    values |= dict(zip(office.PHONES, ("0987654321", "+84912345678", "1900 1234", "02438251234"), strict=True))
    text = javascript.evaluate("([page, values]) => kit.writeTable(page, values)", [office_page, values])
    office.path().write_bytes(text.encode("utf-8"))
    spaced = {"head_phone": "0987 654 321", "police_phone": "0243 825 1234"}
    assert office.read() == values | spaced
    assert text.startswith("\ufeff")
    assert "0987 654 321" in text, "Excel drops the zero of a number without spaces"
    assert "'+84" in text, "what begins with a sign is no formula"
