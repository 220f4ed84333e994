"""Handle Vietnamese text: normalise it, compare it without tone marks, and parse and format numbers and dates.

Text from outside is first made safe here: runs of combining marks are limited (``nfc``), and control characters that
could affect terminals and spreadsheets are removed (``visible``).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal

_MOST_MARKS = 30
"""Maximum number of marks on a letter, as in Unicode's Stream-Safe Text Format; no language needs more than six."""
_HIDDEN_MARKS = "\u0f73\u0f75\u0f81"
"""Tibetan vowels that are not classified as combining marks but decompose into two marks."""
_BREAKS = re.compile(r"\r\n?|\u0085|[\u2028\u2029]")
_TURNS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_TURNING_MARKS = "\u200e\u200f\u061c"
_WITHOUT_MARKS = re.compile("[\x00-\u02ff\u1e00-\u1eff\u2010-\u2027\u2030-\u205e]*")
"""Pattern for Vietnamese text as usually typed, with precomposed letters and punctuation."""
_SPACES = re.compile(r"\s+")
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+")
"""Pattern for zero-width characters, which are often copied from chats, web pages and PDFs.

The list is explicit, so the browser's script has the same list regardless of its Unicode version.
"""
_JOINERS = re.compile("[\u200c\u200d]")
"""Pattern for zero-width characters that some languages need between two letters."""
_FULL_WIDTH = {sign: sign - 0xFEE0 for sign in range(0xFF01, 0xFF5F)}
"""Mapping from full-width characters, which some keyboards produce, to ordinary letters, digits and punctuation."""
_ALIKE = {ord("ð"): "đ", ord("ɖ"): "đ"}
"""Mapping from foreign letters whose capital form looks like Đ, which some keyboards produce, to đ."""
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\0\u0300\u0309\u0303\u0301\u0323"
"""The combining marks of the tones in the order of dictionaries; the first place is of a letter without one."""
_DATE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_NUMBER = re.compile(r"(?P<sign>[+\-−–]?)\s*(?P<digits>[0-9][0-9., \u00a0\u202f]*)(?P<unit>.*)", re.DOTALL)


class AmbiguousNumber(ValueError):
    """A number that can be read in two ways, such as ``1.234`` or ``1,234``."""


def nfc(text: str) -> str:
    """Return ``text`` in Unicode normal form C, the only form that the kit stores.

    Only the first thirty marks on a letter are kept: normalising a run of marks takes quadratic time, so a single file
    with a long run would delay a whole class.
    """
    if text.isascii():
        return text
    if len(text) > _MOST_MARKS and not _WITHOUT_MARKS.fullmatch(text):
        marks = [sign for sign in set(text) if unicodedata.combining(sign) or sign in _HIDDEN_MARKS]
        if marks:
            run = re.escape("".join(sorted(marks)))
            text = re.sub(rf"([{run}]{{{_MOST_MARKS}}})[{run}]+", r"\1", text)
    return unicodedata.normalize("NFC", text)


def visible(text: str, *, lines: bool = False) -> str:
    """Return text from outside without control characters that could affect terminals, workbooks and browsers.

    A control character is replaced with a space (Word's line break within a cell is such a character), a character that
    changes the direction of text is removed, and a lone surrogate becomes the replacement character. With ``lines``,
    line ends and tabs are kept.
    """
    if text.isprintable():
        return text
    text = _BREAKS.sub("\n", text)
    return "".join(sign if sign.isprintable() or (lines and sign in "\n\t") else _shown(sign) for sign in text)


def _shown(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Cc":
        return " "
    if unicodedata.bidirectional(sign) in _TURNS or sign in _TURNING_MARKS:
        return ""
    return "\ufffd" if kind == "Cs" or ord(sign) & 0xFFFE == 0xFFFE else sign


def as_seen(text: str) -> str:
    """Return ``text`` without invisible characters, and with full-width digits and letters in their usual form.

    Use the result only for comparison; the kit stores text as it was typed.
    """
    if text.isascii():
        return text
    text = _UNSEEN.sub("", text)
    return _JOINERS.sub(_joining, text).translate(_FULL_WIDTH)


def _joining(found: re.Match[str]) -> str:
    beside = (found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 1])
    return found[0] if all(sign and unicodedata.category(sign).startswith("L") for sign in beside) else ""


def fold(text: str, *, marks: bool = False) -> str:
    """Return ``text`` normalised for comparison: visible characters, NFC, lower case and single spaces.

    Unless ``marks`` is True, tone marks and vowel signs are dropped and đ becomes d, so ``"lừa đảo"`` and ``"lua dao"``
    are equal.
    """
    text = _SPACES.sub(" ", nfc(as_seen(text))).strip().lower()
    if text.isascii():
        return text
    text = text.translate(_ALIKE)
    if marks:
        return text
    stripped = unicodedata.normalize("NFD", text)
    stripped = stripped.translate({ord(sign): None for sign in set(stripped) if unicodedata.combining(sign)})
    return unicodedata.normalize("NFC", stripped.replace("đ", "d"))


