"""The rules of good items: each finds its fault, leaves a sound question alone, and can be answered with a reason."""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
from pathlib import Path

import pytest
from kit.authoring import FOLDED, ROOT, checked_course, edit, faults, notebook

from buuchinh import cli
from buuchinh.authoring import check, lint, new
from buuchinh.authoring.lint import (
    legal,
    people,
    shown_code,
    spelling,
    text_cell_rules,
    whole_course,
    whole_lesson,
    wording_rules,
)
from buuchinh.authoring.lint.bank_rules import at_least_chance, chi_square_tail, spread_chance
from buuchinh.authoring.mentions import Cell, cells
from buuchinh.questions import question_bank

RIGHT = "moi: Đúng. Khách mở, anh/chị nhìn, rồi cùng dán lại trước khi nhận."
WRONG = "nhan: Nhận luôn thì nhanh. Không ai biết trong gói có gì, mời khách mở."
STEM = "stem: Khách không cho xem gói. Anh/chị làm gì?"
FIRST, SECOND = "text: Mời khách mở gói", "text: Nhận luôn"
BOTH = f"{FIRST}}}\n      - {{id: nhan, {SECOND}"
BY_SMOKE = "stem: Gói bốc khói. Anh/chị làm gì?\n    options:\n      - {id: moi, text: Gọi trưởng bưu cục}"

KEY = "    keys:\n      - correct: moi\n        from: 2024-01-01\n        provisions: "
FIGURE_ALONE = "        sources: [seed-cases-h1-2023]\n        feedback:\n          moi: "

HEAD = """\
    objective: m2-2
    bloom: apply
    difficulty: 0.5
    intent: Thử.
"""
"""What every question has beside its id and type."""
PLANTED_WHOLE = {
    "fine-key": (
        "numeric",
        """\
    stem: Một cá nhân bóc mở bưu gửi bị phạt cao nhất bao nhiêu?
    unit: triệu đồng
    keys:
      - correct: {}
        provisions: [ND174-2026/12.4.a, ND174-2026/4.3]
        feedback:
          right: Đúng. Cách tính ấy theo đúng căn cứ đã dẫn ở trên.
          wrong: Dễ nhầm ở chỗ này. Hãy xem lại căn cứ rồi tính lại từng bước.
""",
        "15",
        "30",
    ),
    "term-key": (
        "numeric",
        """\
    stem: Xảy ra 18 giờ ngày 20-11, phát hiện 6 giờ ngày 21-11, nay là 18 giờ ngày 22-11. Còn mấy giờ để báo?
    unit: giờ
    keys:
      - correct: {}
        provisions: [L91-2025/23.1]
        feedback:
          right: Đúng. Cách tính ấy theo đúng căn cứ đã dẫn ở trên.
          wrong: Dễ nhầm ở chỗ này. Hãy xem lại căn cứ rồi tính lại từng bước.
""",
        "36",
        "24",
    ),
    "figure-key": (
        "numeric",
        """\
    stem: Bản tin kể hai loại súng. Cộng lại được bao nhiêu khẩu?
    unit: khẩu
    keys:
      - correct: {}
        sources: [seed-guns-military-h1-2023, seed-guns-homemade-h1-2023]
        feedback:
          right: Đúng. Cách tính ấy theo đúng căn cứ đã dẫn ở trên.
          wrong: Dễ nhầm ở chỗ này. Hãy xem lại căn cứ rồi tính lại từng bước.
""",
        "10",
        "11",
    ),
    "value-bounds": (
        "numeric",
        """\
    stem: Ba cộng bốn là bao nhiêu?
    minimum: {}
    keys:
      - correct: 7
        sources: [KHOA-HOC]
        feedback:
          right: Đúng. Cách tính ấy theo đúng căn cứ đã dẫn ở trên.
          wrong: Dễ nhầm ở chỗ này. Hãy xem lại căn cứ rồi tính lại từng bước.
""",
        "0",
        "8",
    ),
    "call-first": (
        "ordering",
        """\
    stem: Kho có khói. Xếp các việc.
    items:
      - {{id: ra, text: Mời mọi người ra ngoài}}
      - {{id: so, text: Gọi 114}}
      - {{id: bao, text: Báo trưởng ca}}
    keys:
      - correct: {}
        provisions: [L55-2024/6.1]
        feedback:
          ra: Người ra trước thì không ai hít khói trong lúc gọi.
          so: Gọi từ bên ngoài, trước khi báo ai trong bưu cục.
          bao: Trưởng ca biết sau, khi lực lượng đã lên đường.
""",
        "[ra, so, bao]",
        "[ra, bao, so]",
    ),
}
"""Rule; type of a question, its lines below HEAD, what stands for {} in a sound one, and in one with the fault."""
SCENARIO = """\
    title: Thử
    stem: Kiện trên xe rỉ nước. Anh/chị làm gì?
    role: bưu tá
    start: dau
    nodes:
      dau:
        text: Kiện trên xe rỉ nước.
        choices:
          - {id: dung, text: Dừng xe ở chỗ vắng, next: vang}
          - {id: chay, text: Chạy tiếp cho kịp giờ, next: pho}
      vang:
        text: Xe đỗ ở bãi vắng. Hai đứa trẻ chạy tới.
        choices:
          - {id: lui, text: Mời hai đứa lùi thật xa, next: cho}
          - {id: cho-xem, text: Chở hai đứa đi chỗ khác, next: pho}
      cho:
        text: Mọi người đứng xa. Cán bộ hỏi kiện ở đâu.
        choices:
          - {id: chi, text: Chỉ chỗ xe đỗ, next: xong}
          - {id: im, text: Bảo cứ tìm quanh đây, next: hong}
          - {id: doc, text: Đọc tên người gửi, next: lo}
      pho:
        text: Xe đứng giữa chợ. Nước chảy theo bánh.
        choices:
          - {id: roi, text: Rời xe và mời người lùi, next: muon}
          - {id: day, text: Đẩy xe qua chợ thật nhanh, next: hong}
    ends:
      xong: {text: Mọi người đứng xa chờ.}
      muon: {text: Chợ đã vắng. Xe đứng một mình.}
      hong: {text: "Chưa ai gọi số nào."}
      lo: {text: Tên người gửi nằm trong sổ của người hỏi.}
    keys:
      - correct:
          dau: {dung: 3, chay: 0}
          vang: {lui: 2, cho-xem: 0}
          cho: {chi: 2, im: 0, doc: 0}
          pho: {roi: 1, day: 0}
        provisions: [LBC-2010/29.3]
        feedback:
          dau:
            dung: Đúng lúc. Dừng ở chỗ vắng thì không ai đứng gần kiện.
            chay: Ai cũng muốn kịp giờ, mà kiện đi tới đâu, người tới đó.
          vang:
            lui: Đúng. Hai đứa trẻ ra xa trước, rồi mới tới việc khác.
            cho-xem: Xe chạy tiếp thì kiện theo xe vào chỗ đông người hơn.
          cho:
            chi: Đúng. Người đến sau biết ngay phải tránh chỗ nào.
            im: Người đi tìm phải tự dò từng chỗ. Chỉ cho họ xe đỗ đâu.
            doc: Họ đang cần biết kiện ở đâu, chưa hỏi tới tên của ai.
          pho:
            roi: Đúng với lúc này. Rời xe rồi mời mọi người lùi ra.
            day: Đẩy qua chợ là đưa kiện qua sát từng người đi chợ.
        ends:
          xong: {kind: safe, feedback: Không ai đứng gần kiện. Cứ chờ lực lượng đến.}
          muon: {kind: safe, feedback: Cuối cùng chợ đã vắng. Xem lại chặng đầu tiên.}
          hong: {kind: danger, back_to: dau, feedback: Hai người cùng ho vì kiện ấy. Quay lại và dừng xe.}
          lo: {kind: violation, back_to: cho, feedback: Tên của khách đã ra ngoài. Quay lại và chỉ chỗ xe.}
"""
"""A sound scenario; what a node more is written with; for each rule what is written in place of what."""
ALLEY = """\
      ngo:
        text: Xe kẹt trong ngõ. Hai đứa trẻ ngồi sau kiện.
        choices:
          - {id: xuong, text: Cho hai đứa xuống rồi rời xe, next: muon}
          - {id: im, text: Bảo hai đứa ngồi yên mà chờ, next: hong}
      cho:
        text"""
