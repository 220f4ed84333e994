"""Works in JupyterLab's part of the course as a trainee does: run by ``make.py`` with an older kit on the path.

    python tests/older/at_a_desk.py

The course is that of ``BUUCHINH_COURSE``. What is left there below ``bai-lam/`` was written by that kit alone: by the
functions that its notebooks' screens call, its packing, and by a kernel that ran its notebooks.
``tests/test_at_a_desk.py`` runs it on today's kit, so that it is there when today's kit is an older one. 0.1.1 and
0.2.0 had other doors: the text that worked with them is that of commit ``3fddc387``.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from buuchinh.learner.server import api
from buuchinh.questions.drills.parts import parts
from buuchinh.questions.exam_forms import pick

CODE = "GL-0123-Q"
START = "lessons/00-bat-dau.ipynb"
CODE_OF_A_TASK = """sach = bang.drop_duplicates().copy()
submit("bt06-q1", so_dong=len(bang), so_dong_lap=int(bang.duplicated().sum()), so_vu=len(sach))"""


class Opened:
    """A notebook that is open, without a kernel."""

    def __init__(self, unit: str) -> None:
        self.unit = unit
        self.path: str = api.call("POST", "workspace", {"notebook": START, "unit": unit})["path"]

    def call(self, method: str, name: str, **given: Any) -> Any:
        return api.call(method, name, {"notebook": self.path, "unit": self.unit, **given})

    def questions(self) -> list[dict[str, Any]]:
        """Return what this person is asked, of variants the first."""
        page = self.call("GET", f"pages/{self.unit}", text=0)
        if "forms" in page:
            return list(page["forms"][pick(self.unit, page["forms"], CODE)].values())
        return page["shown"] if page["kind"] == "test" else [made[0] for made in page["questions"].values()]

    def answer(self, most: int, *, first: int = 0) -> int:
        """Answer up to ``most`` questions from the place ``first`` on; return how many there are."""
        asked = self.questions()
        for question in asked[first : first + most]:
            answer = an_answer(question)
            if answer is not None:
                self.call("POST", "journal", id=question["id"], answer=answer)
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
    path = Path(os.environ["BUUCHINH_COURSE"]) / Opened(unit).path
    book = nbformat.read(path, as_version=4)
    for cell in book.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        cell.source = (changed or {}).get(name, cell.source)
    nbformat.write(book, path)  # packing asks whether the cell lies on the disk as it ran
    here = {"metadata": {"path": str(path.parent)}}
    NotebookClient(book, timeout=300, allow_errors=True, store_widget_state=False, resources=here).execute()
    nbformat.write(book, path)


def state(key: str, value: dict[str, Any]) -> None:
    api.call("PUT", f"state/{key}", {"notebook": START, "value": value})


def without_a_kernel() -> None:
    """Do what a person does on the pages of notebooks: answer, hand in, end a test, look at pictures, come again."""
    Opened("l05").answer(3)  # as a guest, before a code is given
    state("role", {"role": "clerk", "seen": ["the-khan-cap"]})
    api.call("PUT", "person", {"notebook": START, "code": "gl 0123 q"})
    for unit, answered in (("l05", 9), ("bt05", 8), ("bt01", 99), ("thinv1", 5)):
        opened = Opened(unit)
        opened.answer(answered)
        if unit in {"bt01", "bt05"}:
            opened.call("POST", "submissions")
        if unit == "bt05":  # and goes on behind it
            opened.answer(2, first=8)
            opened.call("POST", "remarks", id=opened.questions()[0]["id"], text="Hình mờ, không thấy chữ")
    for unit, answered in (("kt1", 10), ("kt2", 4)):
        Opened(unit).answer(answered)
    state("finished/kt1", {})
    _pictures()
    state("follow_up", {"format": 1, "started": "2026-11-20", "packs": {"2": ["l05-q01", "l05-q03"]}})
    follow = {"notebook": START, "unit": "on-tap-2"}
    (question,) = [one for one in Opened("l05").questions() if one["id"] == "l05-q01"]
    api.call("POST", "journal", {**follow, "id": question["id"], "answer": an_answer(question)})
    Opened("bt06").call("POST", "journal", id="bt06-q40", answer="Số vụ tăng.", typed=True)


def _pictures() -> None:
    known = parts()
    parcels, (wrapping, *_), (label, *_) = known.parcels, known.wrappings, known.of_kind("label")
    pictures = [f"{parcel}.{wrapping}.{label.id}.-.-" for parcel in parcels][:3]
    state("drill", {"format": 1, "clock": False, "series": {"bai-5-loat-1": {"pictures": pictures}}})
    for name in pictures:
        said = {"said": "nothing", "series": "bai-5-loat-1"}
        api.call("POST", "journal", {"notebook": START, "unit": "xem-kien", "id": name, "answer": said})


def main() -> None:
    without_a_kernel()
    run_by_a_kernel("l05")
    run_by_a_kernel("bt05")
    run_by_a_kernel("bt06", {"bt06-q1-lam": CODE_OF_A_TASK})


if __name__ == "__main__":
    main()
