"""A class that worked alone, drawn by seed: answers, texts and code as people give them who see nobody's."""

from __future__ import annotations

from typing import Any

import numpy as np

from buuchinh.grading.alike import ComparedAnswer, Work

_WORDS = """
khách gói quầy trưởng bưu cục biên bản không nhận dừng mở báo công an phòng cháy lửa khói giấy tờ kiểm tra hàng người
gửi ngay giữ nguyên chỗ xa ra ngoài gọi số điện thoại ghi lại giờ ca trực tên tuổi phiếu cân đo niêm phong
"""
_SHAPES = (
    "{a} = bang['{c}'].sum()\n{b} = {a} / len(bang)\nsubmit('{q}', {a}, {b})",
    "{a} = sum(bang['{c}'])\n{b} = bang['{c}'].mean()\nsubmit('{q}', {a}, {b})",
    "{b} = bang['{c}'].mean()\n{a} = bang.loc[:, '{c}'].sum()\nsubmit('{q}', {a}, {b})",
    "{a} = 0\nfor gia_tri in bang['{c}']:\n    {a} += gia_tri\n{b} = {a} / len(bang)\nsubmit('{q}', {a}, {b})",
    "nhom = bang.groupby('{c}').size()\n{a} = nhom.max()\n{b} = nhom.idxmax()\nsubmit('{q}', {a}, {b})",
    "{a}, {b} = bang['{c}'].agg(['sum', 'mean'])\nsubmit('{q}', {a}, {b})",
)


def class_of(random: np.random.Generator, people: int = 24, questions: int = 15, *, mean: float = 1.0) -> list[Work]:
    """Return the work of people who did not see each other's.

    A right answer is as likely as ability and difficulty say, a wrong one is drawn to the traps.
    """
    ability, difficulty = random.normal(mean, 1, people), random.normal(0, 1, questions)
    traps = random.dirichlet((0.6, 0.6, 0.6), questions)
    return [_one(random, f"GL-{number:04d}-X", ability[number], difficulty, traps) for number in range(people)]


def _one(random: np.random.Generator, code: str, ability: float, difficulty: Any, traps: Any) -> Work:
    answers, cells = {}, {}
    for number in range(len(difficulty)):
        name = f"bt90-q{number + 1:02d}"
        right = random.random() < 1 / (1 + np.exp(difficulty[number] - ability))
        answers[name] = ComparedAnswer("đúng" if right else f"bẫy {random.choice(3, p=traps[number])}", right)
    for number in range(7):
        shape = _SHAPES[min(int(random.exponential(1.3)), len(_SHAPES) - 1)]
        a, b = random.choice(["tong", "t", "ket_qua", "tong_so"]), random.choice(["tb", "m", "trung_binh", "kq2"])
        cells[f"bt90-q{number + 20}"] = shape.format(a=a, b=b, c=f"cot_{number}", q=f"bt90-q{number + 20}") + "\n"
    return Work(code, "1.0.0", answers, {"bt90-q40": text(random)}, cells)


def text(random: np.random.Generator, words: int = 60) -> str:
    """Return words as an answer holds them."""
    return " ".join(random.choice(_WORDS.split(), words)) + "."