IN_ALLEY = """\
          ngo:
            xuong: Đúng với lúc này. Hai đứa trẻ ra xa kiện trước tiên.
            im: Ngồi yên là ngồi sát kiện. Cho hai đứa xuống đã.
"""
PLANTED_SCENARIO = {
    "danger-end": [("kind: danger", "kind: lacking")],
    "telling-end": [("Chưa ai gọi số nào.", "Anh/chị làm sai.")],
    "telling-scene": [("Xe đứng giữa chợ.", "Anh/chị làm sai, xe đứng giữa chợ.")],
    "scene-length": [("Xe đứng giữa chợ.", f"Xe đứng giữa chợ{', giữa chợ' * 20}.")],
    "scene-count": [("dung, text: Dừng xe ở chỗ vắng, next: vang", "dung, text: Dừng xe ở chỗ vắng, next: cho"),
                    ("Chạy tiếp cho kịp giờ, next: pho", "Chạy tiếp cho kịp giờ, next: vang")],
    "world-changes": [("Chạy tiếp cho kịp giờ, next: pho", "Chạy tiếp cho kịp giờ, next: vang")],
    "bad-start": [
        ("Chở hai đứa đi chỗ khác, next: pho", "Chở hai đứa đi chỗ khác, next: ngo"),
        ("      cho:\n        text", ALLEY),
        ("pho: {roi: 1, day: 0}", "pho: {roi: 9, day: 0}\n          ngo: {xuong: 1, im: 0}"),
        ("          pho:\n            roi: Đúng", f"{IN_ALLEY}          pho:\n            roi: Đúng"),
    ],
    "safe-way": [("muon: {kind: safe,", "muon: {kind: lacking, back_to: pho,")],
    "harm-end": [("kind: danger", "kind: lacking"), ("kind: violation", "kind: lacking"),
                 ("Hai người cùng ho vì kiện ấy.", "Người đi tìm mất nửa giờ.")],
}  # fmt: skip
"""The rules of scenarios, some of which are warnings in practice."""

