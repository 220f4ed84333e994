"""Solutions on a trainee's disk: only for exercises and for a code, limited in size, no part of what is handed in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from kit.classroom import UNIT
from kit.desk import brought, work
from kit.desk_class import EXTENDED, mixed_class
from kit.handin import code_of

from buuchinh import course
from buuchinh.attempts import trainee_deadline
from buuchinh.intake import collect
from buuchinh.learner.server import api
from buuchinh.learner.server.refused import Refused
from buuchinh.results import solution_pack

CODE = code_of(1)
PLACE = {"notebook": f"{course.WORK}/{CODE}/{UNIT}/{UNIT}.ipynb"}


@pytest.fixture
def text(small_course: Path) -> str:
    """Return the solutions of the small course's exercise, where a trainee has begun it."""
    mixed_class(small_course)
    trainee_deadline.take_back(UNIT, EXTENDED)
    (small_course / course.WORK / CODE / UNIT).mkdir(parents=True, exist_ok=True)
    return solution_pack.make(UNIT).read_text(encoding="utf-8")


def test_solutions_are_stored_as_they_came_and_put_away(small_course: Path, text: str) -> None:
    assert api.call("GET", f"solutions/{UNIT}", PLACE) == {"text": None}
    api.call("PUT", f"solutions/{UNIT}", {**PLACE, "text": text})
    assert (small_course / course.WORK / CODE / "loi-giai" / f"{UNIT}.json").read_text(encoding="utf-8") == text
    assert api.call("GET", f"solutions/{UNIT}", PLACE) == {"text": text}
    api.call("DELETE", f"solutions/{UNIT}", PLACE)
    assert api.call("GET", f"solutions/{UNIT}", PLACE) == {"text": None}


@pytest.mark.parametrize("bad", [None, 5, "", "{", "[]", "[" * 100_000, '{"unit": "bt01"}', "x" * 1_600_000])
def test_what_is_no_solution_of_the_exercise_is_refused_and_the_earlier_ones_stay(text: str, bad: object) -> None:
    api.call("PUT", f"solutions/{UNIT}", {**PLACE, "text": text})
    with pytest.raises(Refused):
        api.call("PUT", f"solutions/{UNIT}", {**PLACE, "text": bad})
    assert api.call("GET", f"solutions/{UNIT}", PLACE) == {"text": text}


@pytest.mark.parametrize("unit", ["thinv1", "..", "../x", "l05", "bt99", UNIT + "/x"])
def test_only_exercises_have_solutions(text: str, unit: str) -> None:
    for method in ("GET", "PUT", "DELETE"):
        with pytest.raises(Refused):
            api.call(method, f"solutions/{unit}", {**PLACE, "text": text})


def test_a_guest_is_asked_for_a_code(text: str) -> None:
    guest = {"notebook": f"{course.WORK}/{course.GUEST}/{UNIT}/{UNIT}.ipynb"}
    (course.root() / course.WORK / course.GUEST / UNIT).mkdir(parents=True, exist_ok=True)
    assert api.call("GET", f"solutions/{UNIT}", guest) == {"text": None}
    with pytest.raises(Refused) as refused:
        api.call("PUT", f"solutions/{UNIT}", {**guest, "text": text})
    assert refused.value.needs_code


def test_solutions_in_a_folder_are_taken_for_nobodys_work(small_course: Path) -> None:
    work(small_course, CODE)
    assert brought(small_course, CODE)
    folder = small_course / "usb-2" / CODE
    (folder / "loi-giai").mkdir(parents=True)
    pack = {"kind": solution_pack.KIND, "format": 1, "unit": UNIT, "keys": [], "cited": {}, "versions": {}}
    (folder / "loi-giai" / f"{UNIT}.json").write_text(json.dumps(pack), encoding="utf-8")
    found = collect.collect(small_course / "usb-2")
    assert not [one for one in found if one.outcome == "taken"]
