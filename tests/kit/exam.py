"""A small course with a closed pool and a blueprint of eight slots, canaries in every key, and answers to its forms.

``conftest.py`` has it as the fixtures ``exam_course`` (not built) and ``released_exam`` (two forms, a class of eight).
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from buuchinh import codes
from buuchinh.classroom import gradebook
from buuchinh.course import root as course_root
from buuchinh.course import settings
from buuchinh.errors import KitError
from buuchinh.exam import exam_builder
from buuchinh.notebook import pack
from buuchinh.questions import exam_forms
from buuchinh.questions.answers import Record
from buuchinh.release import release, versions
from buuchinh.results import feedback_pages
from kit.answering import right_answer, wrong_answers
from kit.classroom import CANARY, released_long_ago

ROOT = Path(__file__).parents[2]
UNIT = "thi1"
WORDS = ("đúng", "sai", "lệch")
BLUEPRINT = """\
slot;objectives;bloom;points;critical
1;m2-1;remember understand;1;
2;m2-1;remember understand;1;
3;m2-2;apply;2;x
4;m2-2;apply;2;
5;m2-3 m2-4;apply analyse;1,5;
6;m2-3 m2-4;apply analyse;1,5;
7;m6;apply;1;
8;m6;apply;1;
"""


def item(name: str, objective: str, bloom: str, kind: str = "single", *, critical: bool = False) -> str:
    """Return one item of the pool as YAML; its words are its own, its key and notes hold a canary."""
    head = f"""\
  - id: {name}
    type: {kind}
    objective: {objective}
    bloom: {bloom}
    difficulty: 0.{5 + int(name[-1]) % 4}
    critical: {"true" if critical else "false"}
    intent: {CANARY} ý định {name}
    stem: Tình huống riêng {name} của kho câu đóng, ca trực số {name[-2:]}, làm gì trước?
"""
    words = ", ".join(f"canary-{name}-{one}: {CANARY} {word} {name}" for one, word in zip("abc", WORDS, strict=True))
    key = f"provisions: [LBC-2010/7.1]\n        feedback: {{{words}}}"
    options = "\n".join(f"      - {{id: canary-{name}-{one}, text: Việc {one} của {name}}}" for one in "abc")
    match kind:
        case "multiple":
            right = f"[canary-{name}-a, canary-{name}-c]"
            return f"{head}    options:\n{options}\n    keys:\n      - correct: {right}\n        {key}\n"
        case "ordering":
            order = ", ".join(f"canary-{name}-{one}" for one in "bca")
            return f"{head}    items:\n{options}\n    keys:\n      - correct: [{order}]\n        {key}\n"
        case "numeric":
            value = 8810000 + int(name[1:3]) * 100 + int(name[-2:])
            key = f"sources: [seed-2023]\n        feedback: {{right: {CANARY} phải, wrong: {CANARY} trái}}"
            return f"{head}    keys:\n      - correct: {value}\n        {key}\n"
        case _:
            return f"{head}    options:\n{options}\n    keys:\n      - correct: canary-{name}-a\n        {key}\n"


def pool_file(unit: str, items: list[str]) -> str:
    head = f"unit: {unit}\nversion: 1.0.0\ntitle: Kho {unit}\nseed: {CANARY}-{unit}\nas_of: 2026-11-25\nquestions:\n"
    return head + "\n".join(items)


def pool() -> dict[str, list[str]]:
    """Return the items of both files: for two forms without overlap, but one critical item too few for three."""
    return {
        "x02": [
            *(item(f"x02-q0{n}", "m2-1", "understand", "multiple" if n % 2 else "single") for n in range(1, 6)),
            item("x02-q06", "m2-2", "apply", critical=True),
            item("x02-q07", "m2-2", "apply", critical=True),
            *(item(f"x02-q{n:02d}", "m2-2", "apply") for n in range(8, 12)),
            *(item(f"x02-q{n}", "m2-3", "analyse", "ordering") for n in range(12, 16)),
            *(item(f"x02-q{n}", "m2-4", "apply") for n in range(16, 18)),
        ],
        "x06": [item(f"x06-q0{n}", "m6-3", "apply", "numeric") for n in range(1, 7)],
    }


def make_exam_course(folder: Path) -> Path:
    """Write the course and return its root; the caller points BUUCHINH_COURSE at it."""
    root = folder / "course"
    root.mkdir()
    for name in ("course.toml", "nbgrader_config.py", "requirements.lock", "LICENSE"):
        shutil.copy(ROOT / name, root / name)
    shutil.copytree(ROOT / "datasets", root / "datasets")
    write_exam(root)
    return root


def write_exam(root: Path) -> None:
    """Put this blueprint and this pool in the place of what the course at ``root`` has."""
    shutil.rmtree(root / "exam", ignore_errors=True)
    (root / "exam" / "pool").mkdir(parents=True)
    (root / "exam" / "blueprint.csv").write_text(BLUEPRINT, encoding="utf-8-sig")
    for unit, items in pool().items():
        (root / "exam" / "pool" / f"{unit}.yml").write_text(pool_file(unit, items), encoding="utf-8")


def answers_of(released: versions.Released, *, wrong: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return right answers to one form, wrong ones to the questions ``wrong``."""
    day = released.questions.as_of or settings().reviewed_on
    return {
        name: next(iter(wrong_answers(question, day))) if name in wrong else right_answer(question, day)
        for name, question in released.obscured.items()
    }


def release_exam() -> None:
    """Draw ``UNIT`` in two forms, release it and enrol a class of eight, in the course of BUUCHINH_COURSE."""
    exam_builder.build(UNIT, forms=2, seed="hat-giong")
    release.release(UNIT)
    released_long_ago(course_root())
    with gradebook.opened() as book:
        for number in range(1, 9):
            book.add_student(code_of(number))


def code_of(number: int) -> str:
    return codes.make(f"GL{number:04d}")


def form_of(code: str) -> str:
    return exam_forms.pick(UNIT, ("a", "b"), code)


def sit(root: Path, code: str, answers: dict[str, Any], at: Path, unit: str = UNIT) -> Path:
    """Do the exam in the folder of ``code`` and put the zip that the button makes into ``at``."""
    folder = root / "bai-lam" / code / unit
    shutil.copytree(root / "exercises" / unit, folder)
    kept = Record(folder, unit, "1.0.0", code)
    for name, answer in answers.items():
        kept.put(name, answer)
    at.mkdir(exist_ok=True)
    return Path(shutil.copy(pack.build(folder, unit, code).path, at))


def words_of(code: str) -> str:
    """Return the words of a trainee's feedback page, without tags."""
    page = feedback_pages.place(UNIT, code).read_text(encoding="utf-8")
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<body>")[2]).split())


def problems_of(error: pytest.ExceptionInfo[KitError]) -> str:
    return "\n".join(map(str, error.value.problems))


def tree(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below ``folder``, by its path in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