PLANTED = [
    ("negative-stem", STEM, "stem: Việc nào sau đây không đúng khi khách không cho xem gói?"),
    ("negative-stem", STEM, "stem: Làm mọi việc sau, NGOẠI TRỪ việc nào?"),
    ("all-or-none", SECOND, "text: Tất cả các phương án trên"),
    ("all-or-none", SECOND, "text: Không phương án nào"),
    ("key-longest", FIRST, "text: Mời khách mở gói cùng xem bên trong rồi cùng dán lại trước khi nhận"),
    ("near-duplicate", SECOND, "text: Mời khách mở gói."),
    ("stem-length", STEM, f"stem: {'Khách nói thêm một câu nữa. ' * 8}Anh/chị làm gì?"),
    ("absolute-cue", SECOND, "text: Trong mọi trường hợp nhận"),
    ("no-objective", "    objective: m2-2\n", ""),
    ("feedback-short", WRONG, "nhan: Chưa đúng, xem lại."),
    ("feedback-shared", WRONG, RIGHT.replace("moi:", "nhan:")),
    ("feedback-article", "Khách mở, anh/chị nhìn", "Theo khoản 3 Điều 30, khách mở, anh/chị nhìn"),
    ("feedback-article", "Khách mở, anh/chị nhìn", "Theo Điều 29 khoản 3 Bộ luật Hình sự, khách mở, anh/chị nhìn"),
    ("feedback-amount", "Khách mở, anh/chị nhìn", "Bị phạt đến 77 triệu đồng. Khách mở, anh/chị nhìn"),
    ("abbreviation", "Khách mở, anh/chị nhìn", "Khách mở, CBQL nhìn"),
    ("double-space", "Khách không cho xem gói.", "Khách không cho  xem gói."),
    ("tone-place", "Khách không cho xem gói.", "Khách không cho xem hàng hoá."),
    ("feedback-formula", WRONG, "nhan: Nhận luôn nhanh hơn nhiều. Nhưng không ai biết trong gói có gì."),
    ("long-sentence", WRONG, f"nhan: Nhận luôn {'thì khách đi ngay và quầy vắng hơn ' * 4}mà không ai biết có gì."),
    ("semicolons", WRONG, "nhan: Khách đi ngay; quầy vắng hơn; không ai biết trong gói có gì."),
    ("abstract-nouns", WRONG, "nhan: Việc nhận luôn là việc làm thiếu sự kiểm tra của quầy."),
    ("private-words", WRONG, "nhan: Chưa xem mà nhận thì chạm luật. Mời khách mở gói đã."),
    ("calque", WRONG, "nhan: Chưa xem thì hãy không nhận gói. Mời khách mở cùng đã."),
    ("basis-paper", "[LBC-2010/29.3]\n        sources: [seed-cases-h1-2023]", "[CV1143-2020]"),
    ("critical-basis", f"{KEY}[LBC-2010/29.3]", f"    critical: true\n{KEY}[LXLVPHC-2012/128.4]"),
    (
        "duty-basis",
        f"{KEY}[LBC-2010/29.3]\n{FIGURE_ALONE}Đúng.",
        f"{KEY.removesuffix('        provisions: ')}{FIGURE_ALONE}Đúng. Luật buộc quầy phải xem.",
    ),
    (
        "quote-exception",
        "Khách mở, anh/chị nhìn",
        "Luật viết “Không được tiết lộ thông tin về sử dụng dịch vụ bưu chính”. Khách mở, anh/chị nhìn",
    ),
    ("quote-source", "Khách mở, anh/chị nhìn", "Luật viết “cứ nhận đi”. Khách mở, anh/chị nhìn"),
    ("call-first", BOTH, BOTH.replace(FIRST, "text: Gọi trưởng ca rồi 114").replace(SECOND, "text: Nhận rồi gọi 114")),
    ("powder-call", "Khách mở, anh/chị nhìn", "Bột lạ thì ra ngoài, gọi 114. Khách mở, anh/chị nhìn"),
    ("number-cue", FIRST, "text: Ra rồi gọi 114"),
    ("call-first", f"{STEM}\n    options:\n      - {{id: moi, {FIRST}}}", BY_SMOKE),
]
"""Rule, and what is written in place of what in the question of ``kit.authoring``."""


course = pytest.fixture(checked_course)


def questions(course: Path) -> Path:
    return course / "datasets" / "questions" / "l90.yml"


def rules_broken() -> set[str]:
    return {str(one.message).rpartition("[")[2].rstrip("]") for one in faults() if one.message.endswith("]")}


def answered(course: Path, rule: str) -> None:
    edit(questions(course), "    bloom:", f"    lint_ok: {{{rule}: Người soạn đã cân nhắc và giữ nguyên.}}\n    bloom:")


def test_a_sound_question_breaks_no_rule(course):
    assert rules_broken() == set()


@pytest.mark.parametrize(("rule", "old", "new"), PLANTED, ids=[f"{rule}-{n}" for n, (rule, *_) in enumerate(PLANTED)])
def test_a_planted_fault_is_found_with_its_line_and_can_be_answered(course, rule, old, new):
    if rule == "double-space":
        old, new = STEM, 'stem: "Khách không cho  xem gói. Anh/chị làm gì?"'
    edit(questions(course), old, new)
    assert rules_broken() == {rule}
    (found,) = [one for one in faults() if one.message.endswith(f"[{rule}]")]
    assert (found.path, found.level) == ("datasets/questions/l90.yml", "error")
    assert found.line > 1
    assert f"lint_ok: {{{rule}:" in found.way_out
    answered(course, rule)
    assert faults() == []


def write_question(course: Path, rule: str, filled_in: str) -> None:
    """Write the question that ``rule`` is tried on in place of the course's own."""
    type_, body, *_ = PLANTED_WHOLE[rule]
    write(course, type_, body.format(filled_in))


def write(course: Path, type_: str, body: str) -> None:
    text = questions(course).read_text(encoding="utf-8")
    top = text[: text.index("  - id:")]
    questions(course).write_text(f"{top}  - id: l90-q01\n    type: {type_}\n{HEAD}{body}", encoding="utf-8")


