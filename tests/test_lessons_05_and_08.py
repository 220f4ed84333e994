"""Lessons 5 and 8: a case for each role, drawings that a phone and a finger can use, fines of the right person."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from buuchinh import course, law
from buuchinh.questions import bank
from buuchinh.questions.authored import AuthoredQuestion, NumericQuestion, PictureQuestion

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
