"""What to do in danger and whom to call: one table each, every place that tells it, the card, who is called first."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from kit.authoring import ROOT, edit, own_course
from playwright.sync_api import Browser

from buuchinh import cli, datasets, law, office
from buuchinh.authoring import emergency_checks
from buuchinh.authoring.audit import audit
from buuchinh.authoring.unlinked_documents import texts
from buuchinh.authoring.uses import question_files
from buuchinh.campaign import campaign_sheet as campaign_page
from buuchinh.campaign.sheet_texts import sheets
from buuchinh.emergency_card import wall_card
from buuchinh.site import work_pages
from buuchinh.text import raised

DAY = date(2026, 11, 25)
DANGER = [
    *("l05-q03", "l05-q06", "l05-q11", "l05-q12", "l05-q13", "l05-q16", "l05-q20", "l05-q25"),
    *("l08-q11-v2", "l08-q11-v3", "bt02-q36-a", "bt02-q41-a", "bt02-q44", "bt03-q11", "bt03-q33-a", "bt03-q34-b"),
    *("bt05-q31-a", "bt05-q32", "bt05-q37-a", "bt05-q39", "bt07-q10", "bt07-q31-a", "bt07-q33", "bt08-q33"),
    *("x02-q09", "x02-q11", "x05-q02", "x05-q04", "x05-q05", "x05-q10", "x07-q01", "x07-q05"),
]
"""What the course asks about smoke, fire, heat, a leak, powder, a weapon or a sick person."""
LIVES = {"lua-khoi-ro", "vat-nghi-no", "nguoi-bi-nan"}
"""Decisions on which somebody's life hangs: what is asked of them and must be right names a number too."""


course = pytest.fixture(own_course)


@pytest.fixture
def whole(monkeypatch):
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Ra ngoài, gọi 114.", ["114"]),
        ("Gọi 115, rồi 113; rồi báo trưởng bưu cục.", ["115", "113"]),
        ("KHÓI: 114", ["114"]),
        ("113 hoặc 114", ["113", "114"]),
        ("Gọi 113/114.", ["113", "114"]),
        ("113-114-115", ["113", "114", "115"]),
        ("[Điều 115 khoản 1](#ND174-2026/115.1) và điều 114", []),
        ("Công văn 1143/UBND-KGVX; 1.114 vụ; 114,5 kg; bt05-114; 114/2026; 114-2026", []),
    ],
)
def test_a_text_names_a_number_to_call_or_something_else(whole, text, numbers):
    assert law.named_in(text) == numbers


def test_each_number_says_what_it_is_for_since_when_and_how_sure_it_is(whole):
    rows = {one.id: one for one in law.numbers_on(DAY)}
    assert {name: (one.number, one.confidence) for name, one in rows.items()} == {
        "fire": ("114", "A"), "medical": ("115", "B"), "police": ("113", "B"),
    }  # fmt: skip
    for one in rows.values():
        assert law.in_force(one.provision, DAY) in {"in_force", "unknown"}
        assert one.source
    assert "chưa xác minh" in rows["police"].note, "a draft would merge the three; what became of it is not known"


def test_a_number_that_changes_is_one_row_and_audit_names_every_place(course, capsys):
    """Numbers stand in digits where people read them; the day one changes, each place is told."""
    edit(course / "datasets" / "questions" / "l90.yml", "Nhận luôn thì nhanh.", "Có khói thì ra ngoài, gọi 114.")
    edit(course / "lessons" / "90-thu.ipynb", "# Bài thử", "# Bài thử: có khói gọi 114")
    (course / "docs" / "instructor").mkdir(parents=True, exist_ok=True)
    (course / "docs" / "instructor" / "90.md").write_text("Nhắc lớp:\n\nkhói, lửa gọi 114.\n", encoding="utf-8")
    (course / "lessons" / "phu-luc").mkdir()
    (course / "lessons" / "phu-luc" / "the.html").write_text("<b>114</b>", encoding="utf-8")
    assert cli.run(["audit", "--date", "2026-11-25"]) == 0
    capsys.readouterr()
    table = course / "datasets" / "law" / "emergency-numbers.csv"
    edit(table, "2025-07-01,,L55-2024/6.2", "2025-07-01,2027-01-01,L55-2024/6.2")
    with table.open("a", encoding="utf-8") as file:
        file.write("fire,119,Một trung tâm,khói,Khói,2027-01-01,,L55-2024/6.2,,C,thử,\n")
    assert cli.run(["audit", "--date", "2026-12-01"]) == 0
    assert "sắp hết hiệu lực" in capsys.readouterr().out
    assert cli.run(["audit", "--date", "2027-01-01", "--json"]) == 1
    wrong = [one for one in json.loads(capsys.readouterr().out)["concerns"] if one["fails"]]
    assert {one["path"] for one in wrong} == {
        "datasets/questions/l90.yml", "lessons/90-thu.ipynb", "docs/instructor/90.md", "lessons/phu-luc/the.html",
        "datasets/drills/signs.csv", "datasets/goods/catalogue.csv", "datasets/law/emergency-acts.csv",
    }  # fmt: skip
    assert {(one["kind"], one["ref"]) for one in wrong} == {("lapsed", "114")}
    assert all("119" in one["detail"] for one in wrong)
    assert all(one["line"] for one in wrong if one["path"].endswith((".yml", ".md", ".html")))