@pytest.mark.parametrize("rule", PLANTED_WHOLE)
def test_a_question_of_another_type_with_a_planted_fault_is_found_and_can_be_answered(course, rule):
    *_, sound, faulty = PLANTED_WHOLE[rule]
    write_question(course, rule, sound)
    assert faults() == []
    write_question(course, rule, faulty)
    assert rules_broken() == {rule}
    answered(course, rule)
    assert faults() == []


@pytest.mark.parametrize("rule", PLANTED_SCENARIO)
def test_a_scenario_with_a_planted_fault_is_found_and_can_be_answered(course, rule):
    write(course, "scenario", SCENARIO)
    assert faults() == []
    for sound, faulty in PLANTED_SCENARIO[rule]:
        edit(questions(course), sound, faulty)
    assert rules_broken() == {rule}
    assert {one.level for one in faults()} == {"error" if rule in people.RULES else "warning"}
    answered(course, rule)
    assert faults() == []


def test_what_is_graded_says_how_its_world_stands_and_keeps_every_rule(course):
    write(course, "scenario", SCENARIO.replace("Chạy tiếp cho kịp giờ, next: pho", "Chạy tiếp cho kịp giờ, next: vang"))
    graded = course / "source" / "bt90" / "questions.yml"
    graded.parent.mkdir(parents=True)
    shutil.copy(questions(course), graded)
    found = list(lint.item_faults(lint.items(graded, question_bank.load(graded))))
    assert {(one.message.rpartition("[")[2], one.level) for one in found} == {
        ("world-told]", "error"),
        ("world-changes]", "error"),
    }


def test_a_question_serves_an_objective_of_its_own_lesson(course):
    unit = course / "datasets" / "questions" / "l03.yml"
    unit.write_text(questions(course).read_text(encoding="utf-8").replace("l90", "l03"), encoding="utf-8")
    assert rules_broken() == {"foreign-objective"}
    edit(unit, "objective: m2-2", "objective: m3-1")
    assert faults() == []


def test_a_picture_has_letters_to_read_and_regions_to_hit(course):
    drawing = course / "lessons" / "hinh" / "l90-q02.svg"
    new.question("l90-q02", "picture")
    sound = drawing.read_text(encoding="utf-8")
    drawing.write_text(re.sub(r'viewBox="0 0 \d+', 'viewBox="0 0 6000', sound), encoding="utf-8")
    assert "picture-small" in rules_broken()
    drawing.write_text(sound, encoding="utf-8")
    edit(questions(course), "title: Bài thử", "title: Bài thử hình")  # a changed drawing alone is not read again
    assert "picture-small" not in rules_broken()


def test_the_words_for_a_picture_name_no_sign_unless_it_is_written_in_the_drawing(course):
    new.question("l90-q02", "picture")
    edit(questions(course), "alt: ", "alt: Một kiện có khói bốc lên từ nắp. ")
    assert "neutral-picture" in rules_broken()
    edit(next(course.rglob("l90-q02.svg")), "</svg>", '<text font-size="40">Khói</text></svg>')
    edit(questions(course), "title: Bài thử", "title: Bài thử hình")  # a changed drawing alone is not read again
    assert "neutral-picture" not in rules_broken()


def test_true_and_false_are_no_options(course):
    edit(questions(course), FIRST, "text: Có")
    edit(questions(course), SECOND, "text: Không")
    assert rules_broken() == {"true-false"}


def test_an_answer_to_a_rule_that_is_kept_or_unknown_is_told(course):
    answered(course, "stem-length")
    (found,) = faults()
    assert (found.level, "stem-length" in found.message) == ("warning", True)
    edit(questions(course), "stem-length:", "stem-lenght:")
    (found,) = faults()
    assert (found.level, "stem-lenght" in found.message) == ("error", True)


def test_what_all_variants_break_alike_is_said_once_and_one_variant_alone_is_named(course):
    variants = "    variants:\n      - {id: v1, ai: Khách, dau: mở}\n      - {id: v2, ai: Người gửi, dau: 'hoà'}\n"
    stem = '    stem: "{ai} không cho xem. Anh/chị {dau} gì, theo CBQL?"'
    edit(questions(course), f"    {STEM}", variants + stem)
    said = [one.message for one in faults()]
    assert len(said) == 2, said
    assert any(one.startswith("l90-q01-v1: ") and "CBQL" in one for one in said)
    assert any(one.startswith("l90-q01-v2: ") and "hoà" in one for one in said)


def test_accents_typed_apart_are_found_in_files_of_questions(course):
    edit(questions(course), "Nhận luôn thì nhanh", "Nhận luôn thì nhanh".replace("ậ", "a\u0323\u0302"))
    (found,) = faults()
    assert "NFC" in found.message


