"""Convert committed notebooks to screens, with text as HTML and questions by id, without running a kernel.

A screen is a section with a heading of level 2. A heading of level 3 also begins a screen if the screen before it
already has a question or an explorer (an interactive chart). The page shows live questions instead of their stored
stand-ins; other outputs are shown as committed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import mistune

from buuchinh import course, routes
from buuchinh.learner.data.types import Displayed
from buuchinh.messages import say
from buuchinh.notebooks import (
    DISPLAY_FUNCTIONS,
    FOLD,
    calls_in,
    in_core,
    marks_of,
    read_notebook,
    source_of,
)
from buuchinh.release.source import WORDS_CELL

_PARTS = ("ask", "test", "hand_in", "our_numbers", "citations", "drill")
"""The functions whose output becomes a part of a page; if a cell calls several, the first in this order is shown."""
_DRILL_OF_LESSON = str(DISPLAY_FUNCTIONS["drill"].default)
_SHEETS = {
    "phu-luc/the-khan-cap.html": routes.link(routes.EMERGENCY),
    "phu-luc/nhan-dien-thoai.html": routes.link(routes.STICKERS),
}
"""The sheets to print that also exist as pages on a site, where they include the office's own numbers."""
_HEADING = re.compile(r"^#{1,2} +(.+?) *$", re.MULTILINE)
_NOTEBOOK = re.compile(r'<a href="(\d\d)-[\w-]+\.ipynb">')
_FILE = re.compile(r'(?:src|href)="((?:hinh|phu-luc)/[\w.-]+)"')
_OF_THE_LAB = re.compile(r"^1\. (?:Bấm|Thấy nút) \*\*Bắt đầu bài học\*\*[^.\n]*\.(?: |\n2\. )", re.MULTILINE)
"""The instruction about JupyterLab's start button, which pages do not have."""
_RUN_AGAIN = re.compile(r"Bấm \*\*Chạy lại từ đầu\*\*[^.\n]*, rồi bấm nút")
"""The instruction about the button that reruns a notebook."""
_STILL_EMPTY = re.compile(r"^Xem lại các câu còn trống, rồi bấm nút\.\n?", re.MULTILINE)
"""The reminder to answer all questions before submitting; pages list unanswered questions themselves."""
_NO_CODE_HERE = {
    r"ô mã ở (Phần \d+) dành thêm cho": r"phần làm thêm trong JupyterLab ở \1 dành cho",
    r"làm trong ô mã ở cuối phần": "làm trong JupyterLab",
    r"ở ô mã bên dưới": "trong JupyterLab",
    r"Chép sang ô mã\b": "Chép sang ô mã trong JupyterLab",
}
"""Phrases about code cells, which pages do not have, with their replacements."""
_SAID_OF_PAGES = {
    r"Cuối trang, bấm \*\*Nộp bài\*\*": "Làm hết các câu thì bấm **Xem lại và nộp**, rồi **Nộp bài**",
    r"người hướng dẫn": "người phụ trách lớp",
    r"Giảng viên (?=chấm)": "Người phụ trách lớp ",
}
"""Phrases of released exercises, which never change, with the words that pages use in their place."""
_SHOWN = frozenset({"text/html", "text/markdown", "text/plain", "image/png"})
_BY_HAND = "giao-dien"
"""The tag of cells with internal code, which is hidden from trainees."""
_EXPLORER = "kham-pha"
"""The tag of explorer cells, whose few lines of drawing code officers may display."""
_OPENED = ' class="hoc-explorer"'


@dataclass
class Screen:
    """A screen: a heading followed by parts, each of which is HTML or the id of a question.

    A practice question within an exercise is a part named ``try`` instead of ``ask`` and has no number. ``extra`` marks
    a folded section, which the main path through the lesson skips.
    """

    title: str
    extra: bool = False
    parts: list[dict[str, str]] = field(default_factory=list)

    @property
    def questions(self) -> list[str]:
        """The ids of the questions on this screen."""
        return [part["ask"] for part in self.parts if "ask" in part]

    @property
    def whole(self) -> bool:
        """Whether the screen has a question or an explorer, so that a heading of level 3 begins the next screen."""
        return bool(self.questions) or any(_OPENED in part.get("html", "") for part in self.parts)


@dataclass(frozen=True)
class NotebookPage:
    """A notebook converted to a title and a sequence of screens."""

    title: str
    screens: tuple[Screen, ...]

    @property
    def files(self) -> list[str]:
        """The files in the notebook's folder that the screens show or link to, without duplicates."""
        texts = (part.get("html", "") for screen in self.screens for part in screen.parts)
        names = (name for text in texts for name in _FILE.findall(text))
        return list(dict.fromkeys(names))