def test_a_notice_that_notepad_saved_as_utf16_is_named_with_the_way_out(course, capsys):
    (course / "docs" / "instructor").mkdir(parents=True)
    (course / "docs" / "instructor" / "90.md").write_text("Khói, lửa gọi 114.\n", encoding="utf-16")
    assert cli.run(["audit", "--date", "2026-11-25"]) == 1
    said = capsys.readouterr().err.strip().splitlines()
    assert len(said) == 1
    assert said[0].startswith("docs/instructor/90.md")
    assert "UTF-8" in said[0]
    assert "Notepad" in said[0]


def test_the_card_has_the_numbers_of_the_table_and_follows_it(course):
    page = wall_card.page()
    assert page == wall_card.page()
    for number in ("114", "115", "113"):
        assert f'class="number">{number}<' in page
    assert not re.findall(r"""(?:src|href)=["']""", page), "it needs nothing but itself"
    edit(course / "datasets" / "law" / "emergency-numbers.csv", "fire,114", "fire,119")
    assert 'class="number">119<' in wall_card.page()


def test_the_stickers_have_the_numbers_of_the_table_and_follow_it(course):
    page = wall_card.sticker_page()
    rows = law.numbers_on(DAY)
    for one in rows:
        assert page.count(f'<th scope="row">{one.number}</th><td>{one.short}') == wall_card.STICKERS
    powder = {one.number for one in rows if "bột lạ" in one.short}
    assert powder == {"113", "114"}, "powder has its own first call: both"
    assert page.count('aria-hidden="true"') == wall_card.STICKERS - 1, "a screen reader hears one sticker"
    edit(course / "datasets" / "law" / "emergency-numbers.csv", "fire,114", "fire,119")
    assert ">119<" in wall_card.sticker_page()


def test_one_sentence_on_a_person_who_is_hurt_stands_on_card_stickers_sheets_pages_and_in_lessons(whole):
    """Nobody is told to drag a person through smoke, or to go back in: the condition stands wherever the act does."""
    (act,) = law.acts("person")
    assert "dìu được thì" in act.text
    assert "không quay vào" in act.text
    assert "vật lạ" not in act.text, "one word, one number: it stood under both 114 and 113"
    assert {"115", "114", "113"} == set(law.named_in(act.text))
    assert [sign.text for sign in law.acts("sign") if sign.calls and sign.text not in act.text] == []
    shown = act.text[1:]  # the first letter is a capital where a sentence begins
    told = {
        "card": wall_card.page(),
        "stickers": wall_card.sticker_page(),
        "page of the site": json.dumps(work_pages.emergency(), ensure_ascii=False),
        **{one.sheet.id: campaign_page.page(one) for one in sheets() if one.sheet.id in {"ap-phich", "the-quay"}},
    }
    assert [name for name, text in told.items() if shown not in text] == []
    repeated = {
        *("lessons/00-bat-dau.ipynb", "lessons/03-hang-cam-va-che-tai.ipynb", "lessons/05-buu-gui-nghi-van.ipynb"),
        *("lessons/07-phoi-hop-lien-nganh.ipynb", "docs/instructor/03.md", "docs/instructor/05.md"),
    }
    assert repeated <= set(act.stands_in)