def test_every_rule_has_a_reason_a_way_out_and_its_place_in_the_guide(capsys):
    guide = (ROOT / "docs" / "author.md").read_text(encoding="utf-8")
    reasons = lint.reasons()
    assert set(reasons) >= {
        *lint.ITEM_RULES,
        *text_cell_rules.RULES,
        *whole_lesson.RULES,
        *whole_course.RULES,
        "not-nfc",
        "sentence-taught",
    }
    elsewhere = {"true-false", "foreign-objective", "picture-small", "neutral-picture", "world-told", "template-words"}
    tested = {*PLANTED_WHOLE, *PLANTED_SCENARIO, *(rule for rule, *_ in PLANTED), *elsewhere}
    assert tested == set(lint.ITEM_RULES), "each rule is tested"
    for rule, reason in reasons.items():
        assert len(reason) > 30, rule
        assert f"`{rule}`" in guide, rule
    assert cli.run(["check", "--rules"]) == 0
    said = capsys.readouterr().out
    assert all(f"{rule}\n    {reason}" in said for rule, reason in reasons.items())


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("Nhận hàng cấm thì bị phạt.", "legal-link"),
        ("Theo Điều 29, quầy được xem.", "legal-link"),
        ("| Điều | Một câu |\n|---|---|\n| 7 | Nghị định 174/2026/NĐ-CP cho phép. |", "legal-link"),
        ("Phạt 99 triệu đồng ([Điều 12](#ND174-2026/12.3.d)).", "lesson-amount"),
        ("Xem [Điều 29 khoản 4](#LBC-2010/29.3).", "link-place"),
        ("Xem [khoản 4](#LBC-2010/29.3) và [29.4](#LBC-2010/29.3).", "link-place"),
        ("Xem [Điều 29 khoản 3 Bộ luật Dân sự](#LBC-2010/29.3).", "link-place"),
        ("Hỏi trước. Kiện đã nhận thì không được mở. Giữ yên. [29.3](#LBC-2010/29.3) nói khác.", "duty-link"),
        ("Luật cấm “Cá nhân sở hữu vũ khí” ([4.1](#L42-2024/4.1)).", "quote-exception"),
        ("Hỏi CBQL trước.", "abbreviation"),
        ("Thấy bột trắng thì ra ngoài, gọi 113.", "powder-call"),
        ("Hỏi  trước.", "double-space"),
        ("Chưa xem mà nhận là chạm luật.", "private-words"),
        ("Chưa xem thì hãy không nhận.", "calque"),
        ("Xem hàng hoá.", "tone-place"),
    ],
)
def test_lessons_keep_their_rules_and_answer_them_in_the_cell(course, words, rule):
    path = course / "lessons" / "91-bai.ipynb"
    path.write_text(notebook(("markdown", f"# Bài\n\n{words}")), encoding="utf-8")
    assert rules_broken() == {rule}
    found = next(one for one in faults() if one.message.endswith(f"[{rule}]"))
    assert found.path.startswith("lessons/91-bai.ipynb, ô 1, dòng ")
    answer = f"<!-- lint_ok: {rule}: Người soạn đã cân nhắc. -->"
    path.write_text(notebook(("markdown", f"# Bài\n\n{words}\n\n{answer}")), encoding="utf-8")
    assert faults() == []
    path.write_text(notebook(("markdown", "# Bài\n\nĐọc.\n\n<!-- lint_ok: khong-co: lý do -->")), encoding="utf-8")
    assert [one.level for one in faults()] == ["error"]


@pytest.mark.parametrize(
    "words",
    [
        "## Luật Bưu chính và Điều 29",
        "Quầy được xem trước khi nhận ([Điều 29 khoản 3](#LBC-2010/29.3)).",
        "Phạt 10 đến 20 triệu đồng với tổ chức, 5 đến 10 triệu đồng với cá nhân ([Điều 12](#ND174-2026/12.3.d)).",
        "Luật viết “huỷ bưu gửi” ([Điều 7](#LBC-2010/7.6)).",
        "Xem [khoản 3](#LBC-2010/29.3), [29.3](#LBC-2010/29.3), [02](#QCPH02-2021), [Luật Bưu chính](#LBC-2010).",
        "Kiện đã nhận thì không được mở ([Điều 7 khoản 6](#LBC-2010/7.6)). Đó không phải việc của quầy.",
        "Luật cấm “Cá nhân sở hữu vũ khí”, trừ đồ gia bảo ([4.1](#L42-2024/4.1)).",
        "Đây có phải việc của luật hay không thì chưa xác minh.",
        "Đọc kỹ, quý khách hỏi thì trả lời.",
        "```\nĐiều 29 CBQL  hoà\n```",
    ],
)
def test_lessons_that_are_sound_are_left_alone(course, words):
    (course / "lessons" / "91-bai.ipynb").write_text(notebook(("markdown", words)), encoding="utf-8")
    assert faults() == []


def test_places_in_the_law_are_read_in_both_orders():
    def read(text):
        return [str(place) for place in legal.places(text)]

    assert read("Theo khoản 3 Điều 14") == ["Điều 14 khoản 3"]
    assert read("và Điều 29 khoản 3, 4") == ["Điều 29 khoản 3", "Điều 29 khoản 4"]
    assert read("(Điều 3 khoản 15, Điều 29 khoản 10)") == ["Điều 3 khoản 15", "Điều 29 khoản 10"]
    assert read("các Điều 7, 12 và 14") == ["Điều 7", "Điều 12", "Điều 14"]
    assert read("điều 2 người cùng thấy") == ["Điều 2"]
    assert legal.rests_on(legal.LegalPlace("14", "4"), ["LBC-2010/14"])
    assert not legal.rests_on(legal.LegalPlace("14", "4"), ["LBC-2010/14.3"])
    assert legal.rests_on(legal.LegalPlace("29"), ["LBC-2010"])
    assert not legal.rests_on(legal.LegalPlace("299"), ["LBC-2010"])
    (place,) = legal.places("(Luật 42/2024/QH15, Điều 60 khoản 1)")
    assert legal.rests_on(place, ["L42-2024/60.1"])
    assert not legal.rests_on(place, ["LBC-2010/60.1"])
    (place,) = legal.places("Điều 55 khoản 1 Luật Phòng, chống ma túy")
    assert place.documents == {"L73-2021", "L120-2025"}, "a title that two laws bear"
    (place,) = legal.places("thay Nghị định 144/2021/NĐ-CP (Điều 69)")
    assert not place.documents, "in brackets another law may be meant"


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("từ 10 đến 20 triệu đồng", [10_000_000, 20_000_000]),
        ("10–20 triệu đồng", [10_000_000, 20_000_000]),
        ("20.000.000 đồng", [20_000_000]),
        ("1,5 tỷ đồng", [1_500_000_000]),
        ("600 nghìn đồng đến 1 triệu đồng", [600_000, 1_000_000]),
        ("11 vụ, 133 viên đạn", []),
    ],
)
def test_amounts_of_money_are_read_as_they_are_written(text, amounts):
    assert [int(one) for one in legal.amounts(text)] == amounts


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Mở gói ngay", "mở gói ngay.", True),
        ("Gọi trưởng ca rồi chờ ở cửa kho hàng", "Gọi trưởng ca và chờ ở cửa kho hàng", True),
        ("Được mở gói này", "Không được mở gói này", False),
        ("Từ 01-7-2026", "Từ 01-01-2026", False),
        ("Trước khi nhận gói", "Sau khi nhận gói", False),
    ],
)
def test_near_duplicates_are_told_from_options_that_differ_in_one_word_that_counts(one, other, same):
    assert wording_rules.alike(one, other) is same


