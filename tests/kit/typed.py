"""What people type, made by chance: numbers, days and hours, words; and the slips and odd signs that come along."""

from __future__ import annotations

import unicodedata
from random import Random

_SIGNS = (
    " .,;:-–−—_·/'()%+0129kaAđĐðệ\u0301\u0345"
    "\u00a0\u202f\u2009\u3000\u0085\u001f\u200b\u200d\u00ad\ufeff\u202e１Ａ．，｜\t\n"
)
_DAYS = (
    *("{d}/{m}/{y}", "{d}-{m}-{y}", "{d:02}.{m:02}.{y}", "{y}-{m:02}-{d:02}", "{d} / {m} / {y}", "{d}/{m} năm {y}"),
    *("ngày {d} tháng {m} năm {y}", "{d} tháng {m}, {y}", "mùng {d} tháng {m} năm {y}", "{d} tháng {m}/{y}"),
    *("thứ tư, ngày {d}/{m}/{short}", "Chủ nhật {d}.{m}.{short}", "{d}–{m}–{y}", "vào {d}/{m}/{y}"),
)
_HOURS = (
    *("{h}h{n:02}", "{h:02}:{n:02}", "{h} giờ {n} phút", "{h} giờ", "{h}g{n}", "{h} giờ chiều", "{h}h{n:02} sáng"),
    *("{h}:{n:02}:00", "{h} : {n:02}", "{h}h{n}'", "lúc {h}h", "{h} giờ {n:02} trưa", "hồi {h}h{n:02} tối"),
)
_BETWEEN = (" ", ", ", " lúc ", " ngày ", "T", " - ", "; ", " vào lúc ", "", " – ")
_WORDS = "lừa đảo Đà Nẵng 1,5 triệu, bưu gửi ... a. b, NGHỊ ĐỊNH 15/2020 Hoà ½ ﬁ ạ\u0323 o\u031b\u0301 ß İ"


def number(chance: Random) -> str:
    """Return a number as somebody may write it: grouped or not, in many ways that are none."""
    mark = chance.choice(".,  \u00a0")
    groups = [str(chance.randrange(10 ** chance.choice([1, 2, 3, 3, 4])))]
    groups += [f"{chance.randrange(1000):03}" for _ in range(chance.choice([0, 0, 1, 1, 2]))]
    rest = chance.choice(["", "", chance.choice(".,") + str(chance.randrange(10 ** chance.choice([1, 2, 3, 4])))])
    before, after = chance.choice(["", "", "", "-", "− ", "–", "+"]), chance.choice(["", "", "k", " K", " %", " đồng"])
    return before + mark.join(groups) + rest + after


def moment(chance: Random) -> str:
    """Return a day, an hour or both as somebody may write them; some that no calendar has."""
    values = {
        "d": chance.choice([*[chance.randrange(1, 29)] * 5, 31, 32]),
        "m": chance.choice([*[chance.randrange(1, 13)] * 5, 12, 13]),
        "y": chance.randrange(1999, 2030), "short": chance.randrange(20, 30),
        "h": chance.choice([*[chance.randrange(24)] * 5, 3, 23, 24]),
        "n": chance.choice([*[chance.randrange(60)] * 5, 59, 60]),
    }  # fmt: skip
    parts = [chance.choice(_DAYS).format_map(values), chance.choice(_HOURS).format_map(values)]
    chance.shuffle(parts)
    return chance.choice(_BETWEEN).join(parts[: chance.choice([1, 2, 2])]) + chance.choice(["", "", ".", " ;"])


def words(chance: Random) -> str:
    """Return a few words."""
    return " ".join(chance.choices(_WORDS.split(" "), k=chance.randrange(8)))


def spoiled(chance: Random, text: str) -> str:
    """Return a text with none, a few or several slips: another sign, one too many or too few, capitals, marks apart."""
    for _ in range(chance.choice([0, 0, 1, 1, 2, 5])):
        at = chance.randrange(len(text) + 1)
        sign = chance.choice(_SIGNS)
        text = chance.choice(
            [
                text[:at] + sign + text[at:],
                text[:at] + sign + text[at + 1 :],
                text[:at] + text[at + 1 :],
                text.upper(),
                text.replace(" ", sign),
                f" {text}\n",
                unicodedata.normalize("NFD", text),
            ]
        )
    return text
