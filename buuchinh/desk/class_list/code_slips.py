"""Lay the class's codes out as slips to cut, one for each person who is in the class."""

from __future__ import annotations

from buuchinh.classroom import gradebook, leavers
from buuchinh.desk.naming import projection
from buuchinh.personal_data.names import Person
from buuchinh.text import order


def payload() -> list[Person]:
    """Return the people of the class, by office and then by code; no names while the desk is projected."""
    names, left = projection.names_to_show(), leavers.left()
    people = [names.person(code) for code in gradebook.students() if code not in left]
    return sorted(people, key=lambda one: (order(one.office), one.code))