def read(path: Path, displayed: Displayed | None = None) -> NotebookPage:
    """Return the committed notebook at ``path`` as screens.

    ``displayed`` holds additional outputs by cell id, as a kernel would produce them. If it is given, the page is shown
    outside a notebook, so text that mentions code cells is reworded.
    """
    screens: list[Screen] = []
    title = path.stem
    cells = read_notebook(path)["cells"]
    copied_to = {marks["grade_id"] + WORDS_CELL for cell in cells if (marks := marks_of(cell)).get("task")}
    for cell, open_ in zip(cells, in_core(cells), strict=True):
        source = source_of(cell)
        if cell["cell_type"] == "markdown":
            source = _as_pages_say(source if displayed is None else without_code(source))
        if _is_for_words(cell) or cell.get("id", "") in copied_to:
            continue  # the target of copied answers, with nothing to read
        extra = not open_ or cell["metadata"].get(FOLD) is True
        if cell["cell_type"] == "markdown":
            heading = _HEADING.search(source)
            if heading and source.startswith("# "):
                title = heading[1]
                screens.append(Screen(say("site.first_screen")))
                source = source.partition("\n")[2]
            elif heading and source.startswith("## "):
                screens.append(Screen(heading[1], extra))
            elif source.startswith("### ") and screens and screens[-1].whole:
                screens.append(Screen(source.partition("\n")[0].lstrip("# "), extra))
            _on(screens, title).parts.append({"html": html_of(_without_buttons(source))})
        elif cell["cell_type"] == "code":
            more = (displayed or {}).get(cell.get("id", ""), [])
            _on(screens, title).parts += _of_code(source, cell | {"outputs": [*cell["outputs"], *more]})
    return NotebookPage(title, tuple(screen for screen in screens if screen.parts))


def _is_for_words(cell: Mapping[str, Any]) -> bool:
    """Whether a cell holds a trainee's written answer, which is graded manually in nbgrader."""
    marks = marks_of(cell)
    return cell["cell_type"] == "markdown" and bool(marks.get("grade") and marks.get("solution"))


def _without_buttons(text: str) -> str:
    """Return ``text`` without instructions about JupyterLab's buttons."""
    return _STILL_EMPTY.sub("", _RUN_AGAIN.sub("Bấm nút", _OF_THE_LAB.sub("1. ", text)))


def without_code(text: str) -> str:
    """Return an exercise's text, reworded for a page that has no code cells."""
    return _reworded(text, _NO_CODE_HERE)


def _as_pages_say(text: str) -> str:
    """Return ``text`` in the words of the pages around it."""
    return _reworded(text, _SAID_OF_PAGES)


def _reworded(text: str, phrases: Mapping[str, str]) -> str:
    for phrase, replacement in phrases.items():
        text = re.sub(phrase, replacement, text)
    return text


def is_given(cell: Mapping[str, Any]) -> bool:
    """Whether a cell has internal code that prepares or shows data for questions, without displaying a page part."""
    by_hand = cell["cell_type"] == "code" and _BY_HAND in cell["metadata"].get("tags", ())
    return by_hand and not _parts_of(source_of(cell))


def _on(screens: list[Screen], title: str) -> Screen:
    if not screens:
        screens.append(Screen(title))
    return screens[-1]


def html_of(text: str) -> str:
    """Convert Markdown to HTML; links to lessons and to sheets to print are replaced by links to their pages."""
    page_html = str(mistune.create_markdown(escape=False, plugins=["table", "strikethrough"])(text))
    page_html = _NOTEBOOK.sub(r'<a href="#/l\1">', page_html)
    for sheet, address in _SHEETS.items():
        page_html = page_html.replace(f'href="{sheet}"', f'href="{address}"')
    return page_html.replace("<table>", '<div class="hoc-wide" tabindex="0"><table>').replace(
        "</table>", "</table></div>"
    )


def _of_code(source: str, cell: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Yield the page parts of a code cell: the parts that it displays, or else its code and outputs.

    Such parts are questions, a test, a submission button and the like.
    """
    if parts := _parts_of(source):
        yield from parts
    else:
        shown = "".join(map(_of_output, cell["outputs"]))
        if shown and cell["metadata"].get("jupyter", {}).get("outputs_hidden"):
            shown = f"<details><summary>{say('site.shown_result')}</summary>{shown}</details>"
        tags = cell["metadata"].get("tags", ())
        if _BY_HAND not in tags and source.strip() and shown:
            code, explorer = html.escape(source), _EXPLORER in tags
            summary = say("site.code_of_picture") if explorer else say("site.code")
            shown = (
                f"<details{_OPENED if explorer else ''}><summary>{summary}</summary><pre>{code}</pre></details>{shown}"
            )
        if shown:
            yield {"html": shown}


def _parts_of(source: str) -> list[dict[str, str]]:
    """Return the page parts that a cell displays through one of ``_PARTS``.

    The list is empty if the cell's code and outputs are to be shown instead.
    """
    called: dict[str, list[str]] = {}
    for call in calls_in(source, _PARTS):
        called.setdefault(call.function, []).extend(name for name, _ in call.ids)
    if asked := called.get("ask"):
        return [{"try" if course.is_try(course.unit_of(name)) else "ask": name} for name in asked]
    if test := called.get("test"):
        return [{"test": test[0]}]
    for function in ("hand_in", "our_numbers", "citations"):
        if function in called:
            return [{function: ""}]
    return [{"drill": [*called["drill"], _DRILL_OF_LESSON][0]}] if "drill" in called else []


def _of_output(output: Mapping[str, Any]) -> str:
    if output["output_type"] == "stream":
        return f"<pre>{html.escape(''.join(output['text']))}</pre>"
    data = {kind: "".join(lines) for kind, lines in output.get("data", {}).items() if kind in _SHOWN}
    if "text/html" in data:
        return data["text/html"]
    if "text/markdown" in data:
        return html_of(data["text/markdown"])
    words = html.escape(data.get("text/plain", ""))
    if "image/png" in data:
        return f'<img alt="{words}" src="data:image/png;base64,{data["image/png"].strip()}">'
    return f"<pre>{words}</pre>" if words else ""