def test_abbreviations_are_told_from_numbers_of_documents_and_words_written_large():
    assert spelling.unexplained("Nghị định 174/2026/NĐ-CP, Luật 49/2010/QH12, UBND, mã KN-5508-19, phần II") == []
    assert spelling.unexplained("CHƯA XÁC MINH; hỏi CBQL, KH&CN") == ["CBQL"]
    assert spelling.unexplained("Gọi `XYZ` hay xem [trang](ABCD.md)") == []


def test_chance_is_counted_as_tables_have_it():
    assert chi_square_tail(3.841, 1) == pytest.approx(0.05, abs=1e-4)
    assert chi_square_tail(5.991, 2) == pytest.approx(0.05, abs=1e-4)
    assert chi_square_tail(11.070, 5) == pytest.approx(0.05, abs=1e-4)
    assert at_least_chance(8, [0.5] * 10) == pytest.approx(56 / 1024)
    assert spread_chance({3: {0: 10, 1: 10, 2: 10}}) == pytest.approx(1)
    assert spread_chance({3: {0: 30}}) < 1e-6
    draw = random.Random(7)
    places = {3: {at: sum(draw.randrange(3) == at for _ in range(60)) for at in range(3)}}
    assert spread_chance(places) > 0.01


def many(course: Path, count: int, *, bloom: str = "apply", longest: bool = False) -> None:
    """Write ``count`` single choices with three options, whose key is the longest or not, and ask them all."""
    text = "unit: l90\nversion: 1.0.0\ntitle: Bài thử\nseed: l90-thu\nquestions:\n"
    for number in range(count):
        key = "Mời khách mở ra cùng xem" if longest else "Mời khách mở"
        text += (
            f"  - id: l90-q{number:03}\n    type: single\n    objective: m2-2\n    bloom: {bloom}\n"
            f"    difficulty: 0.5\n    intent: Thử.\n    stem: Gói số {number}. Anh/chị làm gì?\n    options:\n"
            f"      - {{id: a, text: {key}}}\n      - {{id: b, text: Nhận rồi ghi chú}}\n"
            "      - {id: c, text: Trả lại không nói}\n"
            "    keys:\n      - correct: a\n        provisions: [LBC-2010/29.3]\n        feedback:\n"
            "          a: Đúng. Khách mở, anh/chị nhìn, rồi cùng dán lại trước khi nhận.\n"
            "          b: Ghi chú rồi vẫn không ai biết trong gói có gì, mời khách mở.\n"
            "          c: Trả lại thì nhẹ việc. Nhưng khách không biết vì sao; hãy giải thích rồi mời mở.\n"
        )
    questions(course).write_text(text, encoding="utf-8")
    cells = [("code", f'ask("l90-q{number:03}")') for number in range(count)]
    (course / "lessons" / "90-thu.ipynb").write_text(notebook(*cells), encoding="utf-8")


def whole() -> dict[str, str]:
    found = [one for one in check.check() if one.path == "datasets/questions"]
    return {one.message.rpartition("[")[2].rstrip("]"): one.level for one in found}


