"""Of a refused file the desk asks whose it is only where that is in doubt; else it offers to ask for the file again."""

from __future__ import annotations

import zipfile
from pathlib import Path

from kit.classroom import UNIT
from kit.desk_class import ABSENT, THERE

from buuchinh.desk import decisions
from buuchinh.desk.class_state import ClassReader
from buuchinh.intake import collect
from buuchinh.personal_data.names import Names


def test_a_broken_file_of_a_known_person_is_asked_for_again(mixed: Path) -> None:
    stick = mixed / "usb-2"
    stick.mkdir()
    with zipfile.ZipFile(stick / f"{UNIT}_{ABSENT}.zip", "w") as broken:
        broken.writestr(f"{UNIT}/answers.json", "")
    assert [line.code for line in collect.collect(stick)] == [ABSENT]
    found = decisions.of_class(ClassReader().read(), Names.read())["refused"]
    (one,) = [row for row in found if ABSENT in row["who"]]
    assert (one["owners"], one["choose"], one["settle"]) == ([], False, True)
    assert ABSENT in one["ask"]


def test_a_file_that_names_two_people_is_asked_about(mixed: Path) -> None:
    folder = mixed / "usb-2" / THERE
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / f"{UNIT}_{ABSENT}.zip", "w") as both:
        both.writestr(f"{UNIT}/answers.json", '{"bt90-q1": "a"}')
    collect.collect(mixed / "usb-2")
    found = decisions.of_class(ClassReader().read(), Names.read())["refused"]
    owners = [{owner["code"] for owner in row["owners"]} for row in found]
    assert {ABSENT, THERE} in owners
