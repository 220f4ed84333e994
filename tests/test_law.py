"""The register of law: references, periods, citations, what was in force on a day, faults of the tables."""

from __future__ import annotations

import csv
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buuchinh import datasets, law
from buuchinh.errors import KitError
from buuchinh.law import quotation
from buuchinh.law.citation_payload import citation
from buuchinh.law.provision_text import state, words

SHIPPED = Path(__file__).resolve().parents[1] / "datasets"

CUT = "left_out phải nói"
POINTS_OF_4_9 = "ba ngoại lệ sau dấu hai chấm: điểm a, b, c, mỗi điểm có dòng riêng"
"""What the register says of the quotation that ends "trừ trường hợp sau đây:"."""

SLIPS = ["", "LBC", "LBC-2010/", "LBC-2010/29,3", "LBC-2010/29.3@1-7-2026", "LBC-2010@2026-02-30"]

steps = st.from_regex(r"[0-9a-z]{1,3}", fullmatch=True)
references = st.builds(
    law.Reference,
    st.from_regex(r"[A-Z]{1,4}[0-9]{0,3}-[0-9]{4}", fullmatch=True),
    st.lists(steps, max_size=4).map(tuple),
    st.none() | st.dates(),
)


@given(references)
def test_a_reference_reads_back_as_it_was_written(reference: law.Reference) -> None:
    assert law.parse(str(reference)) == reference


@given(references)
def test_a_reference_in_a_link_is_found_on_its_line(reference: law.Reference) -> None:
    text = f"# Bài\n\nXem [điều này](#{reference}).\n"
    assert law.references_in(text) == [(str(reference), 3)]


@given(st.text(max_size=40))
def test_any_text_is_a_reference_or_refused_in_words(text: str) -> None:
    try:
        parsed = law.parse(text)
    except KitError:
        return
    assert str(parsed) == text.strip()


@pytest.mark.parametrize("text", SLIPS)
def test_a_slip_is_no_reference(text: str) -> None:
    with pytest.raises(KitError) as caught:
        law.parse(text)
    assert caught.value.problems[0].way_out


def test_links_to_other_places_and_code_are_no_references() -> None:
    lines = [
        "[a](#muc-tieu) [b](https://x.vn/#LBC-2010)",
        "```",
        "[c](#LBC-2010/29.3)",
        "```",
        "[d](#LBC-2010/29,3) [e](#LBC-2010)",
    ]
    text = "\n".join(lines)
    assert law.references_in(text) == [("LBC-2010/29,3", 5), ("LBC-2010", 5)]


def test_the_shipped_register_is_without_fault_and_everything_in_it_can_be_cited() -> None:
    assert law.check() == []
    for ref in (*law.all_documents(), *law.all_provisions()):
        found = law.provision(ref)
        assert found.id == ref
        assert found.summary
        assert found.source
        assert law.cite(ref)


def test_every_reference_resolves_on_the_days_of_each_of_its_periods() -> None:
    for ref, periods in law.all_provisions().items():
        for period in periods:
            if period.from_:
                assert law.provision(f"{ref}@{period.from_}") == period
            if period.to:
                assert law.provision(ref, period.to - timedelta(days=1)) == period


def test_a_day_chooses_the_text_of_that_day() -> None:
    before = law.provision("BLHS-2015/249.1@2024-01-01")
    after = law.provision("BLHS-2015/249.1@2026-01-01")
    assert (before.amount, after.amount) == ("tù 01-05 năm", "tù 03-05 năm")
    assert law.provision("BLHS-2015/249.1", date(2025, 6, 30)) == before
    assert law.provision("BLHS-2015/249.1", date(2025, 7, 1)) == after
    assert law.provision("BLHS-2015/249.1") == after


def test_a_lapsed_text_is_shown_without_a_day_and_refused_for_a_day_on_which_it_did_not_hold() -> None:
    assert law.provision("ND15-2020/9.1").to == date(2026, 7, 1)
    with pytest.raises(KitError, match=r"01-07-2026.*ND174-2026"):
        law.provision("ND15-2020/9.1@2026-07-01")
    with pytest.raises(KitError, match="chưa áp dụng"):
        law.provision("ND174-2026/11.1@2026-06-30")