def test_the_card_tells_what_to_do_when_something_burns_ticks_or_threatens(whole):
    page = wall_card.page()
    for act in law.all_acts():
        assert (act.text.upper() if act.kind == "sign" else act.text[1:]) in page, act.id
    acts = {act.id: act for act in law.all_acts()}
    assert "nước sạch ngay" in acts["rat"].text
    assert not re.search(r"\d+ phút", acts["rat"].text), "sources disagree on the minutes, none of them Vietnamese"
    assert "mọi người ra ngoài" in acts["tich-tac"].text.lower()
    assert acts["rat"].text.index("cởi ngay") < acts["rat"].text.index("xối")
    assert "không dụi mắt" in acts["rat"].text
    assert "xối cả mắt" in acts["rat"].text
    assert "bỏ lại" in acts["tich-tac"].head, "nobody stands beside a bag that was left"
    assert acts["tich-tac"].text.index("gọi 113 ngay") < acts["tich-tac"].text.index("hỏi người gửi")
    assert "một mình, không hỏi được ai thì tự ra" in acts["doa-dien-thoai"].text
    assert "không ai vào" in acts["cung-guc"].text
    assert "Không ra được" in acts["cam-vu-khi"].text, "the door may be behind the armed person"
    assert "phút" not in acts["tich-tac"].text
    assert "đừng cúp máy" in acts["doa-dien-thoai"].text
    assert not any("dọa" in act.text for act in law.acts("sign")), "a telephone threat is not met by walking out"
    assert all(act.basis == "advice" for act in law.acts("case"))
    assert "chưa có nguồn Việt Nam" in page


def test_going_out_before_calling_is_never_told_without_what_it_does_not_hold_for(whole):
    """Who is threatened by telephone stays on the line; who has fainted, and nothing else is wrong, is not left."""
    apart = next(act for act in law.acts("step") if act.id == "rieng")
    assert "đừng cúp máy" in apart.text
    assert "thì ở cạnh, gọi 115" in apart.text
    assert work_pages.emergency()["first"] == ["Ra ngoài rồi mới gọi.", f"{apart.head} {apart.text}"]
    lines = [line for line in wall_card.page().splitlines() if "Ra ngoài rồi mới gọi." in line or apart.text in line]
    assert len(lines) == 2
    assert {"lessons/00-bat-dau.ipynb", "lessons/05-buu-gui-nghi-van.ipynb"} <= set(apart.stands_in)


def test_the_card_says_what_is_law_and_what_is_advice(whole):
    basis = wall_card.facts()["basis"]
    law_says, advice = basis.split("Câu khác")
    assert "báo cháy ngay" in law_says
    assert "lời dặn của khóa học" in advice
    assert "Theo nguồn thứ cấp, Luật 135/2025/QH15" in advice
    reentry = next(act for act in law.all_acts() if act.id == "vao-lai")
    assert reentry.provisions == (), "no provision forbids to go back in"


def test_what_the_sheets_name_as_danger_has_its_number_there(whole):
    police = next(one for one in law.numbers_on(DAY) if one.id == "police")
    assert "vệt ố kèm chỗ cộm cứng" in police.short


def test_check_names_the_place_where_a_sentence_differs_from_the_table(course):
    assert emergency_checks.faults() == []
    lesson = course / "lessons" / "05-buu-gui-nghi-van.ipynb"
    shutil.copy(ROOT / "lessons" / lesson.name, lesson)
    assert emergency_checks.faults() == []
    edit(lesson, "dìu được thì dìu cùng ra, ra ngoài gọi", "dìu cùng ra rồi gọi")
    (fault,) = emergency_checks.faults()
    assert fault.path == "lessons/05-buu-gui-nghi-van.ipynb"
    assert "nguoi-bi-nan" in fault.message
    edit(course / "lessons" / "90-thu.ipynb", "# Bài thử", "# Bài thử: khói, mùi lạ")
    assert [one.path for one in emergency_checks.faults() if "mùi lạ" in one.message] == [
        "lessons/90-thu.ipynb, ô 1, dòng 1"
    ]


def test_a_sentence_calls_the_numbers_that_its_row_names(course):
    table = course / "datasets" / "law" / "emergency-acts.csv"
    line = edit(table, "khuất khỏi nó, gọi 113 ngay", "khuất khỏi nó, gọi 114 ngay")
    edit(table, ",chất lạ rò,", ",chất rỉ,")
    faults = [one for one in law.check(course / "datasets") if one.path.endswith("emergency-acts.csv")]
    assert {one.line for one in faults} == {line, 5}


