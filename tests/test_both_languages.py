"""What Python and JavaScript both compute is the same: scores, readings, codes, answers, what is handed in."""

from __future__ import annotations

import json
import shutil
import string
import time
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest
from kit import node, typed
from kit.agreeing import ZONE, Agree
from kit.answering import right_answer, wrong_answers
from kit.any_answer import any_answer
from pydantic import TypeAdapter

from buuchinh import codes, course
from buuchinh.desk.marking.save_mark import Mark, points_of
from buuchinh.errors import KitError
from buuchinh.intake.check_receipt import differences, parse
from buuchinh.messages import say, section
from buuchinh.notebook import pack
from buuchinh.questions import exam_forms, question_bank, types, variants
from buuchinh.questions.answers import JOURNAL, Record, is_given
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.equal_wording import worded
from buuchinh.questions.scored import is_empty
from buuchinh.questions.scoring import score
from buuchinh.questions.types.moment import reading
from buuchinh.questions.types.text.model import RubricLine, TextKey
from buuchinh.text import AmbiguousNumber, as_seen, fold, parse_number

QUESTION: TypeAdapter[AuthoredQuestion] = TypeAdapter(AuthoredQuestion)


def ids_in(value: Any) -> list[str]:
    """Return what names a part of a question: ids, and the names of its tables."""
    if isinstance(value, list):
        return [name for one in value for name in ids_in(one)]
    if not isinstance(value, dict):
        return []
    own = [value["id"]] if isinstance(value.get("id"), str) else []
    return [*own, *(name for key, one in value.items() for name in ([key] if own == [] else []) + ids_in(one))]


def known_answers(kind: str) -> tuple[list[AuthoredQuestion], list[list[Any]], list[tuple[int, Any, str]]]:
    """Return the questions of a type, of its vectors and of the course; answers known to each; those of the vectors."""
    questions, known, authored = [], [], []
    for case in json.loads((node.TYPES / kind / "vectors.json").read_text(encoding="utf-8")):
        questions.append(QUESTION.validate_python(case["question"]))
        known.append([one["answer"] for one in case["answers"]])
        authored += [(len(questions) - 1, answer, case["on"]) for answer in known[-1]]
    of_course = [
        one for path in question_bank.practice_files() for one in question_bank.load(path).questions if one.type == kind
    ]
    for question in of_course:
        on = date(2026, 11, 25)
        right = right_answer(question, on)
        wrong = list(islice(wrong_answers(question, on), 9))
        questions.append(question)
        known.append([right] * (len(wrong) + 1) + wrong)
    return questions, known, authored


@pytest.mark.parametrize("kind", types.names())
def test_an_answer_earns_and_is_told_the_same(agree: Agree, kind: str) -> None:
    """Whatever it is, it raises nothing; also whether it is half done. What ``vectors.json`` has is tried each time."""
    questions, known, authored = known_answers(kind)
    shared = [one.model_dump(mode="json", by_alias=True, exclude_none=True) for one in questions]
    ids = [ids_in(one) or ["a"] for one in shared]

    def case(chance: Random) -> Any:
        n = chance.randrange(len(questions))
        day = date(2026, 11, 25) if chance.random() < 0.8 else date(2019, 1, 1) + timedelta(chance.randrange(3500))
        return n, any_answer(chance, known[n], ids[n]), day.isoformat()

    def python(given: Any) -> Any:
        n, answer, on = given
        left_open = types.type_of(questions[n]).left_open
        half = left_open(questions[n], answer) if is_given({"answer": answer}) else None
        return [score(questions[n], answer, date.fromisoformat(on)).as_json(), half]

    javascript = """([n, answer, on], questions) => [
      kit.score(questions[n], answer, on),
      kit.isAnswered({ answer }) ? kit.typeOf(questions[n]).leftOpen(questions[n], answer) : null]"""
    scores = [one for one, _ in agree(case, python, javascript, shared=shared, besides=authored)]
    assert all(0 <= one["fraction"] <= 1 for one in scores)
    few = len(scores) / 20
    assert sum(one["reason"] == "missing" for one in scores) > few
    assert kind == "survey" or sum(one["fraction"] == 1 for one in scores) > few
    assert kind == "survey" or sum(one["fraction"] < 1 and one["reason"] is None for one in scores) > few


