"""Lays a page of feedback out as 0.1.1 did, from what the page tells, so that it can be held to the old page.

The template beside this file is that of 0.1.1.
"""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bs4 import BeautifulSoup, Tag

from buuchinh import pages
from buuchinh.messages import section

_OLD = Path(__file__).with_name("feedback_0_1_1.html.j2")


def as_it_was_laid_out(page: bytes) -> bytes:
    """Return what a page tells of points, verdict, remarks and provisions in the layout of 0.1.1, to be compared whole.

    What may differ, and is undone here, because a page of 19,000 pixels and 13 sheets was read by nobody:

    - questions stand by what is to be read first, not by number; what was right is folded;
    - a provision or source is cited in its question and has its standing and the number of its law in one list;
    - each value of a question with code shows whether it is right: 0.1.1 said so of the whole alone;
    - what waits for a person is called "Chờ xem" as it is in exams, no longer "Chờ chấm tay";
    - there is a sheet for paper behind the page, with nothing that the page does not have.

    How a page looks (its style) is not compared. All else is, byte by byte: a sentence that is lost, another figure or
    a remark on an option that was not chosen makes another page.
    """
    soup = BeautifulSoup(page.decode("utf-8"), "html.parser")
    main = soup.main
    assert main
    facts = {_text(one.dt): _text(one.dd) for one in main.select(".facts div")}
    words = section("results.feedback")
    result = _one(main, ".result")
    title = soup.title.get_text() if soup.title else ""
    handed_in = facts.get(words["handed_in"], "")
    total = _one(result, ".total").get_text()
    bar, mark_at = (str(_one(result, f".bar {name}")["style"]).partition(":")[2].rstrip("%") for name in ("span", "i"))
    told = {
        "words": words,
        "course": _text(main.select_one(".over")),
        "title": _text(main.h1).removeprefix(f"{words['heading']}: "),
        "standing": SimpleNamespace(
            unit=title.removeprefix(f"{words['heading']}: ").partition(", ")[0],
            code=facts[words["code"]],
            version=facts[words["version"]],
            late=handed_in.endswith(f" ({words['late']})"),
        ),
        "handed_in": handed_in.removesuffix(f" ({words['late']})"),
        "graded_at": facts[words["graded_at"]],
        "verdict": result["class"][-1],
        "verdict_word": _text(result.select_one(".verdict")),
        "points": _text(result.strong),
        "most": total.partition("/")[2].partition(" ")[0],
        "percent": total.rpartition("(")[2].removesuffix(" %)"),
        "width": bar,
        "mark_at": mark_at,
        "mark": _text(result.em).removeprefix("mức đạt ").removesuffix(" %"),
        **_said(result, words),
        "again": [_text(one) for one in main.select(".again li")],
        "objectives": [_objective(row) for row in main.select(".objectives tbody tr")],
        "rules": [],
        "questions": _questions(main),
        "footer": _text(main.footer),
    }
    return pages.template(_OLD, paragraphs=list).render(told).encode("utf-8")


def without_style(page: bytes) -> bytes:
    """Return a page without the rules of how it looks, which may change."""
    return re.sub(rb"<style>.*?</style>", b"", page, flags=re.DOTALL)


def sheets_of(page: bytes) -> list[bytes]:
    """Return the sheets for paper in a page of one trainee, or in the file of a class."""
    return re.findall(rb'<section class="sheet".*?</section>', page, flags=re.DOTALL)


def _said(result: Tag, words: dict[str, Any]) -> dict[str, Any]:
    """Tell the sentences of the result apart by what they are."""
    sentence, *others = (one for one in result.find_all("p", recursive=False))
    notes = [one for one in others if one.has_attr("class")]
    plain = [one for one in others if one not in notes]
    critical = [one for one in plain if one.strong]
    start, end = words["pending_note"].split("{pending}")
    waiting = [_text(one) for one in plain if _text(one).startswith(start) and _text(one).endswith(end)]
    near = [_text(one) for one in plain if one not in critical and _text(one) not in waiting]
    return {
        "sentence": _text(sentence),
        "near": "".join(near),
        "changes": [_text(one).removeprefix(f"{words['changed']}. ") for one in notes],
        "criticals": "".join(map(_text, critical)),
        "pending": "".join(waiting).removeprefix(start).removesuffix(end),
    }


def _objective(row: Tag) -> dict[str, str]:
    word = _one(row, ".badge")
    points = _text(row.td).removeprefix(_text(word))
    return {"state": row["class"][0], "title": _text(row.th), "word": _text(word), "points": points}


def _questions(main: Tag) -> list[dict[str, Any]]:
    standing = {}
    for head in main.select(".grounds h3"):
        since = head.span.extract().get_text() if head.span else ""
        document = head.get_text().strip() if since else ""
        for one in _next_list(head).find_all("li"):
            place = _text(one.span)
            words = place if place == document else " ".join(filter(None, (place, document)))
            standing[_text(one.b)] = {"words": words, "days": since, "confidence": ""}
    found = [_question(one, standing) for one in main.select("details")]
    return sorted(found, key=lambda question: int(question["number"]))


def _next_list(head: Tag) -> Tag:
    found = head.find_next("ol")
    assert isinstance(found, Tag)
    return found


def _question(one: Tag, standing: dict[str, dict[str, str]]) -> dict[str, Any]:
    number, _, title = _text(one.h3).removeprefix("Câu ").partition(". ")
    state = one["class"][-1]
    inside = _one(one, ".inside")
    note = inside.select_one(".note")
    reason = next((p for p in inside.find_all("p", recursive=False) if p.strong and p != note), None)
    return {
        "number": number,
        "title": title,
        "state": state,
        "word": "Chờ chấm tay" if state == "open" else _text(one.select_one(".badge")),
        "points": _text(one.select_one(".points")),
        "critical": inside.select_one(".critical") is not None,
        "stem": [_text(part) for part in inside.select(".stem")],
        "lines": [_line(line) for line in inside.select(".lines li")],
        "reason": _text(reason),
        "rule": "",
        "comment": note.get_text().partition(": ")[2] if note else "",
        "basis": [standing[_text(link)] for link in inside.select(".basis a")],
    }


def _line(line: Tag) -> dict[str, Any]:
    label, chosen = line.select_one(".label"), line.select_one(".choice")
    last = next((p for p in line.find_all("p") if p not in (label, chosen)), None)
    right = {"yes": True, "no": False, "plain": None}[line["class"][0]]
    remark = ""
    if last:
        sign = last.select_one(".sign")
        word = sign.extract().get_text()[1:].strip() if sign else ""
        remark = last.get_text()
        assert not (word and remark.startswith(word))
    of_a_value = line.parent is not None and "values" in line.parent["class"] and label is not None
    if of_a_value:
        right, remark = None, "" if remark == section("questions.feedback")["in_part"] else remark
    return {"label": _text(label), "chosen": chosen.get_text() if chosen else "", "right": right, "remark": remark}


def _one(within: Tag, selector: str) -> Tag:
    found = within.select_one(selector)
    assert found, selector
    return found


def _text(tag: Tag | None) -> str:
    return tag.get_text().strip() if tag else ""
