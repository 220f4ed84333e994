"""Works in JupyterLab's part of the course as a trainee does: run by ``make.py`` with an older kit on the path.

    python tests/older/at_a_desk.py

The course is that of ``BUUCHINH_COURSE``. What is left there below ``bai-lam/`` was written by that kit alone: by its
live pages, its packing, and by a kernel that ran its notebooks. Only doors that both kits have are used.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from buuchinh.live.page import Pages
from nbclient import NotebookClient

from buuchinh.notebook.desk import lay_out

CODE = "GL-0123-Q"
ROOT = Path(os.environ["BUUCHINH_COURSE"])
CODE_OF_A_TASK = """sach = bang.drop_duplicates().copy()
submit("bt06-q1", so_dong=len(bang), so_dong_lap=int(bang.duplicated().sum()), so_vu=len(sach))"""


class Opened:
    """A notebook that is open, without a kernel."""

    def __init__(self, unit: str, *sources: str) -> None:
        self.path = lay_out(unit) if unit else ROOT / "lessons/00-bat-dau.ipynb"
        cells = nbformat.read(self.path, as_version=4).cells
        code = sources or tuple(cell.source for cell in cells if cell.cell_type == "code")
        self._pages = Pages()
        self._page = self._pages.open(self.path.relative_to(ROOT).as_posix(), list(code))

    def say(self, item: dict[str, Any], **content: Any) -> dict[str, Any]:
        heard = self._pages.receive(self._page["page"], item["id"], content)
        assert not [one for one in heard["messages"] if one.get("did") == "refuse"], heard["messages"]
        return heard

    def items(self) -> list[dict[str, Any]]:
        return [item for cell in self._page["cells"] for item in cell or () if "traits" in item]

    def questions(self) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """Return what is asked, each with its question."""
        found = [(item, item["traits"].get("payload", {}).get("question")) for item in self.items()]
        return [(item, question) for item, question in found if question]

    def part(self, known: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return the first part whose state is as it is known by."""
        return next(item for item in self.items() if known(item["traits"].get("state") or {}))

    def answer(self, most: int, *, first: int = 0) -> int:
        """Answer up to ``most`` questions from the place ``first`` on; return how many there are."""
        asked = self.questions()
        for number, (item, question) in enumerate(asked[first : first + most], 1):
            answer = an_answer(question)
            if answer is not None:
                self.say(item, kind="answer", answer=answer, number=number)
        return len(asked)


def an_answer(question: dict[str, Any]) -> Any:
    """Return an answer of the shape that the question's type has, right or wrong; None for code."""
    if question["type"] == "form":
        return {one["id"]: an_answer(one) for one in question["fields"]}
    if question["type"] == "survey" and not question.get("options"):
        return "Rõ ràng, đủ ý."
    return _ANSWERS.get(question["type"], lambda _question: None)(question)


def _first(question: dict[str, Any]) -> Any:
    return question["options"][0]["id"]


def _two(question: dict[str, Any]) -> Any:
    return [one["id"] for one in question["options"][:2]]


def _step(question: dict[str, Any]) -> Any:
    start = question["start"]
    return [{"node": start, "choice": question["nodes"][start]["choices"][0]["id"]}]


_ANSWERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "single": _first,
    "survey": _first,
    "multiple": _two,
    "picture": _two,
    "ordering": lambda question: [one["id"] for one in reversed(question["items"])],
    "matching": lambda question: {left["id"]: question["right"][0]["id"] for left in question["left"]},
    "numeric": lambda _question: "12,5",
    "moment": lambda _question: "9h40, ngày 24/11/2026",
    "text": lambda _question: "Dừng nhận, lùi ra, gọi trưởng bưu cục; ghi “Đã báo” lúc 9 giờ 40.",
    "scenario": _step,
}


def run_by_a_kernel(unit: str, changed: dict[str, str] | None = None) -> None:
    """Run a notebook where it lies and save it with what its cells gave, as a JupyterLab without live pages does."""
    path = lay_out(unit)
    book = nbformat.read(path, as_version=4)
    for cell in book.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        cell.source = (changed or {}).get(name, cell.source)
    nbformat.write(book, path)  # submit asks whether the cell lies on the disk as it ran
    here = {"metadata": {"path": str(path.parent)}}
    NotebookClient(book, timeout=300, allow_errors=True, store_widget_state=False, resources=here).execute()
    nbformat.write(book, path)


def main() -> None:
    guest = Opened("l05")  # three questions before a code is given
    guest.answer(3)
    start = Opened("", "start_page()")
    page = start.items()[0]
    start.say(page, do="role", role="clerk")
    start.say(page, do="code", code="gl 0123 q")
    start.say(page, do="see", unit="the-khan-cap")
    for unit, answered in (("l05", 9), ("bt05", 8), ("bt01", 99), ("thinv1", 5)):
        opened = Opened(unit)
        opened.answer(answered)
        if unit == "bt01":
            opened.say(opened.part(lambda state: "handed" in state), do="hand_in")
        if unit == "bt05":
            opened.say(opened.part(lambda state: "handed" in state), do="hand_in")
            opened.answer(2, first=8)  # and goes on behind it
            opened.say(opened.questions()[0][0], kind="remark", text="Hình mờ, không thấy chữ", number=99)
    for unit, answered in (("kt1", 10), ("kt2", 4)):
        test = Opened("l05", f'test("{unit}")')
        test.answer(answered)
        if unit == "kt1":
            test.say(test.items()[-1], do="finish")
    drill = Opened("l05", "drill()")
    item = drill.items()[0]
    drill.say(item, do="begin", kind="loat", clock=False)
    for number in (1, 2, 3):
        drill.say(item, do="answer", number=number, said="nothing")
        drill.say(item, do="next")
    follow = Opened("", "follow_up()")
    below = follow.say(follow.items()[0], do="start") and follow.say(follow.items()[0], do="open", days=2)["below"]
    question = below[0]["traits"]["payload"]["question"]
    follow.say(below[0], kind="answer", answer=an_answer(question), number=1)
    run_by_a_kernel("l05")
    run_by_a_kernel("bt05")
    run_by_a_kernel("bt06", {"bt06-q1-lam": CODE_OF_A_TASK})
    text = Opened("bt06", 'ask("bt06-q8")')
    text.answer(1)


if __name__ == "__main__":
    main()