def order(text: str) -> tuple[object, ...]:
    """Return a key to sort by as Vietnamese lists do: a, ă, â, b; “số 2” before “số 10”; the tone decides last.

    The tones follow each other as in dictionaries: none, huyền, hỏi, ngã, sắc, nặng.
    """
    letters: list[str] = []
    tones: list[int] = []
    for sign in unicodedata.normalize("NFD", fold(text, marks=True)):
        if sign in _TONES:
            tones[-1:] = [_TONES.index(sign)]
        elif unicodedata.combining(sign) and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + sign)
        else:
            letters.append(sign)
            tones.append(0)
    return tuple(map(_place, re.findall(r"\d+|\D", "".join(letters)))), tuple(tones)


def _place(run: str) -> tuple[int, int, str]:
    """Return where a sign or a run of digits stands: other signs, numbers by their value, letters, foreign letters."""
    if run.isdecimal():
        digits = run.lstrip("0")
        return 1, len(digits), digits
    place = _ALPHABET.find(run)
    return (2 if run.isalpha() else 0), place if place >= 0 else len(_ALPHABET), run


def raised(text: str) -> str:
    """Return ``text`` with its first letter capitalised and the rest unchanged."""
    return text[:1].upper() + text[1:]


def parse_number(text: str, *, units: tuple[str, ...] = ()) -> float:
    """Parse a number in any Vietnamese notation: ``12,5``, ``1.234,5``, ``12.5``, ``1 234`` or ``12,5 %``.

    ``units`` contains the words that may follow the number. Raise ``AmbiguousNumber`` if a single separator is followed
    by exactly three digits (some people read ``1.234`` as 1234, others as 1,234), or ``ValueError`` for anything else
    that is not a number.
    """
    match = _NUMBER.fullmatch(nfc(as_seen(text)).strip())
    if not match:
        raise ValueError(text)
    unit = fold(match["unit"], marks=True)
    if unit and unit not in {fold(known, marks=True) for known in units}:
        raise ValueError(text)
    digits = match["digits"].strip()
    number = Decimal(_plain(digits))
    return float(-number if match["sign"] in {"-", "−", "–"} else number)


def _plain(digits: str) -> str:
    """Return grouped digits in a form that ``Decimal`` reads; raise ``AmbiguousNumber`` if they have two readings."""
    groups = re.split(r"[ \u00a0\u202f]", digits)
    if len(groups) > 1:
        head, *middle = groups
        *middle, last = middle
        whole = re.match(r"\d+", last)
        regular = 1 <= len(head) <= 3 and head.isdigit() and all(len(g) == 3 and g.isdigit() for g in middle)
        if not regular or not whole or len(whole[0]) != 3:
            raise ValueError(digits)
        return _decimal("".join(groups), grouped=True)
    return _decimal(digits, grouped=False)


def _decimal(digits: str, *, grouped: bool) -> str:
    separators = re.findall(r"[.,]", digits)
    if not separators:
        return digits
    if len(set(separators)) == 2:
        group, point = separators[0], separators[-1]
        if separators.count(point) != 1 or not re.fullmatch(rf"\d{{1,3}}(\{group}\d{{3}})+\{point}\d+", digits):
            raise ValueError(digits)
        return digits.replace(group, "").replace(point, ".")
    (mark,) = set(separators)
    if len(separators) > 1:
        if grouped or not re.fullmatch(rf"\d{{1,3}}(\{mark}\d{{3}})+", digits):
            raise ValueError(digits)
        return digits.replace(mark, "")
    whole, fraction = digits.split(mark)
    if not fraction:
        raise ValueError(digits)
    if len(fraction) == 3 and not grouped and 1 <= len(whole) <= 3 and whole.strip("0"):
        raise AmbiguousNumber(digits)
    return f"{whole}.{fraction}"


def format_number(value: float, decimals: int | None = None) -> str:
    """Return a number in Vietnamese notation; for example, ``1234.5`` becomes ``1.234,5``.

    If ``decimals`` is None, show as many decimals as the value needs, up to six.
    """
    try:
        shown = f"{value:,.{6 if decimals is None else decimals}f}"
    except OverflowError:  # an integer beyond the range of floats
        shown = f"{value:,d}"
    if decimals is None and "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown.translate(str.maketrans(",.", ".,"))


def parse_date(text: str) -> date:
    """Parse ``24-11-2021``, ``24/11/2021`` or ``24.11.2021``; raise ``ValueError`` for anything else."""
    match = _DATE.fullmatch(text.strip())
    if not match:
        raise ValueError(text)
    day, month, year = map(int, match.groups())
    return date(year, month, day)


def per_cent(*shares: float) -> str:
    """Return shares (0 to 1) as percentages, such as ``45 %``, or ``20–50 %`` for two shares."""
    return "–".join(format_number(100 * share, 0) for share in shares) + " %"


def format_moment(at: datetime) -> str:
    """Return a date and time in the form ``09:30 24-11-2021``."""
    return f"{at:%H:%M %d-%m-%Y}"


def format_date(day: date) -> str:
    """Return a date in the form ``24-11-2021``."""
    return f"{day:%d-%m-%Y}"