@pytest.mark.parametrize(
    ("ref", "day", "force"),
    [
        ("ND15-2020/9.1", "2026-06-30", "in_force"),
        ("ND15-2020/9.1", "2026-07-01", "lapsed"),
        ("ND174-2026/11.1", "2026-06-30", "not_yet"),
        ("ND174-2026/11.1", "2026-07-01", "in_force"),
        ("NQ20-2026", "2027-02-28", "in_force"),
        ("NQ20-2026", "2027-03-01", "lapsed"),
        ("LBC-2010/29.3", "2026-11-25", "in_force"),
        ("LCAND-86", "2023-08-16", "in_force"),
        ("QD37-2021/mang-kt1", "2023-08-16", "in_force"),
        ("QD37-2021/mang-kt1", "2026-11-25", "unknown"),
        ("ND15-2020", "2026-07-01", "partly_lapsed"),
        ("L42-2024/4.9.b", "2024-12-31", "not_yet"),
        ("ND137-2020/5.1", "2023-08-16", "in_force"),
        ("LBC-2010/29", "2010-12-31", "not_yet"),
        ("DT-LBC-2026", "2026-11-25", "not_yet"),
        ("BLHS-2015/256a.1", "2025-06-30", "not_yet"),
        ("L14-2017/3.2", "2023-08-16", "in_force"),
        ("L14-2017/3.2", "2025-01-01", "lapsed"),
    ],
)
def test_what_was_in_force_on_a_day(ref: str, day: str, force: str) -> None:
    assert law.in_force(ref, date.fromisoformat(day)) == force
    assert law.in_force(f"{ref}@{day}") == force


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("LBC-2010", "Luật Bưu chính (49/2010/QH12)"),
        ("LBC-2010/29.3", "Điều 29 khoản 3 Luật Bưu chính (49/2010/QH12)"),
        ("LBC-2010/12", "Điều 12 Luật Bưu chính (49/2010/QH12)"),
        ("LBC-2010/11.2", "Điều 11 khoản 2 Luật Bưu chính (49/2010/QH12)"),
        ("LBC-2010/21.2.d", "Điều 21 khoản 2 điểm d Luật Bưu chính (49/2010/QH12)"),
        ("ND282-2025/12.4.dd", "Điều 12 khoản 4 điểm đ Nghị định 282/2025/NĐ-CP"),
        ("ND15-2020/12-boc-mo", "Điều 12 Nghị định 15/2020/NĐ-CP"),
        ("NQ20-2026/pl1-d.i.1", "Phụ lục I, mục D, I.1 Nghị quyết 20/2026/NQ-CP"),
        ("CT02-2025/dinh-danh", "Chỉ thị 02/CT-BKHCN (phần: Định danh người gửi)"),
        ("HP-2013/21.2", "Điều 21 khoản 2 Hiến pháp năm 2013"),
        (
            "BLHS-2015/249.1@2024-01-01",
            "Điều 249 khoản 1 Bộ luật Hình sự (100/2015/QH13), bản áp dụng ngày 01-01-2024",
        ),
    ],
)
def test_citations_read_as_a_lawyer_writes_them(ref: str, words: str) -> None:
    assert law.cite(ref) == words


def test_an_unknown_reference_is_answered_with_the_nearest() -> None:
    with pytest.raises(KitError) as caught:
        law.provision("LBC-2010/29.33")
    assert "LBC-2010/29.3" in caught.value.problems[0].way_out
    with pytest.raises(KitError) as caught:
        law.document("LBC-2011")
    assert "LBC-2010" in caught.value.problems[0].way_out
    with pytest.raises(KitError):
        law.cite("LBC-2010/99")


def test_a_whole_article_is_made_of_its_clauses_and_as_sure_as_the_least_sure() -> None:
    article = law.provision("LBC-2010/12")
    assert article.parts == ("LBC-2010/12.1", "LBC-2010/12.2", "LBC-2010/12.3", "LBC-2010/12.4")
    assert (article.article, article.clause) == ("12", "")
    penalties = law.provision("ND15-2020/12")
    assert penalties.confidence == max(law.provision(part).confidence for part in penalties.parts)
    before, after = (law.provision("BLHS-2015/249", day) for day in (date(2024, 1, 1), date(2026, 1, 1)))
    assert before.summary != after.summary


def test_fines_say_for_whom_they_are() -> None:
    postal, weapons = law.provision("ND174-2026/11.1"), law.provision("ND282-2025/12.4.dd")
    assert (postal.amount_for, postal.amount_min, postal.amount_max) == (
        "organisation",
        10_000_000,
        20_000_000,
    )
    assert (weapons.amount_for, weapons.amount_min, weapons.amount_max) == (
        "individual",
        20_000_000,
        30_000_000,
    )


def test_words_for_what_is_sure_and_what_is_not() -> None:
    assert law.confidence_words("A") == "đã đọc nguyên văn"
    assert "chưa xác minh" in law.confidence_words("C")
    with pytest.raises(KeyError):
        law.confidence_words("D")


