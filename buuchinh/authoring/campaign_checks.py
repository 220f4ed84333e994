"""Check the awareness campaign's printed sheets: the law and amounts they state, and that they do not ask for names.

A sheet that lacks its QR code because ``course.toml`` gives no web address gets a note and is not a problem.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import partial

from buuchinh import course, disk_cache, law
from buuchinh.authoring import lint
from buuchinh.authoring.citable import CitableIds
from buuchinh.authoring.lint import legal
from buuchinh.authoring.lint.duties import is_duty
from buuchinh.authoring.lint.wordlists import words
from buuchinh.authoring.question_checks import question_faults
from buuchinh.campaign import sheet_texts
from buuchinh.campaign.sheet_texts import SheetFile, SheetText
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say
from buuchinh.questions import question_bank

QUESTIONS = 5
"""Number of questions in the quick quiz, which takes three minutes."""


def faults(citable: CitableIds) -> list[Problem]:
    """Return the problems found in the campaign's sheets and quiz, or an empty list if the course has no campaign."""
    try:
        problems = [problem for written in sheet_texts.sheets() for problem in _sheet(written, citable)]
    except KitError as error:
        problems = error.problems
    return [*problems, *_quiz(citable)]


def notes() -> list[str]:
    """Return a note on the sheets that lack their QR code because the course has no web address, or an empty list."""
    try:
        led = [written for written in sheet_texts.sheets() if written.sheet.code]
        url = course.settings().site.url
    except KitError:
        return []  # faults() reports it
    return [say("authoring.campaign.no_url", count=len(led))] if led and not url else []


def _sheet(written: SheetFile, citable: CitableIds) -> Iterator[Problem]:
    lines = written.path.read_text(encoding="utf-8-sig").splitlines()
    for number, line in enumerate(lines, 1):
        if not unicodedata.is_normalized("NFC", line):
            words_of = "authoring.lint.not-nfc"
            yield Problem(written.shown, number, say(f"{words_of}.says"), say(f"{words_of}.way_out"))
    for text in written.texts():
        yield from _text_faults(text, citable)
        if written.sheet.nameless and (asked := _asks_for_a_person(text.text)):
            yield _problem(text, "names", words=asked)


def _text_faults(text: SheetText, citable: CitableIds) -> Iterator[Problem]:
    strange = [fault for ref in text.provisions for fault in citable.law_faults(ref, text.path, text.line)]
    yield from strange
    if not citable.law_readable or strange:
        return
    if not text.provisions and (legal_words := _speaks_of_law(text.text)):
        yield _problem(text, "without_provision", words=legal_words)
    for place in legal.places(text.text):
        if text.provisions and not legal.rests_on(place, text.provisions):
            yield _problem(text, "other_place", words=str(place))
    cited = [period for ref in text.provisions for period in law.periods(ref)]
    for amount in legal.strange_fines(text.text, cited):
        yield _problem(text, "other_amount", words=amount)


def _speaks_of_law(text: str) -> str:
    """Return the words with which ``text`` states a legal duty, ban or fine, or "" if it states none."""
    for pattern in words("legal-link", "words"):
        if match := re.search(pattern, text):
            return match[0]
    return text if is_duty(text) else ""


def _asks_for_a_person(text: str) -> str:
    match = re.search("|".join(words("nameless", "words")), text, re.IGNORECASE)
    return match[0] if match else ""


def _quiz(citable: CitableIds) -> Iterator[Problem]:
    path = sheet_texts.quiz_path()
    if path is None:
        return
    try:
        file = question_bank.load(path)
    except KitError as error:
        yield from error.problems
        return
    shown = question_bank.shown(path)
    if file.unit != path.stem:
        yield Problem(shown, 1, say("authoring.check.wrong_unit", unit=file.unit, name=path.stem))
    if len(file.questions) != QUESTIONS:
        yield Problem(shown, 0, say("authoring.campaign.quiz_length", count=len(file.questions), wanted=QUESTIONS))
    items = lint.items(path, file)
    yield from disk_cache.problems(f"questions-{shown}", [path], partial(question_faults, path, file, citable))
    yield from disk_cache.problems(f"lint-{shown}", [path], partial(lint.item_faults, items))


def _problem(text: SheetText, fault: str, **values: str) -> Problem:
    way_out = say(f"authoring.campaign.way_out.{fault}")
    return Problem(text.path, text.line, say(f"authoring.campaign.{fault}", **values), way_out)
