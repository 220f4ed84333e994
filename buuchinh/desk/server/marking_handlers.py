"""Serve the page on which answers are marked by hand, and store its marks.

This is HTTP around ``question_page`` and ``save_mark``. All database work runs in one thread, so that a save which
waits for another writer holds up no other page.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web

from buuchinh import routes
from buuchinh.desk.actions import last_change
from buuchinh.desk.marking import earlier_comments, overview, question_page, queue, save_mark
from buuchinh.desk.marking.save_mark import Conflict, Mark, Seen, Unwritable
from buuchinh.desk.naming import projection
from buuchinh.desk.server.request import InThreads, PageRequest, sent_json
from buuchinh.errors import KitError
from buuchinh.messages import say, section

_LONGEST = 64_000
_UNIT, _QUESTION, _HIDDEN = r"([a-z0-9]{2,16})", r"([a-z0-9-]{2,64})", r"([0-9a-f]{16})"


def add_routes(server_app: Any) -> None:
    """Add the page's addresses, below the desk's, to a running Jupyter server's web application."""
    thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ban-cham")
    base = url_path_join(server_app.settings["base_url"], routes.DESK)
    given = {"reading": thread, "writing": thread}
    server_app.add_handlers(
        ".*$",
        [
            (url_path_join(base, "cham"), Overview, given),
            (url_path_join(base, f"cham/{_UNIT}"), FirstQuestion, given),
            (url_path_join(base, f"cham/{_UNIT}/{_QUESTION}"), MarkingPage, given),
            (url_path_join(base, f"cham/{_UNIT}/{_QUESTION}/bai"), Answers, given),
            (url_path_join(base, f"cham/{_UNIT}/{_QUESTION}/hinh/{_HIDDEN}/([0-9]{{1,2}})"), Picture, given),
            (url_path_join(base, f"diem/{_UNIT}/{_QUESTION}/{_HIDDEN}"), Points, given),
        ],
    )


class _DataRequest(InThreads, JupyterHandler):
    """A request of the page's script; refusals are sentences."""

    def answer(self, value: Any, status: int = 200) -> None:
        """Write ``value`` as JSON, which no browser may keep."""
        self.set_status(status)
        self.set_header("Content-Type", "application/json; charset=UTF-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps(value, ensure_ascii=False, allow_nan=False))

    def refuse(self, error: KitError) -> None:
        """Write a refusal: its sentence, and what the gradebook has if that was changed elsewhere."""
        if isinstance(error, Conflict):
            comment = projection.shown(error.comment)
            now = {"points": error.points, "comment": comment, "answer_changed": error.answer_changed}
            lines = (
                {"lines": dict(error.ticks.lines), "typed": error.ticks.typed}
                if error.ticks
                else {"lines": None, "typed": False}
            )
            self.answer({"sentence": str(error), **now, **lines}, 409)
        else:
            self.answer({"sentence": str(error)}, 423 if isinstance(error, Unwritable) else 422)

    def write_error(self, status_code: int, **given: Any) -> None:
        """Write the sentence that says why."""
        error = given.get("exc_info", (None, None, None))[1]
        self.answer({"sentence": self.sentence(status_code, error)["message"]}, status_code)


class MarkingPage(InThreads, PageRequest):
    """The page for one question."""

    @web.authenticated
    def get(self, unit: str, question: str) -> None:
        """Write the page, which then asks for the answers itself."""
        self.write_page("marking.html.j2", words=section("desk.marking.page"), unit=unit, question=question)


class Overview(InThreads, PageRequest):
    """The list of questions marked by hand, with the number of answers that wait in each."""

    @web.authenticated
    async def get(self) -> None:
        """Write the list of questions, or redirect to the only one."""
        units = await self.read(overview.payload)
        if not units:
            raise KitError(say("desk.marking.nothing"), say("desk.marking.nobody_way_out"))
        if len(units) == 1 and len(units[0]["questions"]) == 1:
            self.redirect(url_path_join(self.base_url, routes.DESK, "cham", units[0]["unit"]))
            return
        words = section("desk.marking.overview")
        self.write_page("marking_overview.html.j2", words=words, units=units, counted=overview.counted(units))


class FirstQuestion(InThreads, PageRequest):
    """The address of a unit, which leads to its first question that waits."""

    @web.authenticated
    async def get(self, unit: str) -> None:
        """Redirect to the first question with answers that wait, or else to the first that a person marks."""
        counts = await self.read(queue.waiting, unit)
        names = [name for name, (waits, _) in counts.items() if waits] or list(counts)
        if not names:
            raise KitError(say("desk.marking.nothing"), say("desk.marking.nobody_way_out"))
        self.redirect(url_path_join(self.base_url, routes.DESK, "cham", unit, names[0]))


class Answers(_DataRequest):
    """All answers to one question, as JSON."""

    @web.authenticated
    async def get(self, unit: str, question: str) -> None:
        """Write the answers with their points, or a sentence if there are none."""
        try:
            found = await self.read(question_page.of, unit, question)
            comments = [one for one in found["comments"] if projection.shown(one[0]) == one[0]]
            self.answer(found | {"people": projection.shown(found["people"]), "comments": comments})
        except KitError as error:
            self.answer({"sentence": str(error)}, 404)


class Picture(_DataRequest):
    """A picture that a trainee's code drew."""

    @web.authenticated
    async def get(self, unit: str, question: str, hidden: str, number: str) -> None:
        """Write the picture as PNG."""
        try:
            png = await self.read(question_page.picture, unit, question, hidden, int(number))
        except KitError as error:
            raise web.HTTPError(404) from error
        self.set_header("Content-Type", "image/png")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "no-store")
        self.finish(png)


