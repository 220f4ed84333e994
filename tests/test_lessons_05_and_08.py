"""Lessons 5 and 8: a case for each role, drawings that a phone and a finger can use, fines of the right person."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from buuchinh import course, law
from buuchinh.questions import bank
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.types.numeric.model import NumericQuestion
from buuchinh.questions.types.picture.model import PictureQuestion
from buuchinh.questions.types.scenario.model import ScenarioQuestion
from buuchinh.questions.types.single.model import SingleQuestion

ROOT = course.root()
FILES = [
    ROOT / path
    for lesson in ("05", "08")
    for path in (f"datasets/questions/l{lesson}.yml", f"source/bt{lesson}/questions.yml", f"exam/pool/x{lesson}.yml")
]
QUESTIONS = [question for path in FILES for question in bank.load(path).questions]
PICTURES = [question for question in QUESTIONS if isinstance(question, PictureQuestion)]
SHOWN_WIDE = 600
"""Pixels: as wide as a drawing is shown in a lesson; a phone shows it smaller and lets one enlarge it."""


def numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?[\d.]+", text)]


def found(name: str) -> AuthoredQuestion:
    return next(question for question in QUESTIONS if question.id == name)


def test_each_role_has_a_case_of_its_own() -> None:
    practice = bank.load(ROOT / "datasets/questions/l05.yml").questions
    roles = {question.role for question in practice if question.type == "scenario"}
    assert roles == {"giao dịch viên", "khai thác viên", "bưu tá", "trưởng bưu cục"}


def test_there_are_enough_pictures_where_looking_is_the_skill() -> None:
    by_file = [sum(question.id.startswith(f"{unit}-") for question in PICTURES) for unit in ("l05", "bt05", "x05")]
    assert by_file[0] >= 3
    assert min(by_file) >= 1


@pytest.mark.parametrize("question", PICTURES, ids=lambda question: question.id)
def test_letters_can_be_read_and_regions_be_hit(question: PictureQuestion) -> None:
    root = ET.fromstring(question.svg)
    wide, high = numbers(root.attrib["viewBox"])[2:]
    pixels = SHOWN_WIDE / wide
    drawn = [element for element in root.iter() if element.tag.endswith("}text")]
    assert all(float(element.attrib["font-size"]) * pixels >= 14 for element in drawn)
    ground = next(child for child in root if child.tag.endswith("}rect"))
    assert (float(ground.attrib["width"]), float(ground.attrib["height"])) == (wide, high)
    for option in question.options:
        region = next(element for element in root.iter() if element.get("id") == option.id)
        area = list(region)[-1]
        box = numbers(area.attrib["points"]) if "points" in area.attrib else []
        sides = (
            (max(box[::2]) - min(box[::2]), max(box[1::2]) - min(box[1::2]))
            if box
            else (float(area.attrib["width"]), float(area.attrib["height"]))
        )
        assert min(sides) * pixels >= 44, (question.id, option.id)


EMERGENCY = re.compile(r"\b11[345]\b")


@pytest.mark.parametrize(
    "name",
    [
        *(f"l05-q{number}" for number in ("01", "06", "07", "09", "13", "16", "19", "25")),
        "bt05-q01",
        "bt05-q08",
        "x05-q03",
        "x05-q06",
        "x05-q07",
    ],
)
def test_in_danger_the_right_answer_calls_a_number_before_the_head(name: str) -> None:
    asked = [question for question in QUESTIONS if name in (question.id, question.variant_of)]
    assert asked
    for question in asked:
        assert isinstance(question, SingleQuestion)
        said = next(option.text for option in question.options if option.id == question.keys[0].correct)
        number = EMERGENCY.search(said)
        assert number, said
        assert not re.search("trưởng|người thay", said[: number.start()]), said


def test_bad_ends_of_lessons_5_and_8_say_when_people_are_in_danger() -> None:
    danger = {
        "l05-q08": {"da-be", "da-mo"},
        "l05-q12": {"lan-ra", "vao-them", "hoang-loan", "vao-lai", "thieu-tin"},
        "l05-q14": {"den-cua", "da-cham", "da-giao", "mo-kien", "bo-trong"},
        "l05-q18": {"cho-kien", "so-bao"},
        "bt05-q10": {"sang-trua", "trong-khoi", "rat-tay", "nha-ben", "vang-chi-huy", "ba-nguoi", "duoc-cuu"},
        "bt08-q09": {"chen-cua"},
    }
    for name, ends in danger.items():
        question = found(name)
        assert isinstance(question, ScenarioQuestion)
        assert {end for end, meant in question.keys[0].ends.items() if meant.kind == "danger"} == ends, name


def test_the_graded_night_changes_with_what_was_chosen() -> None:
    question = found("bt05-q10")
    assert isinstance(question, ScenarioQuestion)
    key = question.keys[0]
    for name, node in question.nodes.items():
        best = max(key.correct[name].values())
        right = {choice.next for choice in node.choices if key.correct[name][choice.id] == best}
        wrong = {choice.next for choice in node.choices if key.correct[name][choice.id] < best}
        assert not right & wrong, name


def test_lesson_5_begins_with_what_to_do_in_danger() -> None:
    cells = json.loads((ROOT / "lessons/05-buu-gui-nghi-van.ipynb").read_text(encoding="utf-8"))["cells"]
    first = ["".join(cell["source"]) for cell in cells[:6]]
    emergency = next(text for text in first if text.startswith("## Khi nguy hiểm"))
    assert set(EMERGENCY.findall(emergency)) == {"113", "114", "115"}
    assert "](phu-luc/the-khan-cap.html)" in emergency


@pytest.mark.parametrize(
    ("name", "act", "end"),
    [
        ("l08-q10-v1", "11.2", "amount_max"),
        ("l08-q10-v2", "12.5.b", "amount_max"),
        ("l08-q10-v3", "10.1", "amount_max"),
        ("x08-q04", "12.3.c", "amount_min"),
    ],
)
def test_a_leaflet_for_persons_shows_half_of_what_an_organisation_pays(name: str, act: str, end: str) -> None:
    question = found(name)
    assert isinstance(question, NumericQuestion)
    assert law.provision(f"ND174-2026/{act}").amount_for == "organisation"
    assert question.keys[0].correct == getattr(law.provision(f"ND174-2026/{act}"), end) / 2 / 1_000_000


def test_the_observation_sheet_can_be_printed_and_names_nobody() -> None:
    sheet = Path(ROOT / "lessons/phu-luc/08-phieu-quan-sat.html").read_text(encoding="utf-8")
    assert len(re.findall(r"<td class='n'>\d+</td>", sheet)) == 10
    assert not re.findall(r"<(script|img|link)\b|https?://", sheet)
    for cited in re.findall(r"Luật Bưu chính, ([\d.a-z; ]+)<", sheet):
        for place in cited.split("; "):
            law.provision(f"LBC-2010/{place}")
    fire = re.findall(r"Luật 55/2024, ([\d.; ]+)<", sheet)
    assert fire
    for place in fire[0].split("; "):
        law.provision(f"L55-2024/{place}")


def sentences(question: AuthoredQuestion) -> list[str]:
    """Return what ``question`` lets one choose from: options, items, sides of a match."""
    rows = [
        row
        for name in ("options", "items", "left", "right")
        for row in getattr(question, name, None) or ()
        if getattr(row, "text", None)
    ]
    return [row.text for row in rows]


def test_a_notice_about_smoke_or_fumes_rings_the_number_first() -> None:
    of_eight = [one for one in QUESTIONS if re.match(r"(l|bt|x)08-", one.id)]
    told = [
        text
        for one in of_eight
        for text in sentences(one)
        if re.search(r"khói|mùi hắc|mùi khét", text) and "gọi" in text
    ]
    assert len(told) >= 6
    for text in told:
        assert "114" in text, text
        assert "bưu cục" not in text.split("114")[0], text