def test_a_timeline_keeps_the_order_and_splits_periods() -> None:
    frame = law.timeline(["ND174-2026", "ND15-2020", "BLHS-2015/249.1"])
    assert list(frame["id"]) == ["ND174-2026", "ND15-2020", "BLHS-2015/249.1", "BLHS-2015/249.1"]
    assert frame["to"][0] is None
    assert frame["from"][0] == frame["to"][1] == date(2026, 7, 1)
    assert frame.attrs["provenance"]["name"] == "law/documents"


@pytest.mark.parametrize(
    ("path", "old", "new", "words"),
    [
        ("law/provisions.csv", "LBC-2010,29,3,", "LBC-2010,29,4,", "không khớp"),
        ("law/provisions.csv", "BLHS-2015/249.1,2,", "BLHS-2015/249.1,3,", "period"),
        (
            "law/provisions.csv",
            "organisation,10000000,20000000",
            "organisation,30000000,20000000",
            "Mức thấp nhất",
        ),
        ("law/provisions.csv", "LBC-2010/29.3,1,LBC-2010,", "LBC-2010/29.3,1,BLHS-2015,", "không thuộc"),
        ("law/provisions.csv", "organisation,10000000,20000000", ",10000000,20000000", "amount_for"),
        ("law/documents.csv", "2014-01-15,2020-04-15,", "2014-01-15,,", "expires"),
        ("law/provisions.csv", "10.000.000-20.000.000 đồng (tổ chức)", "10.000.000-20.000.000 đồng", "Cột amount"),
        ("glossary.csv", ",LBC-2010/12,", ",LBC-2010/99,", "LBC-2010/99"),
        (
            "law/provisions.csv",
            "an toàn cho người, bưu gửi và mạng bưu chính.",
            "an toàn cho người",
            "left_out để trống",
        ),
        (
            "law/provisions.csv",
            "cá nhân, trừ trường hợp quy định tại Điều 14 của Luật này;",
            "cá nhân, trừ trường hợp",
            CUT,
        ),
        ("law/provisions.csv", POINTS_OF_4_9, "", CUT),
        ("law/provisions.csv", f'{POINTS_OF_4_9}",', '",complete', CUT),
        ("law/provisions.csv", "; c) Phòng Giám định kỹ thuật hình sự thuộc Bộ Quốc phòng.", ";", CUT),
        ("law/provisions.csv", ", trừ trường hợp quy định tại Điều 14 của Luật này;", ";", "Tóm tắt nêu ngoại lệ"),
        ("law/provisions.csv", "Điều khoản mới từ 01-7-2025 (Luật 86/2025/QH15); trước đó không có.", "", "note"),
    ],
)
def test_faults_of_meaning_are_named_with_file_and_line(
    tmp_path: Path, path: str, old: str, new: str, words: str
) -> None:
    package = Path(shutil.copytree(SHIPPED, tmp_path / "datasets"))
    text = (package / path).read_text(encoding="utf-8")
    assert old in text
    (package / path).write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    line = text[: text.index(old)].count("\n") + 1
    (problem,) = law.check(package)
    assert (problem.path, problem.line) == (f"datasets/{path}", line)
    assert words in problem.message


@pytest.mark.parametrize("ref", ["L42-2024/31.2.b-c", "L42-2024/56.2.b-c", "L42-2024/64.3"])
def test_a_row_that_goes_on_past_an_amending_law_is_asked_about_until_it_says_that_it_was_compared(
    tmp_path: Path, ref: str
) -> None:
    package = Path(shutil.copytree(SHIPPED, tmp_path / "datasets"))
    path = package / "law" / "provisions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["id"], row["period"]) != (ref, "2")]
    (moved,) = [row for row in rows if row["id"] == ref]
    answers: tuple[dict[str, str], ...] = (
        {},
        {"checked_against": "L118-2025"},
        {"not_checked_against": "L118-2025"},
        {"to": "2026-07-01"},
    )
    said = []
    for answer in answers:
        moved |= {"to": "", "checked_against": "", "not_checked_against": "", **answer}
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        said.append([problem.message for problem in law.check(package)])
    asked, *settled = said
    assert len(asked) == 1
    assert ref in asked[0]
    assert "L118-2025" in asked[0]
    assert settled == [[], [], []]