def test_a_number_is_read_the_same(agree: Agree) -> None:
    signs = "1023.,  -k"
    short = [f"{a}{b}{c}{d}{e}" for a in "1-0 " for b in signs for c in "2.,0" for d in signs for e in "3.0 "]

    def python(text: str) -> Any:
        try:
            return parse_number(text, units=("k", "đồng"))
        except AmbiguousNumber:
            return "ambiguous"
        except ValueError:
            return "not_a_number"

    javascript = "(text) => { const read = kit.parseNumber(text, ['k', 'đồng']); return read.fault ?? read.value; }"
    read = agree(lambda chance: typed.spoiled(chance, typed.number(chance)), python, javascript, besides=short)
    assert sum(isinstance(one, float) for one in read) > len(read) / 5


def test_a_mark_typed_or_ticked_is_the_same_number(agree: Agree) -> None:
    """As the marking page shows it and as the gradebook gets it; above the maximum is asked on the page by itself."""
    lines = [
        *({"id": "viec", "points": 1.0, "half": True}, {"id": "gio", "points": 0.5, "half": True}),
        *({"id": "noi", "points": 0.1, "half": True}, {"id": "nguoi", "points": 0.7, "half": True}),
    ]
    key = TextKey.model_construct(lines=tuple(RubricLine(text="…", **line) for line in lines))

    def case(chance: Random) -> Any:
        ticks = {line["id"]: chance.choice(["full", "half"]) for line in lines if chance.random() < 0.5}
        number = f"{chance.randrange(1200)}{chance.choice(['', '', ',5', '.25', ',0625'])}"
        return {"lines": ticks, "typed": chance.choice([None, "", typed.spoiled(chance, number)])}

    def python(draft: Any) -> Any:
        try:
            return points_of(Mark(draft["typed"], draft["lines"]), 10_000, key)
        except KitError:
            return "not_a_number"

    javascript = """(draft, sheet) => {
      const read = kit.points(sheet, draft);
      return Number.isNaN(read) ? "not_a_number" : read;
    }"""
    read = agree(case, python, javascript, shared={"lines": lines}, besides=[{"lines": {}, "typed": "٢"}])
    assert sum(isinstance(one, float) for one in read) > len(read) / 3


def test_a_day_and_an_hour_are_read_the_same(agree: Agree) -> None:
    def python(text: str) -> Any:
        read = reading.read(text)
        if read is None:
            return None
        hour = read.hour.strftime("%H:%M") if read.hour else None
        return {"day": read.day.isoformat() if read.day else None, "hour": hour}

    read = agree(lambda chance: typed.spoiled(chance, typed.moment(chance)), python, "kit.readMoment")
    assert sum(one is not None for one in read) > len(read) / 5


def test_a_text_is_compared_the_same(agree: Agree) -> None:
    def case(chance: Random) -> str:
        return typed.spoiled(chance, chance.choice([typed.words, typed.moment, typed.number])(chance))

    def python(text: str) -> Any:
        compared = [fold(text), fold(text, marks=True), worded(text), worded(text, marks=True)]
        return [as_seen(text), *compared, len(text), is_empty(text)]

    javascript = """(text) => [
      kit.asSeen(text), kit.fold(text), kit.fold(text, true), kit.worded(text), kit.worded(text, true),
      kit.lengthOf(text), kit.empty(text)]"""
    agree(case, python, javascript)


def some_code(chance: Random) -> str:
    signs = string.ascii_uppercase + string.digits
    return codes.make("".join(chance.choices(signs[chance.choice([0, 20]) :], k=chance.randint(4, 12))))


