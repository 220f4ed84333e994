"""The front end on a plain page: it asks nothing of others, and shows no more than it may."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from kit import question as kit
from kit.node import SRC, TYPES
from kit.plain_page import page

from buuchinh.questions import question_bank
from buuchinh.questions.browser import payload
from buuchinh.questions.browser.static_html import static_html, static_text, words

_SCRIPTS = "".join(
    path.read_text(encoding="utf-8") for path in (*(SRC / "question").glob("*.js"), *TYPES.glob("*/*.js"))
)
DATA = re.compile(r'<script type="application/json" id="bc-data">(.*?)</script>', re.DOTALL)


def practice() -> str:
    return page([(kit.authored(name), kit.practice_payload(name)) for name in kit.ALL], title="Luyện & thử", store="t")


def exam() -> str:
    return page([(kit.public(name), kit.exam_payload(name)) for name in kit.ALL], title="Kiểm tra", store="t")


def test_the_page_asks_nothing_of_any_other_file_or_host() -> None:
    for text in (practice(), exam()):
        without_data = DATA.sub("", text)
        assert not re.search(r"""(src|href)=["'](?!#|data:)""", without_data)
        assert "import(" not in without_data
        assert "fetch(" not in without_data
        assert "@import" not in without_data


def test_data_that_would_end_the_script_element_cannot() -> None:
    name = "t-single"
    question = kit.authored(name)
    handed = kit.practice_payload(name)
    handed["question"]["stem"] = "</script><script>alert(1)</script>\u2028<!--"
    text = page([(question, handed)], title="</title><b>", store="t")
    (data,) = DATA.findall(text)
    assert "<" not in data
    assert "\u2028" not in data
    assert json.loads(data)["questions"][0]["stem"] == handed["question"]["stem"]
    assert "</title><b>" not in text


def test_an_exam_page_holds_no_key() -> None:
    text = exam()
    (data,) = DATA.findall(text)
    for question in json.loads(data)["questions"]:
        assert not {"keys", "intent", "bloom", "difficulty"} & question.keys()
    for secret in ("Hàng đang chờ khiến", "CANARY-intent", "Đủ và đúng thứ tự", "Cộng lại từng khoản"):
        assert secret not in text


def test_notes_of_the_author_are_on_no_page() -> None:
    assert "CANARY" not in practice()


def test_practice_carries_only_the_key_of_its_day() -> None:
    single = kit.SINGLE["keys"][0]
    earlier = single | {"to": "2026-07-01", "feedback": dict.fromkeys(single["feedback"], "Lời của luật cũ.")}
    kit.ALL["t-dated"] = kit.SINGLE | kit.NOTES | {"id": "t-dated", "keys": [earlier, single | {"from": "2026-07-01"}]}
    try:
        text = json.dumps(kit.practice_payload("t-dated"), ensure_ascii=False)
    finally:
        del kit.ALL["t-dated"]
    assert "Lời của luật cũ." not in text
    assert "Hàng đang chờ" in text


def test_citations_name_and_quote_what_the_register_holds() -> None:
    cited = kit.practice_payload("t-single")["citations"]["LBC-2010/29.3"]
    assert cited["note"] == "từ 01-01-2011; đã đọc nguyên văn"
    assert cited["text"].startswith("Điều 29 khoản 3 Luật Bưu chính")
    assert cited["quote"]


def test_a_citation_says_what_of_its_text_is_not_settled() -> None:
    day = date(2026, 11, 25)
    asked = [question for path in question_bank.practice_files() for question in question_bank.load(path).questions]
    cited = {ref: told for one in asked for ref, told in payload.practice(one, day)["citations"].items()}
    assert "từ 01-01-2025; đã đọc nguyên văn; " in cited["L42-2024/4.9"]["note"]
    assert cited["L42-2024/4.9"]["note"].endswith("đã đối chiếu với Điều 9 của luật ấy")
    assert cited["BLTTHS-2015/144.5"]["note"].endswith("chưa xác minh")


@pytest.mark.parametrize("name", kit.ALL)
def test_without_a_kernel_a_question_can_be_read_and_tells_nothing(name: str) -> None:
    question = kit.authored(name)
    html = static_html(question, words())
    assert html == static_html(kit.authored(name), words())
    assert "<input" not in html
    assert "id=" not in html
    assert static_text(question).startswith(f"{name}: ")
    for option in kit.ALL[name].get("options", []):
        assert option["text"] in html
    keys = json.dumps(kit.ALL[name].get("keys", []), ensure_ascii=False)
    for told in re.findall(r'"feedback": "([^"]+)"', keys):
        assert told not in html


def test_every_word_that_the_front_end_asks_for_is_there() -> None:
    known = words()
    asked = set(re.findall(r"\bwords\.(\w+)", _SCRIPTS))
    assert asked <= known.keys(), asked - known.keys()
    used = asked | {"standin", "standin_role", "right", "wrong"}
    assert known.keys() == used, known.keys() ^ used
