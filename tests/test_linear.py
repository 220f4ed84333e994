"""What reads untrusted text takes ten times as long for ten times as much, for each pattern and for each reader."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import buuchinh.intake
from buuchinh import codes, text
from buuchinh.course import units
from buuchinh.intake import check_receipt, filenames, filetypes, salvage
from buuchinh.questions import answers

INTAKE = Path(buuchinh.intake.__file__).parent
MODULES: tuple[ModuleType, ...] = (
    *(import_module(f"buuchinh.intake.{path.stem}") for path in sorted(INTAKE.glob("[a-z]*.py"))),
    *(text, codes, units, answers),
)
PATTERNS = {
    f"{module.__name__}.{name}": value
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, re.Pattern)
}
PUMPS = (
    *(" ", "\n", "\r", "\t", '"', '""', '" ', "\\", '\\"', "{", "{ ", '{"', "[", "[]", "(", ".", "..", ",", ", ", ":"),
    *(
        "a",
        "A",
        "0",
        "1.",
        "0,",
        "1 ",
        "-",
        "_",
        "/",
        "%",
        "\n%",
        "\n ",
        "\r\n",
        "é",
        "\u0300",
        "\u0300\u0327",
        "\ud83d",
    ),
    *(
        "\\ud83d",
        "\\udc00",
        "\\u",
        "submit(",
        "submit( ",
        'submit("',
        "ask(",
        'ask("bt90',
        '"cells" ',
        '"cells":',
        '"x":',
    ),
    *(
        '"outputs"',
        '"outputs" ',
        '"outputs":',
        '"outputs":[',
        '"attachments" ',
        '"attachments":',
        '"attachments":{',
        "data:image/",
        "data:image/png;base64,",
        "A\n",
        '"answers":',
        '"answers" ',
        '{"cell_type"',
        '{"cell_type" ',
    ),
    *('"ab12-x', '"ab12-x" ', '"ab12-x":', '"unit":', '"unit" ', ".txt", ".zip", ".ipynb", "bt90", "GL-0123-Q ", "con"),
    *("answers", "receipt", "answers.", "kt1", "kt1 ", "l01", "on-tap", "1.0.", "2026-11-25", "x-y.", "(1) "),
)
SIZES = (300, 3_000, 30_000, 300_000)
MOST = 30
"""Times as long for ten times as much: linear is ten, a square a hundred, and a machine has other things to do."""
SHORT = 0.004
"""Seconds that are too short to be told from chance."""


def took(run: Callable[[str], object], made: str) -> float:
    began = time.process_time()
    run(made)
    return time.process_time() - began


def grows_too_fast(run: Callable[[str], object], pump: str, head: str = "", sizes: tuple[int, ...] = SIZES) -> str:
    """Return what grew faster than its length, "" where nothing did."""
    last = SHORT
    for size in sizes:
        made = head + pump * (size // len(pump)) + "\x01"
        now = took(run, made)
        if now > MOST * max(last, SHORT) and took(run, made) > MOST * max(last, SHORT):
            return f"{head!r} + {pump!r} * {size // len(pump)}: {now:.3f} s after {last:.3f} s"
        last = now
    return ""


def ways(name: str, pattern: re.Pattern[str] | re.Pattern[bytes]) -> list[Callable[[str], object]]:
    """Return how the package uses a pattern: what is only matched whole is never searched for from every place."""
    module, _, own = name.rpartition(".")
    source = "".join(Path(str(one.__file__)).read_text(encoding="utf-8") for one in MODULES if one.__name__ == module)
    used = set(re.findall(rf"\b{own}\.(\w+)\(", source)) if own.startswith("_") else {"search"}
    whole = {"finditer": "search", "findall": "search", "sub": "search", "split": "search"}
    found = [getattr(pattern, one) for one in {whole.get(one, one) for one in used or {"search"}}]
    as_bytes = isinstance(pattern.pattern, bytes)
    return [partial(_done, do, as_bytes) for do in found if callable(do)]


def _done(do: Callable[[Any], object], as_bytes: bool, made: str) -> object:
    return do(made.encode("utf-8", "surrogatepass") if as_bytes else made)


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_a_pattern_takes_time_by_the_length_of_the_text(name: str) -> None:
    for run in ways(name, PATTERNS[name]):
        pairs = [(head, pump) for head in ("", *PUMPS) for pump in PUMPS]
        slowest = sorted(pairs, key=lambda pair: -took(run, pair[0] + pair[1] * 60 + "\x01"))[:25]
        assert not [told for head, pump in slowest if (told := grows_too_fast(run, pump, head))]


READERS: dict[str, Callable[[str], object]] = {
    "nfc": text.nfc,
    "visible": text.visible,
    "fold": text.fold,
    "notebook": lambda made: salvage.notebook(made.encode("utf-8", "surrogatepass")),
    "cells": lambda made: salvage.notebook(('{"cells": [' + made).encode("utf-8", "surrogatepass")),
    "answers": lambda made: salvage.answers(('{"answers": {' + made).encode("utf-8", "surrogatepass")),
    "journal": lambda made: salvage.journal(made.encode("utf-8", "surrogatepass")),
    "receipt": lambda made: check_receipt.parse(made.encode("utf-8", "surrogatepass")),
    "kind": lambda made: filetypes.kind_by_content("unclear", ("{" + made).encode("utf-8", "surrogatepass")),
}
OF_NAMES: dict[str, Callable[[str], object]] = {
    "safe": filenames.safe,
    "codes": lambda made: filenames.codes_in([made]),
    "units": lambda made: filenames.units_in([made]),
    "kind by name": filetypes.kind_by_name,
    "entry": lambda made: filenames.entry_name(made, 0),
}


@pytest.mark.parametrize("name", READERS)
def test_a_reader_takes_time_by_the_length_of_a_file(name: str) -> None:
    assert not [told for pump in PUMPS if (told := grows_too_fast(READERS[name], pump))]


@pytest.mark.parametrize("name", OF_NAMES)
def test_a_name_is_looked_at_in_time_by_its_length(name: str) -> None:
    """A name has a thousand signs at most; these have ten times as many."""
    assert not [told for pump in PUMPS if (told := grows_too_fast(OF_NAMES[name], pump, sizes=(1_000, 10_000)))]


def test_a_square_is_seen() -> None:
    square = re.compile(r"^\s*[%!?].*$", re.MULTILINE)
    assert grows_too_fast(square.search, "\n", sizes=SIZES[:3])