def test_the_bank_as_a_whole_is_warned_about_while_it_grows_and_then_refused(course):
    many(course, 40)
    with (course / "datasets" / "questions" / "objectives.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) > 10
    assert whole() == {"bank-size": "warning", "bank-variants": "warning", "objective-items": "warning"}
    edit(course / "course.toml", "complete = false", "complete = true")
    assert whole() == {"bank-size": "error", "bank-variants": "error", "objective-items": "error"}


def test_a_bank_that_only_recalls_or_whose_key_is_always_the_longest_is_told(course):
    many(course, 40, bloom="remember", longest=True)
    assert {"bank-apply", "bank-recall", "key-longest-bank"} <= set(whole())
    many(course, 40)
    assert not {"bank-apply", "bank-recall", "key-longest-bank", "key-position"} & set(whole())


HALF = """\
unit: {unit}
version: 1.0.0
title: Bài thử
seed: {unit}-thu
questions:
  - id: {unit}-q02
    type: numeric
{head}    stem: {stem}
    unit: triệu đồng
    keys:
      - correct: {key}
        from: 2026-07-01
        provisions: [ND174-2026/{ref}, ND174-2026/4.4]
        feedback:
          right: Đúng. Cách tính ấy theo đúng căn cứ đã dẫn ở trên.
          wrong: Dễ nhầm ở chỗ này. Hãy xem lại căn cứ rồi tính lại từng bước.
"""


@pytest.mark.parametrize(
    ("stem", "key", "ref", "told"),
    [
        ("Chủ tịch xã được phạt tổ chức tới 40 triệu, vậy một người thì tới mấy triệu?", 20, "106.1", True),
        ("Chủ tịch tỉnh được phạt tổ chức tới 80 triệu, vậy một người thì tới mấy triệu?", 40, "106.2", False),
        ("Công an xã được phạt tổ chức tới 40 triệu, vậy một người thì tới mấy triệu?", 20, "107.4", False),
    ],
)
def test_a_graded_question_that_asks_the_number_of_a_practice_question_is_told(course, stem, key, ref, told):
    half = "Theo Nghị định 174/2026/NĐ-CP, Chủ tịch UBND cấp xã phạt tổ chức đến 40 triệu. Với cá nhân thì bao nhiêu?"
    pool = course / "exam" / "pool"
    pool.mkdir(parents=True)
    (pool / "x90.yml").write_text(HALF.format(unit="x90", head=HEAD, stem=half, key=20, ref="106.1"), encoding="utf-8")
    path = course / "datasets" / "questions" / "l91.yml"
    path.write_text(HALF.format(unit="l91", head=HEAD, stem=stem, key=key, ref=ref), encoding="utf-8")
    assert ("number-repeated" in whole()) is told


OFFICER = "## 1. [Cán bộ] Bảng"
DRAWING = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 600 300'><title>Quầy</title><desc>Ngắn</desc></svg>"
SHOWN = f"![{'Một quầy, một kiện, một người đứng chờ ở cửa. ' * 2}](hinh/91.svg)"


@pytest.mark.parametrize(
    ("rule", "cells"),
    [
        ("screen-decision", [("markdown", "## 1. Quầy"), ("markdown", "## 2. Kho"), ("code", 'test("kt1")')]),
        ("officer-tag", [("markdown", OFFICER), ("code", 'ask("l90-q01")')]),
        ("drawing-text", [("markdown", SHOWN)]),
        ("quote-source", [("markdown", "Luật viết “cứ nhận đi”.")]),
    ],
)
def test_a_lesson_as_a_whole_keeps_its_rules_and_answers_them_in_the_cell(course, rule, cells):
    path = course / "lessons" / "91-bai.ipynb"
    (course / "lessons" / "hinh").mkdir()
    (course / "lessons" / "hinh" / "91.svg").write_text(DRAWING, encoding="utf-8")
    path.write_text(notebook(*cells), encoding="utf-8")
    assert rules_broken() == {rule}
    (kind, text), *others = cells
    cells = [(kind, f"{text}\n\n<!-- lint_ok: {rule}: Người soạn đã cân nhắc. -->"), *others]
    path.write_text(notebook(*cells), encoding="utf-8")
    assert faults() == []


@pytest.mark.parametrize(
    ("rule", "code", "metadata"),
    [
        ("code-shown", "1 + 1", {}),
        ("code-shown", "1 + 1", {"tags": ["giao-dien"]}),
        ("simulated-said", 'load("statistics/incidents-simulated").plot()', {"tags": ["can-bo"]}),
    ],
)
def test_a_cell_of_code_keeps_the_rules_of_its_lesson_and_answers_them(course, rule, code, metadata):
    path = course / "lessons" / "91-bai.ipynb"
    folded = json.dumps(FOLDED)
    path.write_text(notebook(("code", code)).replace(folded, json.dumps(metadata)), encoding="utf-8")
    assert rules_broken() == {rule}
    answer = f"{code}\n# lint_ok: {rule}: Người soạn đã cân nhắc."
    path.write_text(notebook(("code", answer)).replace(folded, json.dumps(metadata)), encoding="utf-8")
    assert faults() == []


def test_a_question_is_asked_once_in_its_lesson(course):
    path = course / "lessons" / "90-thu.ipynb"
    path.write_text(notebook(("code", 'ask("l90-q01")'), ("code", 'ask("l90-q01")')), encoding="utf-8")
    assert rules_broken() == {"asked-twice"}


def of_the_course() -> dict[str, str]:
    said = [problem for problem in check.check() if problem.path == "lessons"]
    return {problem.message.rpartition("[")[2].rstrip("]"): problem.level for problem in said}


def test_what_the_course_as_a_whole_lacks_is_warned_about_and_then_refused(course):
    path = course / "lessons" / "90-thu.ipynb"
    path.write_text(notebook(("code", 'ask("l90-q01")')), encoding="utf-8")
    lacking = {"lesson-exercise", "course-roles", "emergency-first"}
    assert of_the_course() == dict.fromkeys(lacking, "warning")
    edit(course / "course.toml", "complete = false", "complete = true")
    assert of_the_course() == dict.fromkeys(lacking, "error")


def test_a_lesson_of_five_questions_mixes_their_types(course):
    (course / "lessons" / "90-thu.ipynb").write_text(notebook(("code", 'ask("l90-q01")')), encoding="utf-8")
    assert "lesson-types" not in of_the_course()  # begun only
    bank_file = questions(course)
    head, _, first = bank_file.read_text(encoding="utf-8").partition("  - id: l90-q01")
    alike = "".join(f"  - id: l90-q0{number}{first}\n" for number in range(1, 6))
    bank_file.write_text(head + alike, encoding="utf-8")
    assert of_the_course()["lesson-types"] == "warning"


def test_a_lesson_practises_its_objectives_and_teaches_secrecy_beside_looking(course):
    shutil.copy(questions(course), course / "datasets" / "questions" / "l02.yml")
    edit(course / "datasets" / "questions" / "l02.yml", "unit: l90", "unit: l02")
    path = course / "lessons" / "02-bai.ipynb"
    path.write_text(notebook(("markdown", "Xem [khoản 3](#LBC-2010/29.3).")), encoding="utf-8")
    assert {"lesson-objectives", "secrecy"} <= set(of_the_course())
    reason = "<!-- lint_ok: secrecy: Bài sau nói. --><!-- lint_ok: lesson-objectives: Bài ngắn. -->"
    path.write_text(notebook(("markdown", f"Xem [khoản 3](#LBC-2010/29.3).\n\n{reason}")), encoding="utf-8")
    (course / "lessons" / "90-thu.ipynb").unlink()
    assert not {"lesson-objectives", "secrecy"} & set(of_the_course())


def test_the_two_tests_ask_the_same_things(course):
    for unit in ("kt1", "kt2"):
        shutil.copy(ROOT / "datasets" / "questions" / f"{unit}.yml", course / "datasets" / "questions")
    assert "test-pairs" not in of_the_course()
    path = course / "datasets" / "questions" / "kt2.yml"
    sound = path.read_text(encoding="utf-8")
    edit(path, "bloom: ", "bloom: create #")
    assert "test-pairs" in of_the_course()
    path.write_text(sound, encoding="utf-8")
    edit(path, "difficulty: ", "difficulty: 0.9 #")
    assert "test-pairs" in of_the_course(), "neither is the harder one"


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("sheet-outside", "<img src='x.png'>"),
        ("sheet-outside", "<p>https://vi.dụ</p>"),
        ("sheet-citation", "<td>Luật Bưu chính, 29.3; 99.1</td>"),
        ("sheet-citation", "<td>Luật 55/2024, 999</td>"),
    ],
)
def test_a_sheet_to_print_stands_alone_and_cites_what_the_register_has(course, rule, words):
    sheet = course / "lessons" / "phu-luc" / "to.html"
    sheet.parent.mkdir()
    sheet.write_text("<table><td>Luật Bưu chính, 29.3</td><td>Luật 55/2024, 6.1</td></table>", encoding="utf-8")
    assert faults() == []
    sheet.write_text(f"<p>{words}</p>", encoding="utf-8")
    assert rules_broken() == {rule}


