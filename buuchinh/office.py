"""Read the post office's own data from ``don-vi/don-vi.csv``, such as its contacts and assembly point.

The folder ``don-vi`` lies beside ``course.toml`` and is private: git ignores it, course updates leave it untouched, and
submissions do not include it. The table has two columns, the item and its value, in any CSV format that Excel saves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from buuchinh import course, spreadsheet
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say, section
from buuchinh.text import fold

FILE = "don-vi.csv"
PHONES = ("head_phone", "deputy_phone", "duty_phone", "police_phone")
FIELDS = (
    *("name", "address", "head", "head_phone", "deputy", "deputy_phone", "duty_phone", "police", "police_phone"),
    *("meeting_point", "fan_switch", "posted_list", "procedure"),
)
"""The names of all items, in the order of the form."""
HEAD = "muc"
"""Normalised header of the item column in every file that was distributed (``office.columns.item``)."""
LONGEST = 160
"""Maximum length of an item's value in characters, so that it fits on a card that is read in a hurry."""
_LARGEST = 64_000
_BETWEEN = re.compile(r"[\s.()\-–]+")
_PHONE = re.compile(r"(?:0|\+84)[0-9]{9,10}|1[89]00[0-9]{4,6}|11[2-5]")
_LOST_ZERO = re.compile(r"[1-9][0-9]{8,9}|[0-9]+(?:,[0-9]+)?E\+?[0-9]+")


@dataclass(frozen=True)
class CardLine:
    """A line on a card: its label, its text, and a telephone number, which may be ""."""

    item: str
    label: str
    text: str
    phone: str


def path() -> Path:
    """Return the path of the data file, whether or not it exists."""
    return course.root() / course.OFFICE / FILE


def shown_path() -> str:
    """Return the path for display, relative to the course folder."""
    return f"{course.OFFICE}/{FILE}"


def labels() -> dict[str, str]:
    """Return each item's label, which the table and the form share, keyed by its name in ``FIELDS``."""
    return {name: section("office.fields")[name] for name in FIELDS}


def read() -> dict[str, str]:
    """Return the items that are filled in, by name, or an empty dict if there is no file.

    Raise ``KitError`` with every fault in the file.
    """
    values, problems = _read()
    if problems:
        raise KitError(problems)
    return values


def faults() -> list[Problem]:
    """Return a problem for each fault in the file, or an empty list if there is no file."""
    return _read()[1]


def sound() -> dict[str, str]:
    """Return the valid items by name, ignoring faults elsewhere in the file."""
    return _read()[0]


def phone_fault(phone: str) -> str:
    """Return "" for a valid telephone number, "lost_zero" if Excel dropped the leading zero, or "phone" if invalid."""
    plain = _BETWEEN.sub("", phone)
    if _PHONE.fullmatch(plain):
        return ""
    return "lost_zero" if _LOST_ZERO.fullmatch(plain.upper()) else "phone"


def lines(values: Mapping[str, str], items: Sequence[str]) -> list[CardLine]:
    """Return the lines on a card for ``items`` ("police", "head", …), without empty labels.

    A missing item is omitted or, if it is urgent, replaced with a hint about whom to ask (``office.missing``).
    """
    words = section("office.card")
    missing: Mapping[str, str] = section("office.missing")
    shown = []
    for item in items:
        text, phone = values.get(item, ""), values.get(f"{item}_phone", "")
        if item == "duty":
            text = ""
        if f"{item}_phone" in FIELDS and text and not phone:
            text = say("office.no_phone", name=text)
        if text or phone:
            shown.append(CardLine(item, words[item], text, phone))
        elif item in missing:
            shown.append(CardLine(item, words[item], missing[item], ""))
    return shown


def _read() -> tuple[dict[str, str], list[Problem]]:
    file = path()
    if not file.is_file():
        return {}, []
    try:
        if file.stat().st_size > _LARGEST:
            return {}, [_fault(0, "too_large")]
        rows = spreadsheet.rows(file)
    except KitError as error:
        return {}, [Problem(shown_path(), one.line, one.message, one.way_out) for one in error.problems]
    except OSError:
        return {}, [_fault(0, "unreadable")]
    values: dict[str, str] = {}
    problems: list[Problem] = []
    known = {_key(label): name for name, label in labels().items()}
    for number, cells in rows:
        label, text = (_plain(cell) for cell in (*cells, "", "")[:2])
        name = known.get(_key(label))
        if not any(cells) or (not values and not problems and _is_head(label)):
            continue
        wrong = list(_wrong(number, label, text, name, values, known))
        problems += wrong
        if name and text and not wrong:
            values[name] = text
    return values, problems


def _wrong(
    number: int, label: str, text: str, name: str | None, values: Mapping[str, str], known: Mapping[str, str]
) -> Iterator[Problem]:
    if name is None:
        near = get_close_matches(_key(label), known, n=1)
        way_out = say("office.unknown_near", near=labels()[known[near[0]]]) if near else say("office.unknown_way_out")
        yield Problem(shown_path(), number, say("office.unknown", label=label or "?"), way_out)
    elif text and name in values:
        yield _fault(number, "twice", label=label)
    elif len(text) > LONGEST:
        yield _fault(number, "long", label=label, most=LONGEST)
    elif text and name in PHONES and (fault := phone_fault(text)):
        yield _fault(number, fault, label=label, text=text[:40])


def _plain(cell: str) -> str:
    """Return a cell on one line, without an apostrophe before a formula sign, or "" if it has no letter or digit."""
    text = " ".join(cell.split())
    if re.match(r"'[=+\-@]", text):
        text = text[1:]
    return text if re.search(r"[^\W_]", text) else ""


def _key(label: str) -> str:
    """Return a label normalised for comparison, without tone marks, capitals and punctuation."""
    return " ".join(re.findall(r"\w+", fold(label)))


def _is_head(label: str) -> bool:
    return _key(label) == HEAD


def _fault(number: int, key: str, **values: object) -> Problem:
    return Problem(shown_path(), number, say(f"office.{key}", **values), say(f"office.{key}_way_out"))