@pytest.mark.parametrize(
    ("status", "asked"), [("replaced", True), ("presumed_replaced", True), ("partly_lapsed", False)]
)
def test_a_provision_must_end_with_its_document_unless_only_parts_of_it_lapsed(
    tmp_path: Path, status: str, asked: bool
) -> None:
    package = Path(shutil.copytree(SHIPPED, tmp_path / "datasets"))
    path = package / "law" / "documents.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (ended,) = [row for row in rows if row["id"] == "L91-2025"]
    ended |= {"expires": "2026-11-30", "status": status, "replaced_by": "LBC-2010"}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    problems = law.check(package)
    own = [ref for ref in law.all_provisions() if ref.startswith("L91-2025/")]
    assert own
    assert [problem.message.split()[0] for problem in problems] == (own if asked else [])
    assert all(problem.path == "datasets/law/provisions.csv" and problem.way_out for problem in problems)


def test_the_three_provisions_that_law_118_rewrote_have_a_text_before_and_one_after_it() -> None:
    for ref in ("L42-2024/31.2.b-c", "L42-2024/56.2.b-c", "L42-2024/64.3"):
        before, after = (law.provision(ref, date(2026, month, day)) for month, day in ((6, 30), (7, 1)))
        assert before.to == after.from_ == date(2026, 7, 1)
        assert before.quote != after.quote
    assert "cơ quan quân sự cấp huyện" not in (law.provision("L42-2024/64.3", date(2026, 7, 1)).quote or "")
    assert "Câu ghép" in state(law.provision("L42-2024/64.3", date(2026, 7, 1)))


def test_a_wording_that_nobody_has_read_is_as_unsure_as_the_register_can_say() -> None:
    every = [one for periods in law.all_provisions().values() for one in periods]
    unread = [one for one in every if "lời văn cũ chưa xem" in (one.note or "").lower()]
    assert len(unread) >= 7
    assert {one.confidence for one in unread} == {"C"}


def test_a_quotation_says_what_it_leaves_out() -> None:
    ban, whole, unread = (law.provision(ref) for ref in ("L42-2024/4.9", "LBC-2010/29.10", "ND174-2026/12.4.a"))
    assert "Không trích: ba ngoại lệ" in words(ban)
    assert words(whole).endswith("Điều 14 của Luật này;”")
    assert "Chưa đối chiếu lại" in words(unread)


def test_what_is_not_settled_of_a_text_is_told() -> None:
    assert "HẾT HIỆU LỰC MỘT PHẦN" in state(law.provision("ND15-2020/9.1", date(2024, 1, 1)))
    assert "Luật 118/2025" in state(law.provision("L42-2024/4.9"))
    assert state(law.provision("ND174-2026/12.4.a")) == ""
    shown = [citation(ref).for_dialog() for ref in ("QD158-2003/1", "ND174-2026/12.4.a")]
    assert " ".join(text for one in shown for text in one.values()).count("CHƯA XÁC MINH") == 1
    assert shown[0]["state"].startswith("CHƯA XÁC MINH")


def test_whether_an_unverified_text_holds_is_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = Path(shutil.copytree(SHIPPED, tmp_path / "datasets"))
    monkeypatch.setenv("BUUCHINH_COURSE", str(tmp_path))
    path = package / "law" / "documents.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["status"] = "unknown" if row["id"] == "LBC-2010" else row["status"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    assert law.in_force("LBC-2010/29.3", date(2026, 11, 25)) == "unknown"
    assert law.status_words("LBC-2010") == "chưa xác minh"


def test_a_changed_table_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = Path(shutil.copytree(SHIPPED, tmp_path / "datasets"))
    monkeypatch.setenv("BUUCHINH_COURSE", str(tmp_path))
    assert law.document("LBC-2010").short_title == "Luật Bưu chính"
    path = package / "law" / "documents.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",Luật Bưu chính,Quốc hội", ",Luật Thư tín,Quốc hội", 1), encoding="utf-8", newline="")
    assert law.document("LBC-2010").short_title == "Luật Thư tín"


@pytest.mark.parametrize(
    ("cells", "extent"),
    [
        ({"left_out": "đoạn hai", "quote_extent": None}, ("đoạn hai", "")),
        ({"left_out": None, "quote_extent": "unchecked"}, ("", "unchecked")),
        ({"left_out": "chưa đối chiếu lại với nguồn"}, ("", "unchecked")),
        ({"left_out": "chỉ dấu câu cuối"}, ("", "complete")),
        ({}, ("", "")),
    ],
)
def test_tables_made_before_the_extent_of_a_quotation_had_a_column_are_read(cells, extent) -> None:
    assert quotation.extent(datasets.Row(1, {}, cells)) == extent
