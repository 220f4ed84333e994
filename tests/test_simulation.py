from __future__ import annotations

import csv
import io
from datetime import date

import simulation
from simulation.cell_words import column_words

from buuchinh import datasets
from buuchinh.text import fold


def table() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(simulation.incidents_csv())))


def test_the_generator_gives_the_stored_table_byte_for_byte() -> None:
    stored = datasets.resources()["statistics/incidents-simulated"].path.read_bytes()
    assert simulation.incidents_csv().encode("utf-8") == stored


def test_it_is_marked_as_simulated_in_name_metadata_and_every_row() -> None:
    resource = datasets.resources()["statistics/incidents-simulated"]
    assert "simulated" in resource.path.name
    assert resource.kind == "simulated"
    assert "MÔ PHỎNG" in resource.title
    assert {row["simulated"] for row in table()} == {"mô phỏng"}


def test_the_facts_about_the_table_are_counted_from_it() -> None:
    facts = {row["id"]: row["value"] for row in datasets.read("statistics/facts").rows}
    assert facts["sim-rows"] == len(table())
    assert facts["sim-incidents"] == len(simulation.clean_incidents())


def test_the_size_is_good_enough_to_practise_on() -> None:
    assert 400 <= len(table()) <= 2000


def test_careful_cleaning_finds_the_truth_again() -> None:
    kinds = {_key(words): words for words in column_words("item").values()}
    stages = {_key(words): words for words in column_words("stage").values()}
    truth = {incident.incident_id: incident for incident in simulation.clean_incidents()}
    rows = {row["incident_id"]: row for row in table()}
    assert set(rows) == set(truth)
    for identifier, row in rows.items():
        true = truth[identifier]
        assert _date(row["date"]) == true.date
        assert kinds[_key(row["item_kind"])] == true.item_kind
        assert stages[_key(row["stage"])] == true.stage
        weight = row["weight_kg"].removesuffix(" kg").replace(",", ".")
        assert (float(weight) if weight else None) == true.weight_kg
        minutes = int(row["minutes_to_report"]) if row["minutes_to_report"] else None
        assert (minutes if minutes is None or minutes >= 0 else None) == true.minutes_to_report
        place = _key(row["province"]).removeprefix("tinh ").removeprefix("tp. ")
        assert place in {_key(true.province), _key(true.old_province)}


def test_copies_are_whole_rows() -> None:
    seen: dict[str, dict[str, str]] = {}
    copies = 0
    for row in table():
        if row["incident_id"] in seen:
            assert row == seen[row["incident_id"]]
            copies += 1
        seen[row["incident_id"]] = row
    assert copies


def test_each_kind_of_dirt_is_there_about_as_often_as_documented() -> None:
    rows = table()
    per_mille = 1000 / len(rows)

    def is_near(count: int, expected: int) -> bool:
        return 0.4 * expected < count * per_mille < 1.8 * expected

    dirt = simulation.DIRT
    assert is_near(sum(not row["weight_kg"] for row in rows), dirt["empty_weight"])
    assert is_near(sum("," in row["weight_kg"] for row in rows), dirt["decimal_comma"])
    assert is_near(sum("kg" in row["weight_kg"] for row in rows), dirt["unit_in_cell"])
    assert is_near(sum("/" in row["date"] for row in rows), dirt["date_day_first"])
    assert any(row["minutes_to_report"].startswith("-") for row in rows)


def test_names_are_those_of_the_day() -> None:
    incidents = simulation.clean_incidents()
    before = {i.province for i in incidents if i.date < date(2025, 7, 1)}
    since = {i.province for i in incidents if i.date >= date(2025, 7, 1)}
    assert "Bình Định" in before
    assert "Bình Định" not in since
    assert len(before) <= 63
    assert len(since) <= 34


def test_dates_keep_to_the_period_and_rise() -> None:
    dates = [incident.date for incident in simulation.clean_incidents()]
    assert dates == sorted(dates)
    assert date(2024, 1, 1) <= dates[0]
    assert dates[-1] <= date(2026, 6, 30)


def _key(words: str) -> str:
    return fold(words).replace(" - ", ", ")


def _date(cell: str) -> date:
    if "/" not in cell:
        return date.fromisoformat(cell)
    day, month, year = map(int, cell.split("/"))
    return date(year, month, day)