def test_a_sheet_to_print_that_is_not_utf8_is_named_with_the_way_out(course):
    sheet = course / "lessons" / "phu-luc" / "to.html"
    sheet.parent.mkdir()
    sheet.write_text("<table><td>Luật Bưu chính, 29.3</td></table>", encoding="utf-16")
    (fault,) = faults()
    assert fault.path == "lessons/phu-luc/to.html"
    assert "UTF-8" in str(fault)
    assert "Notepad" in str(fault)


@pytest.mark.parametrize(
    ("text", "danger", "late"),
    [
        ("Báo trưởng bưu cục rồi gọi 114.", False, True),
        ("Gọi 114, rồi báo trưởng bưu cục.", True, False),
        ("Ra ngoài, gọi 113.", True, False),
        ("Báo trưởng ca.", True, True),
        ("Báo trưởng ca.", False, False),
        ("Gọi trưởng ca, nói đã gọi 114.", True, False),
    ],
)
def test_the_office_is_told_after_the_number_is_called(text, danger, late):
    assert people.office_first(text, danger=danger) is late


def test_an_exercise_calls_what_the_code_of_its_lesson_has_shown(course):
    def of(*sources: str, hidden: bool = False) -> list[Cell]:
        return [Cell("x.ipynb", n, "code", source, ("can-bo",), hidden) for n, source in enumerate(sources, 1)]

    shown = of('sach = bang.drop_duplicates()\nprint(len(sach))\nsach["___"].str.lower()')
    assert shown_code.unknown(shown, of('so = len(bang)\nsubmit("bt90-q1", so=so)\nbang.drop_duplicates()')) == []
    assert shown_code.unknown(shown, of("bang.pivot_table(index=1)", "sorted(bang)")) == ["pivot_table", "sorted"]
    assert shown_code.unknown(shown, of("#: bang.melt(___)\nlen(bang)")) == ["melt"], "what is given counts too"
    assert shown_code.unknown(of("bang.melt()", hidden=True), of("bang.melt()")) == ["melt"], "folded is not shown"


def test_nothing_that_bt06_asks_is_new():
    lesson = [one for one in cells(ROOT / "lessons/06-thong-ke-vu-viec.ipynb") if one.kind == "code"]
    asked = [one for one in cells(ROOT / "source/bt06/bt06.ipynb") if one.kind == "code"]
    assert shown_code.unknown(lesson, asked) == []
    assert shown_code.unknown([one for one in lesson if "groupby" not in one.text], asked), "it sees what is missing"


def test_an_exercise_asks_in_the_order_of_its_file_and_ends_with_handing_in(course):
    new.exercise("bt90")
    assert "exercise-order" not in rules_broken()
    path = course / "source" / "bt90" / "bt90.ipynb"
    written = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(written | {"cells": written["cells"][::-1]}, ensure_ascii=False), encoding="utf-8")
    assert "exercise-order" in rules_broken()