def test_a_code_is_read_or_refused_for_the_same_reason(agree: Agree) -> None:
    names = ["Nguyễn Văn An", "nguyen van a", "Lê", "Trần Thị Hồng Nhung Phương", "GL-0123", "GL 0123 R", "hv0001", ""]

    def case(chance: Random) -> str:
        code = some_code(chance)
        return typed.spoiled(chance, chance.choice([code, code.lower(), code.replace("-", " "), code[:-1], *names]))

    def python(text: str) -> str:
        try:
            return codes.normalise(text)
        except KitError as error:
            shown = " ".join(text.split())[:40]
            faults = section("course.codes")
            told = error.problems[0].message
            return next(
                one for one in faults if say(f"course.codes.{one}", typed=shown, shortest=4, longest=12) == told
            )

    javascript = """(text) => kit.codeOf(text) ?? {
      code_empty: 'bad_shape', code_shape: 'bad_shape', code_name: 'a_name', code_end: 'end_missing',
      code_bad: 'check_fails' }[kit.codeFault(text)]"""
    read = agree(case, python, javascript)
    assert {*section("course.codes")} < {*read}


def test_a_code_picks_the_same_variant_and_the_same_form(agree: Agree) -> None:
    def case(chance: Random) -> Any:
        unit = chance.choice(["l05", "thi1", "thinv2", "bt08"])
        return unit, some_code(chance), chance.choice(["hạt", "s-2"]), chance.randint(2, 7), chance.randint(2, 4)

    def python(given: Any) -> Any:
        unit, code, seed, of, forms = given
        return [
            variants.pick([f"v{n}" for n in range(of)], seed, "1.0.0", f"{unit}-q09", code),
            exam_forms.pick(unit, "dcba"[:forms], code),
        ]

    javascript = """([unit, code, seed, of, forms]) => {
      const questions = { [`${unit}-q09`]: [...Array(of).keys()].map((n) => ({ id: `v${n}` })) };
      const [lesson, exam] = [{ kind: 'lesson', seed, version: '1.0.0', questions }, { kind: 'exam', id: unit,
        forms: Object.fromEntries([...'dcba'].slice(0, forms).map((name) => [name, name])) }];
      return [kit.questionsOf(lesson, code, {})[`${unit}-q09`].id, kit.questionsOf(exam, code, {})];
    }"""
    picked = agree(case, python, javascript)
    assert {form for _, form in picked} == {*"abcd"}


