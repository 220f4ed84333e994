"""While the desk is projected no name is sent, and a task that is put off comes back in the morning."""

from __future__ import annotations

import json
import unicodedata
from datetime import datetime, timedelta
from pathlib import Path

from kit.classroom import UNIT
from kit.desk_class import PEOPLE, REFUSED, THERE
from kit.handin import code_of

from buuchinh import personal_data
from buuchinh.desk.arrivals import inbox
from buuchinh.desk.naming import projection
from buuchinh.desk.screens.desk_view import Desk
from buuchinh.desk.server import desk_calls
from buuchinh.desk.tasks import put_off
from buuchinh.nbgrader_plugins import formgrader
from buuchinh.personal_data.names import Names

EIGHT = datetime.fromisoformat("2026-11-29T20:00:00+07:00")


def everything(desk: Desk) -> str:
    """Return all that any page of the desk is sent."""
    cells = [desk.cell(UNIT, code) for code in PEOPLE]
    return json.dumps([desk.desk(), desk.frame(), desk.unit(UNIT), desk.decisions(""), *cells], ensure_ascii=False)


def test_names_are_there_and_while_the_desk_is_projected_none_is(mixed: Path) -> None:
    desk = Desk()
    names = [one.name for one in Names.read()]
    assert len(names) == len(PEOPLE)
    assert all(name in everything(desk) for name in names)
    assert "Nguyen Thi A" in everything(desk), "the name of a refused file"
    desk_calls.CALLS["chieu"](desk, {"on": True})
    assert projection.labels()[THERE] == "Bưu cục A", "an office is no name"
    told = everything(desk)
    assert not [name for name in (*names, "Nguyen Thi A") if name in told]
    assert THERE in told
    assert everything(Desk()) == told, "also by a server that was started again"
    desk_calls.CALLS["chieu"](desk, {"on": False})
    assert all(name in everything(desk) for name in names)


def test_names_in_another_order_and_of_one_word_are_hidden_too(mixed: Path) -> None:
    with (mixed / "lop.csv").open("a", encoding="utf-8") as file:
        file.write(f"{code_of(42)};Bình;Bưu cục B\n")
    assert "Bình" in {one.name for one in Names.read()}
    origin = f"b/{unicodedata.normalize('NFD', 'Bình')} - b\u202eai A_thi_NGUYEN.docx"
    assert projection.file_name(origin) == "b/Bình - bai A_thi_NGUYEN.docx"
    projection.switch(to=True)
    assert projection.file_name(origin) == "b/… - bai ….docx"
    assert projection.shown(["bình thường", "A Nguyễn Thị hỏi", "thị trường"]) == ["bình thường", "… hỏi", "thị trường"]
    path = unicodedata.normalize("NFD", "hop-thu/bài.docx")
    assert projection.shown(path) == path, "a path stays the one on the disk"


def test_a_name_of_one_word_is_hidden_as_it_is_listed_and_an_ordinary_word_is_not(mixed: Path) -> None:
    with (mixed / "lop.csv").open("a", encoding="utf-8") as file:
        file.write(f"{code_of(42)};Bình;Bưu cục Hòa Bình\n{code_of(43)};HÒA;Bưu cục B\n{code_of(44)};Gl;Bình\n")
    projection.switch(to=True)
    for text, wanted in {
        "Thu bài của Bình: 2 tệp": "Thu bài của …: 2 tệp",
        "Hoà viết: BÌNH dặn": "… viết: … dặn",
        "Bưu cục Hòa Bình, Bình và Hòa": "Bưu cục Hòa Bình, … và …",
        f"{code_of(42)} Gl": f"{code_of(42)} …",
        "bình chữa cháy, hòa vào; Bính, Hoa, Bìnhs": "bình chữa cháy, hòa vào; Bính, Hoa, Bìnhs",
    }.items():
        assert projection.shown({"why": [text]}) == {"why": [wanted]}
        assert projection.shown(unicodedata.normalize("NFD", text)) in (wanted, unicodedata.normalize("NFD", wanted))
    projection.switch(to=False)
    assert projection.shown("Bình") == "Bình"


