"""Whose hand-in it is, of which exercise, and when: wrong, twice, or not said."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from kit.broken import LATER, Good, case, dumped, lay, packed, with_answers

from buuchinh import codes


@case("bt02", "mended", "phần của bài bt06")
def the_file_bears_the_name_of_another_exercise(good: Good, desk: Path) -> None:
    (desk / good.name.replace("bt02", "bt06")).write_bytes(good.zip())


@case("bt02", "same", lines=2)
def the_same_trainee_hands_in_twice(good: Good, desk: Path) -> None:
    with_answers(good, desk, lambda answers: answers["bt02-q31"].update(answer="sai"))
    (desk / good.name.replace(".zip", "_sau.zip")).write_bytes(good.zip(LATER))


@case("bt02", "same", lines=2)
def the_same_zip_comes_twice(good: Good, desk: Path) -> None:
    (desk / good.name).write_bytes(good.zip())
    (desk / good.name.replace(".zip", " (1).zip")).write_bytes(good.zip())


@case("bt02", "same", lines=2)
def the_zip_and_what_was_in_it_come_together(good: Good, desk: Path) -> None:
    (desk / good.name).write_bytes(good.zip())
    (desk / "giai nen").mkdir()
    for name, data in good.files().items():
        (desk / "giai nen" / name).write_bytes(data)


@case("bt02", "refused", "hai mã.*da-nop")
def it_is_handed_in_under_a_colleagues_name(good: Good, desk: Path) -> None:
    (desk / good.name.replace(good.code, good.other)).write_bytes(good.zip())


@case("bt02", "refused", "sai ký tự kiểm tra.*Hỏi lại")
def the_code_is_mistyped(good: Good, desk: Path) -> None:
    wrong = good.code[:-1] + ("A" if good.code[-1] != "A" else "B")
    files = {name: data.replace(good.code.encode(), wrong.encode()) for name, data in good.files().items()}
    (desk / "bt02.zip").write_bytes(packed(files))


@case("bt02", "mended", "không có trong danh sách; lấy mã")
def the_code_is_mistyped_within_and_right_in_the_name(good: Good, desk: Path) -> None:
    wrong = good.code[:-1] + ("A" if good.code[-1] != "A" else "B")
    files = {name: data.replace(good.code.encode(), wrong.encode()) for name, data in good.files().items()}
    (desk / good.name).write_bytes(packed(files))


@case("bt02", "refused", "không có trong danh sách.*roster")
def nobody_of_that_code_is_enrolled(good: Good, desk: Path) -> None:
    files = {
        name: data.replace(good.code.encode(), codes.make("GL9999").encode()) for name, data in good.files().items()
    }
    (desk / "bt02.zip").write_bytes(packed(files))


@case("bt06", "mended", "Thiếu answers.json", lost=("bt06-q40",))
def the_code_in_the_name_is_small_and_without_hyphens(good: Good, desk: Path) -> None:
    (desk / f"bai tap bt06_{good.code.replace('-', '').lower()}.ipynb").write_bytes(good.files()["bt06.ipynb"])


@case("bt06", "refused", "Không có mã học viên.*Đặt lại tên")
def nobody_can_tell_whose_notebook_it_is(good: Good, desk: Path) -> None:
    (desk / "bai tap.ipynb").write_bytes(good.files()["bt06.ipynb"])


@case("bt02", "mended", "Đồng hồ")
def the_clock_is_years_ahead(good: Good, desk: Path) -> None:
    (desk / good.name).write_bytes(good.zip(datetime.fromisoformat("2035-01-01T00:00:00+07:00")))


@case("bt02", "mended", "Đồng hồ")
def the_clock_stands_at_its_beginning(good: Good, desk: Path) -> None:
    (desk / good.name).write_bytes(good.zip(datetime.fromisoformat("1970-01-02T00:00:00+07:00")))


@case("bt02", "mended", "Không có phiếu")
def the_receipt_is_missing(good: Good, desk: Path) -> None:
    lay(good, desk, **{"receipt.json": None})


@case("bt02", "mended", "mã kiểm tra không khớp")
def the_receipt_was_altered(good: Good, desk: Path) -> None:
    slip = json.loads(good.files()["receipt.json"]) | {"at": LATER.isoformat()}
    lay(good, desk, **{"receipt.json": dumped(slip)})


@case("bt02", "mended", "Phiếu nộp bài không đọc được")
def the_receipt_is_rubbish(good: Good, desk: Path) -> None:
    lay(good, desk, **{"receipt.json": b'{"at": "0001-01-01", "unit": [1e999], "sha256": 3'})


@case("bt02", "refused", "Không có câu trả lời")
def a_blank_exercise_was_copied_from_the_desk(good: Good, desk: Path) -> None:
    (desk / good.code / "bt02").mkdir(parents=True)
    (desk / good.code / "bt02" / "bt02.ipynb").write_bytes(good.files()["bt02.ipynb"])