def written(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def some_moment(chance: Random) -> datetime:
    return datetime.fromtimestamp(chance.randrange(1_600_000_000, 1_900_000_000)).astimezone()


STEPS = [{"node": "n1", "choice": "a"}, {"node": "n2", "choice": "b"}, {"node": "n1", "choice": "b"}]


def journal_lines(chance: Random) -> list[dict[str, Any]]:
    """Return lines as answers are kept: typed on, told further or chosen, with pauses, a clock set back, no moment."""
    at = some_moment(chance)
    lines = []
    for _ in range(chance.randrange(1, 25)):
        at += timedelta(seconds=chance.choice([0, 3, 24, 59, 60, 61, 180, -40, -7200]))
        answer: Any = chance.choice(["x", "y", None, "", ["o1"], {"a": 1.5}, [{}], *(STEPS[:n] for n in range(4))])
        line: dict[str, Any] = {"id": chance.choice("ab"), "answer": answer, "at": at.isoformat(), "origin": "choice"}
        if chance.random() < 0.1:
            line["at"] = chance.choice(["", "hôm nay", None, 17, at.isoformat()[:12]])
        if chance.random() < 0.7:
            line["typed"] = chance.choice([True] * 9 + [1])
        lines.append(line)
    return lines


def test_a_journal_is_folded_into_the_same_answers(agree: Agree, tmp_path: Path) -> None:
    """On a disk lines can be torn as well: those no reader sees."""

    def python(lines: Any) -> Any:
        torn = ["", '{"id": "a", "ans', "[1]", '{"answer": "x"}', '{"id": "a"}', '{"id": 1, "answer": 2}']
        kept = [text for n, line in enumerate(lines) for text in (json.dumps(line), torn[n % len(torn)])]
        written(tmp_path / JOURNAL, "\n".join(kept))
        return Record(tmp_path, "bt05", "1.0.0", None).answers()

    found = agree(journal_lines, python, "(lines) => kit.entriesOf(lines)")
    assert {entry["tries"] for entries in found for entry in entries.values()} >= {*range(1, 9)}


@pytest.fixture
def in_its_zone() -> Iterator[None]:
    """Let Python live in the time zone of the node."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", ZONE)
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("in_its_zone")
def test_what_is_handed_in_is_the_same_to_the_byte(agree: Agree, tmp_path: Path) -> None:
    """Its name, its members in their order (small ones first: a zip may be cut off), the receipt with its check."""
    person = tmp_path / "GL-0123-Q"
    options = [{"id": name, "text": name} for name in ("o1", "o2")]
    asked = [{"id": name, "type": "single", "stem": "?", "options": options} for name in "abc"]
    sheet = {"unit": "bt90", "version": "1.0.0", "title": "Thử", "questions": asked}
    written(person / "bt90" / course.SHEET, json.dumps(sheet))
    written(person / "bt90" / "bt90.ipynb", "{}")

    def case(chance: Random) -> Any:
        at = some_moment(chance).isoformat()
        ended = [unit for unit in ("kt1", "kt2") if chance.random() < 0.3]
        end = {"format": 1, "version": "1.0.0", "code": "GL-0123-Q", "finished_at": at, "answers": {}}
        said = [{"question": "bt90-q1", "text": "Câu “này” khó hiểu", "at": at}] if chance.random() < 0.3 else []
        return journal_lines(chance), {unit: {**end, "unit": unit} for unit in ended}, said, at

    def python(given: Any) -> Any:
        lines, ended, said, at = given
        for unit in ("kt1", "kt2"):
            shutil.rmtree(person / unit, ignore_errors=True)
        for unit, end in ended.items():
            written(person / unit / "finished.json", json.dumps(end))
        lines = [*lines, *({"id": one["question"], "remark": one["text"], "at": one["at"]} for one in said)]
        written(person / "bt90" / JOURNAL, "\n".join(map(json.dumps, lines)))
        packed = pack.build(person / "bt90", "bt90", "GL-0123-Q", datetime.fromisoformat(at))
        with zipfile.ZipFile(packed.path) as archive:
            members = [[name, archive.read(name).decode("utf-8")] for name in archive.namelist()]
        packed.path.unlink()
        return [packed.path.name, members]

    javascript = """([lines, finished, remarks, at]) => {
      const page = { id: 'bt90', version: '1.0.0', ids: ['a', 'b', 'c'] };
      const work = { page, code: 'GL-0123-Q', entries: kit.entriesOf(lines), notebook: '{}', finished, remarks };
      const read = ([name, bytes]) => [name, new TextDecoder().decode(bytes)];
      const zip = (members) => Object.entries(members).map(read);
      const made = kit.packed({ ...work, zip, now: new Date(at) });
      return [made.name, made.bytes];
    }"""
    agree(case, python, javascript)


def test_collect_believes_the_receipt_of_a_page_and_sees_that_one_was_changed(javascript: node.Node) -> None:
    work = "page: { id: 'bt90', version: '1.0.0', ids: ['q'] }, code: 'GL-0123-Q', entries: {}, notebook: '{}'"
    receipt = javascript.evaluate(f"kit.packed({{ {work}, finished: {{}}, zip: () => null }}).receipt")
    for code, told in (("GL-0123-Q", []), ("GL-0124-N", [say("intake.submission.receipt_changed")])):
        read = parse(json.dumps(receipt | {"code": code}).encode("utf-8"))
        assert read is not None
        assert differences(read, {}) == told
