"""``answers.json`` is missing, half written, of another exercise, or holds what no answer can be."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from kit.broken import ALL_CODE, Good, case, dumped, lay, with_answers


@case("bt06", "mended", "Thiếu answers.json", lost=("bt06-q40",))
def answers_are_missing_and_code_is_there(good: Good, desk: Path) -> None:
    lay(good, desk, **{"answers.json": None})


@case("bt02", "refused", "Không có câu trả lời.*da-nop")
def answers_of_a_quiz_are_missing(good: Good, desk: Path) -> None:
    lay(good, desk, **{"answers.json": None})


@case("bt02", "mended", "nhật ký")
def answers_are_missing_and_the_journal_is_there(good: Good, desk: Path) -> None:
    folder = desk / good.code / "bt02"
    shutil.copytree(good.folder, folder)
    (folder / "answers.json").unlink()


@case("bt02", "mended", "nhật ký|bị hỏng hoặc bị cắt")
def answers_are_half_written_and_the_journal_is_there(good: Good, desk: Path) -> None:
    folder = desk / good.code / "bt02"
    shutil.copytree(good.folder, folder)
    data = (folder / "answers.json").read_bytes()
    (folder / "answers.json").write_bytes(data[: len(data) // 2])
    with (folder / "answers.jsonl").open("ab") as file:
        file.write(b'{"id": "bt02-q31", "ans')


@case("bt02", "mended", "bị hỏng hoặc bị cắt", lost=("bt02-q43", "bt02-q14", "bt02-q15"))
def answers_are_half_written(good: Good, desk: Path) -> None:
    data = good.files()["answers.json"]
    lay(good, desk, **{"answers.json": data[: data.index(b'"bt02-q43"') + 30]})


@case("bt02", "mended", "bị hỏng hoặc bị cắt", lost=("bt02-q36",))
def one_answer_in_the_middle_is_damaged(good: Good, desk: Path) -> None:
    data = good.files()["answers.json"]
    place = data.index(b'"bt02-q36"')
    lay(good, desk, **{"answers.json": data[: place + 14] + b"\x01}]" + data[place + 20 :]})


@case("bt06", "mended", "câu không có trong bài", lost=("bt06-q40",))
def answers_are_of_another_exercise(good: Good, desk: Path) -> None:
    other = {"format": 1, "unit": "bt02", "version": "1.0.0", "code": good.code}
    lay(good, desk, **{"answers.json": dumped(other | {"answers": {"bt02-q31": {"answer": "x"}}})})


@case("bt02", "mended", "câu không có trong bài")
def answers_name_questions_that_there_are_not(good: Good, desk: Path) -> None:
    with_answers(good, desk, lambda answers: answers.update({"bt02-q99": {"answer": 1}, "../x": {"answer": "y"}}))


@case("bt02", "mended", "thay đổi", lost=("bt02-q31", "bt02-q32", "bt02-q34", "bt02-q44", "bt02-q12"))
def answers_have_the_wrong_type(good: Good, desk: Path) -> None:
    wrong: dict[str, Any] = {
        "bt02-q31": {"answer": {"a": [1]}},
        "bt02-q32": {"answer": 17},
        "bt02-q34": {"answer": [None, {}]},
        "bt02-q44": {"answer": "xong"},
        "bt02-q12": {"answer": [[["x"]]]},
    }
    with_answers(good, desk, lambda answers: answers.update(wrong))


@case("bt06", "mended", "thay đổi")
def values_are_huge_or_no_numbers(good: Good, desk: Path) -> None:
    text = json.dumps(good.record(), ensure_ascii=False)
    values = f'{{"so_dong": NaN, "so_dong_lap": Infinity, "so_vu": {"9" * 5000}}}'
    answers = good.record()["answers"]
    text = text.replace(json.dumps(answers["bt06-q1"]["answer"], ensure_ascii=False), values)
    text = text.replace(json.dumps(answers["bt06-q2"]["answer"]["tong_kg"]), "1e999")
    lay(good, desk, **{"answers.json": text.encode()})


@case("bt02", "mended", "bị hỏng hoặc bị cắt", lost=("bt02-q38",))
def an_answer_is_a_million_lists_deep(good: Good, desk: Path) -> None:
    text = json.dumps(good.record(), ensure_ascii=False)
    answer = json.dumps(good.record()["answers"]["bt02-q38"]["answer"])
    deep = "[" * 1_000_000 + "]" * 1_000_000
    lay(good, desk, **{"answers.json": text.replace(f'"answer": {answer}', f'"answer": {deep}', 1).encode()})


@case("bt02", "mended", "quá lớn", lost=("bt02-q14",))
def an_answer_is_a_book(good: Good, desk: Path) -> None:
    with_answers(good, desk, lambda answers: answers["bt02-q14"].update(answer="chữ " * 200_000))


@case("bt02", "mended", "thay đổi")
def half_an_emoji_is_in_a_word(good: Good, desk: Path) -> None:
    data = json.dumps(good.record() | {"ghi_chu": "\ud83d", "x": "\udc00"}).encode()
    lay(good, desk, **{"answers.json": data})


@case("bt02", "mended", "thay đổi")
def answers_are_utf_16(good: Good, desk: Path) -> None:
    lay(good, desk, **{"answers.json": good.files()["answers.json"].decode().encode("utf-16")})


@case("bt02", "mended", "chữ bị hỏng")
def a_few_letters_are_damaged(good: Good, desk: Path) -> None:
    record = good.record() | {"ghi_chu": "Bưu cục Pleiku, tỉnh Gia Lai: ghi chú của người nộp XX"}
    lay(good, desk, **{"answers.json": dumped(record).replace(b"XX", b"\xed\xa0\xbd")})


@case("bt02", "same")
def answers_were_downloaded_twice_under_other_names(good: Good, desk: Path) -> None:
    data = good.files()["answers.json"]
    lay(good, desk, **{"answers.json": None, "answers (1).json": data})


@case("bt02", "same")
def answers_got_an_ending(good: Good, desk: Path) -> None:
    data = good.files()["answers.json"]
    lay(good, desk, **{"answers.json": None, "answers.json.txt": data})


@case("bt02", "mended", "Có 2 tệp câu trả lời")
def an_older_copy_of_the_answers_lies_beside(good: Good, desk: Path) -> None:
    old = good.record()
    for entry in old["answers"].values():
        entry.update(answer="cũ", at="2026-11-20T08:00:00+07:00")
    lay(good, desk, **{"answers - Copy.json": dumped(old)})


@case("bt06", "mended", "Không còn ô mã", lost=("bt06-q40",), waits=ALL_CODE)
def only_the_answers_came(good: Good, desk: Path) -> None:
    record = good.record()
    del record["answers"]["bt06-q40"]
    (desk / "answers.json").write_bytes(dumped(record))


@case("bt02", "mended", "Bỏ qua 1 câu trả lời cho câu không có trong bài")
def the_id_of_a_question_is_what_a_terminal_obeys(good: Good, desk: Path) -> None:
    with_answers(good, desk, lambda answers: answers.update({"\x1b]0;X\x07\u202ebt02-q99": {"answer": 1}}))


@case("bt02", "mended", "thay đổi", lost=("bt02-q31",))
def an_answer_is_a_run_of_tone_marks(good: Good, desk: Path) -> None:
    with_answers(good, desk, lambda answers: answers["bt02-q31"].update(answer="a" + "\u0300\u0327" * 140_000))


@case("bt02", "mended", "thay đổi", lost=("bt02-q31",))
def an_answer_is_a_number_of_350_digits(good: Good, desk: Path) -> None:
    with_answers(good, desk, lambda answers: answers["bt02-q31"].update(answer=10**350))


@case("bt06", "mended", "bị hỏng hoặc bị cắt", lost=("bt06-q40",))
def answers_are_beginnings_without_an_end(good: Good, desk: Path) -> None:
    lay(good, desk, **{"answers.json": b'{"answers": {' + b'"bt06-q1": {"answer": "' * 170_000})


@case("bt02", "same")
def both_short_tests_ride_along(good: Good, desk: Path) -> None:
    done = {"format": 1, "version": "9.9.9", "code": good.code, "finished_at": "2026-11-20T08:00:00+07:00"}
    tests = {
        f"{unit}.json": dumped({**done, "unit": unit, "answers": {f"{unit}-q01": "o1"}}) for unit in ("kt1", "kt2")
    }
    lay(good, desk, **tests)