class Points(_DataRequest):
    """One answer's mark."""

    @web.authenticated
    async def put(self, unit: str, question: str, hidden: str) -> None:
        """Store a mark, and write what the gradebook has now."""
        try:
            mark, seen = _read(self.request.body)
            saved = await self.read(_save, unit, question, hidden, mark, seen)
        except KitError as error:
            self.refuse(error)
            return
        hour = f"{saved.at:%H:%M}"
        self.answer({"points": saved.points, "comment": projection.shown(saved.comment), "hour": hour})


def _save(unit: str, question: str, hidden: str, mark: Mark, seen: Seen) -> save_mark.Saved:
    code = queue.code_behind(unit, question, hidden)
    if projection.on():  # the page has the comment without names, and what it leaves as it is stays
        stored = earlier_comments.by_code(unit, question).get(code) or ""
        shown = projection.shown(stored)
        seen = replace(seen, comment=stored) if seen.comment == shown else seen
        mark = replace(mark, comment=stored) if mark.comment == shown else mark
    saved = save_mark.save(unit, question, code, mark, seen)
    last_change.keep("marks")
    return saved


def _read(body: bytes) -> tuple[Mark, Seen]:
    """Return what the page sent; raise ``KitError`` if it is anything else."""
    try:
        found = sent_json(body[:_LONGEST])
        return _mark(found), _seen(found["seen"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise KitError(say("desk.marking.not_understood")) from error


def _mark(found: Mapping[str, Any]) -> Mark:
    typed, comment = found["typed"], found["comment"]
    lines = {str(name): tick for name, tick in found["lines"].items()}
    if not isinstance(typed, str | None) or not isinstance(comment, str) or not set(lines.values()) <= {"full", "half"}:
        raise TypeError(found)
    return Mark(typed, lines, comment, half=found.get("half") is True)


def _seen(found: Mapping[str, Any]) -> Seen:
    points, comment, fingerprint = found["points"], found["comment"], found["fingerprint"]
    if isinstance(points, bool) or not isinstance(points, int | float | None):
        raise TypeError(points)
    if not isinstance(comment, str) or not isinstance(fingerprint, str):
        raise TypeError(found)
    lines = found.get("lines")
    if not isinstance(lines, dict | None) or not set((lines or {}).values()) <= {"full", "half"}:
        raise TypeError(lines)
    return Seen(None if points is None else float(points), comment, fingerprint, lines)