def test_letters_that_look_like_a_names_letters_hide_it_too(mixed: Path) -> None:
    with (mixed / "lop.csv").open("a", encoding="utf-8") as file:
        file.write(f"{code_of(42)};Đào Thị Hoa;Bưu cục B\n{code_of(43)};Bảo;Bưu cục B\n")
    projection.switch(to=True)
    spelled = [
        "\u0189ào Th\u1ecb H\u043e\u0430",  # Cyrillic о and а
        "Đ\u03b1\u0300o Th\u1ecb \u0397oa",  # Greek α with a mark, Greek Η
        "\uff24\uff41\uff4f \uff34\uff48\uff49 \uff28\uff4f\uff41",  # full width
        "Đào \U0001d413\U0001d421\U0001d422 \U0001d407\U0001d428\U0001d41a",  # bold letters of mathematics
        "Đà\u200bo Th\u00adị Ho\u200da",
        "B\u1ea3\u043e",
        "\u0412ả\uff4f",
    ]
    assert [projection.shown(f"hỏi {one} xem") for one in spelled] == ["hỏi … xem"] * len(spelled)
    russian = "\u0441\u043b\u043e\u0432\u043e"
    assert projection.shown(russian) == russian


def test_a_restoration_does_not_bring_names_back(mixed: Path) -> None:
    made = personal_data.backup().path
    projection.switch(to=True)
    personal_data.restore(made)
    assert projection.on()
    names = [one.name for one in Names.read()]
    sentence = projection.shown({"message": f"{THERE} {'; '.join(names)}"})["message"]
    assert THERE in sentence
    assert not [name for name in names if name in sentence]


def test_formgraders_pages_ask_the_same_switch() -> None:
    class Environment:
        loader = None
        globals: dict[str, object] = {}  # noqa: RUF012

    formgrader.lay_over({"nbgrader_jinja2_env": Environment(), "base_url": "/"})
    assert Environment.globals["people"] is projection.labels


def test_a_reminder_names_codes_alone(mixed: Path) -> None:
    desk = Desk()
    one = desk_calls.CALLS["nhac"](desk, {"unit": UNIT, "code": REFUSED})["copy"]
    assert one == f"Anh/chị {REFUSED} chưa nộp bài tập 90, hạn 10:30 ngày 25-11. Chưa làm được thì nhắn tôi."
    every = desk_calls.CALLS["nhac"](desk, {"unit": UNIT})["copy"]
    assert REFUSED not in every, "a file came: it is asked for again, not called missing"
    assert THERE not in every
    assert "Nguyễn" not in one + every


def test_what_is_put_off_comes_back_at_six(mixed: Path) -> None:
    until = put_off.add("new:bt02", EIGHT)
    assert until == datetime.fromisoformat("2026-11-30T06:00:00+07:00")
    put_off.add("mark:bt02", EIGHT)
    assert put_off.active(EIGHT) == {"new:bt02", "mark:bt02"}
    assert put_off.active(until - timedelta(minutes=1)) == {"new:bt02", "mark:bt02"}
    assert put_off.active(until) == frozenset()
    put_off.add("look:bt02", until)
    assert put_off.active(until) == {"look:bt02"}, "what is over is forgotten"
    (mixed / "so-cham" / put_off.FILE).write_text("{", encoding="utf-8")
    assert put_off.active(EIGHT) == frozenset()


def test_the_inbox_is_erased_with_whoever_is_named_in_it(mixed: Path) -> None:
    from buuchinh import personal_data

    inbox.append("20261129-100000-abcdef", f"{UNIT}_{THERE}.txt", 0, 2, b"ab")
    made = inbox.finish("20261129-100000-abcdef", [(f"{UNIT}_{THERE}.txt", 2)])
    personal_data.forget(THERE)
    assert not [path for path in made.folder.rglob("*") if THERE in path.name]