def test_lesson_five_tells_when_to_call_which_number_in_the_words_of_the_table(whole):
    lesson = json.loads((ROOT / "lessons" / "05-buu-gui-nghi-van.ipynb").read_text(encoding="utf-8"))
    told = next("".join(cell["source"]) for cell in lesson["cells"] if cell.get("id") == "l05-khi-nguy-hiem")
    rows = re.findall(r"^\| (.+) \| \*\*(\d+)\*\* \|$", told, re.MULTILINE)
    assert rows == [(raised(one.call_for), one.number) for one in law.numbers_on(DAY)]


def test_nobody_goes_into_a_closed_place_and_a_counter_is_none(whole):
    """Two who collapse, or one in a closed place: nobody goes in; elsewhere who can be walked out is walked out."""
    acts = {act.id: act for act in law.all_acts()}
    person = acts["nguoi-bi-nan"].text
    closed, elsewhere = person.split(" Chỗ khác: ")
    assert "không ai vào, từ ngoài gọi 115 và 114" in closed
    assert "hai người cùng gục" in closed
    assert "dìu" not in closed
    assert elsewhere.startswith("không có dấu hiệu nguy hiểm thì ở cạnh")
    assert "gục ở chỗ kín, hai người cùng gục thì không ai vào" in acts["ra-ngoai"].text
    assert "quầy, phòng làm việc có người ra vào thì không phải" in acts["cung-guc"].text
    assert {"vật kêu tích tắc", "hai người cùng gục", "người gục ở chỗ kín", "người cầm vũ khí"} <= {
        act.text for act in law.acts("sign")
    }


def test_a_parcel_that_a_caller_names_is_neither_looked_for_nor_touched(whole):
    told = next(act for act in law.all_acts() if act.id == "doa-dien-thoai").text
    assert "không tìm, không đụng kiện ấy, tránh xa" in told
    assert "không hỏi được ai thì tự ra khi đã gọi 113" in told, "the line is kept first, then one leaves"


def test_the_duty_to_report_weapons_is_told_as_the_law_says_it(whole):
    assert "vũ khí, vật liệu nổ, công cụ hỗ trợ thì thông báo, giao nộp" in wall_card.facts()["basis"]


@pytest.mark.browser
@pytest.mark.parametrize("path", [wall_card.PAGE, wall_card.STICKER_PAGE])
def test_the_card_and_the_stickers_are_one_sheet_each_and_fit_a_phone(browser: Browser, path: str):
    sheet = (ROOT / path).as_uri()
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(sheet)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == 1
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("made", [wall_card.page, wall_card.sticker_page])
def test_filled_in_by_an_office_they_are_one_sheet_each_too(browser: Browser, tmp_path: Path, whole, made):
    long = dict.fromkeys(office.FIELDS, "Một dòng khá dài để xem có vừa tờ giấy không")
    sheet = tmp_path / "to.html"
    sheet.write_text(made(long | dict.fromkeys(office.PHONES, "0987 654 321")), encoding="utf-8")
    page = browser.new_page()
    page.goto(sheet.as_uri())
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == 1


def test_where_people_are_in_danger_a_number_is_called(whole):
    """Each item of danger tells the number; nowhere does it leave it at telling the head of the office."""
    found = {question.id: question for _, file in question_files() for question in file.questions}
    graded = {name for name, one in found.items() if one.critical and one.decision in LIVES}
    assert len(graded) > 30
    silent = []
    for name in (*DANGER, *graded):
        asked = [one for known, one in found.items() if known == name or known.startswith(f"{name}-v")]
        assert asked, name
        silent += [one.id for one in asked if not law.named_in("\n".join(texts(one.model_dump(mode="json"))))]
    assert silent == []


def test_the_first_lessons_in_danger_name_the_numbers_with_their_basis(whole):
    lesson = (ROOT / "lessons" / "05-buu-gui-nghi-van.ipynb").read_text(encoding="utf-8")
    assert {"114", "115", "113"} <= set(law.named_in(lesson))
    assert "#L55-2024/6" in lesson
    assert Path(wall_card.PAGE).name in lesson
    assert Path(wall_card.STICKER_PAGE).name in lesson
    assert law.named_in((ROOT / "docs" / "instructor" / "05.md").read_text(encoding="utf-8"))


def test_the_table_is_part_of_the_data_package(whole):
    assert list(datasets.load("law/emergency-numbers")["number"]) == ["114", "115", "113"]
    assert [one for one in audit(DAY).concerns if one.fails] == []
