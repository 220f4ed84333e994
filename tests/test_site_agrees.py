"""The pages compute as Python does: codes, variants, test forms, answers folded, the receipt's check."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import string
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kit import node
from pydantic import TypeAdapter

from buuchinh import codes
from buuchinh.errors import KitError
from buuchinh.intake.receipt import differences, parse
from buuchinh.notebook import pack
from buuchinh.questions import test_forms, types, variants
from buuchinh.questions.answers import JOURNAL, Record, is_given
from buuchinh.questions.authored import AuthoredQuestion

HOW_MANY = 10_000
_MODULES = (
    *("logic/codes.js", "logic/answer_entries.js", "logic/sha256.js", "question/registry.js"),
    *("work/standing.js", "page/reference/packing.js", "page/reference/handing.js"),
)


@pytest.fixture(scope="module")
def tab() -> Iterator[node.Node]:
    """Yield a node in which the functions of the pages stand as ``kit``."""
    with node.running([*node.OF_TYPES, *_MODULES]) as tab:
        yield tab


def made_codes() -> list[str]:
    chance = random.Random(7)
    signs = string.ascii_uppercase + string.digits
    bodies = {"".join(chance.choices(signs, k=chance.randint(4, 12))) for _ in range(HOW_MANY)}
    return [codes.make(body) for body in sorted(bodies)]


def test_codes_are_read_alike_however_they_are_typed(tab) -> None:
    chance = random.Random(8)
    typed = []
    for code in made_codes():
        spoiled = list(code.lower() if chance.random() < 0.5 else code)
        if chance.random() < 0.5:
            spoiled[chance.randrange(len(spoiled))] = chance.choice("a9 –·Ž\u00a0_ｂ/")
        typed.append("".join(spoiled))
    typed += ["", " ", "GL", "gl0123q", "GL 0123 Q\ufeff", "ＧＬ-0123-Ｑ", "GL-0123-R", "A" * 40]

    def read(text: str) -> str | None:
        try:
            return codes.normalise(text)
        except KitError:
            return None

    assert tab.evaluate("typed => typed.map(kit.codeOf)", typed) == [read(text) for text in typed]


def test_variants_and_test_forms_belong_to_the_same_codes(tab) -> None:
    given = made_codes()
    names = ["a", "b", "c"]
    digest = "kit.sha256(kit.utf8(['hạt', '1.0.0', 'l05-q09', code].join('/')))"
    assert tab.evaluate(f"codes => codes.map((code) => kit.chosenBy({digest}, 7))", given) == [
        variants.pick(range(7), "hạt", "1.0.0", "l05-q09", code) for code in given
    ]
    assert tab.evaluate(
        "codes => codes.map((code) => 'abc'[kit.chosenBy(kit.hmacSha256(kit.utf8('thi1'), kit.utf8(code)), 3)])", given
    ) == [test_forms.pick("thi1", names, code) for code in given]


def test_what_is_half_done_is_half_done_in_both_languages(tab) -> None:
    """Every question of the vectors with every answer of its own that is one."""
    read: TypeAdapter[AuthoredQuestion] = TypeAdapter(AuthoredQuestion)
    open_ones = 0
    for path in sorted(Path(types.__file__).parent.glob("*/vectors.json")):
        for case in json.loads(path.read_text(encoding="utf-8")):
            question = read.validate_python(case["question"])
            given = [one["answer"] for one in case["answers"]]
            given = [answer for answer in given if is_given({"answer": answer})]
            found = tab.evaluate(
                "([question, answers]) => answers.map((answer) => kit.typeOf(question).leftOpen(question, answer))",
                [case["question"], given],
            )
            expected = [types.type_of(question).left_open(question, answer) for answer in given]
            assert found == expected, (path.parent.name, case["name"])
            open_ones += sum(expected)
    assert open_ones > 20


def test_digests_of_any_length(tab) -> None:
    chance = random.Random(9)
    texts = ["ạ" * n for n in range(140)] + ["x" * chance.randrange(100_000) for _ in range(5)]
    assert tab.evaluate("texts => texts.map((text) => kit.hex(kit.sha256(kit.utf8(text))))", texts) == [
        hashlib.sha256(text.encode("utf-8")).hexdigest() for text in texts
    ]


def test_a_journal_is_folded_into_the_same_answers(tab, tmp_path: Path) -> None:
    chance = random.Random(10)
    for number in range(60):
        lines, minute = [], 0.0
        for _ in range(chance.randrange(1, 25)):
            minute += chance.choice([0.05, 0.4, 0.99, 1.0, 3.0])
            at = f"2026-11-25T{8 + int(minute) // 60:02d}:{int(minute) % 60:02d}:{int(minute * 60) % 60:02d}+07:00"
            line = {
                "id": chance.choice("ab"),
                "answer": chance.choice(["x", "y", None, ["o1"]]),
                "at": at,
                "origin": "choice",
            }
            lines.append(line | ({"typed": True} if chance.random() < 0.6 else {}))
        folder = tmp_path / str(number)
        folder.mkdir()
        journal = "".join(json.dumps(line) + "\n" for line in lines)
        (folder / JOURNAL).write_text(journal, encoding="utf-8")
        assert tab.evaluate("lines => kit.entriesOf(lines)", lines) == Record(folder, "bt05", "1.0.0", None).answers()


def test_what_counts_as_an_answer_is_the_same(tab) -> None:
    answers: list[Any] = [
        None,
        "",
        " \u00a0\t",
        "0",
        0,
        False,
        [],
        [""],
        {},
        {"a": None},
        {"a": ""},
        [None],
        {"a": {}},
        [[]],
    ]
    entries = [{"answer": answer} for answer in answers]
    assert tab.evaluate("entries => entries.map((entry) => kit.isGiven(entry))", entries) == [
        is_given(entry) for entry in entries
    ]


def test_what_is_small_and_matters_most_stands_first_in_a_hand_in(tab, small_course) -> None:
    """A zip that is cut off has what stands first."""
    given = "page: { id: 'bt90', version: '1.0.0', ids: [] }, code: 'GL-0123-Q', entries: {}, notebook: '{}'"
    names = tab.evaluate(f"kit.packed({{ {given}, finished: {{ kt1: {{}} }}, zip: Object.keys }}).bytes")
    assert names == ["answers.json", "receipt.json", "kt1.json", "bt90.ipynb"]
    folder = small_course / "bai-lam" / "GL-0123-Q" / "bt90"
    shutil.copytree(small_course / "exercises" / "bt90", folder)
    with zipfile.ZipFile(pack.build(folder, "bt90", "GL-0123-Q").path) as archive:
        assert archive.namelist() == ["answers.json", "receipt.json", "bt90.ipynb"]


def test_the_check_of_a_receipt_is_what_collect_computes(tab) -> None:
    at = tab.evaluate("kit.isoNow()")
    hashes = {"bt05.ipynb": "ab" * 32, "answers.json": "cd" * 32, "kt1.json": "01" * 32}
    check = tab.evaluate("([at, hashes]) => kit.checkOf('bt05', 'GL-0123-Q', at, hashes)", [at, hashes])
    written = {
        "format": 1, "unit": "bt05", "version": "1.0.0", "code": "GL-0123-Q", "at": at, "answered": [],
        "unanswered": [], "sha256": hashes, "check": check,
    }  # fmt: skip
    read = parse(json.dumps(written).encode("utf-8"))
    assert read is not None
    assert differences(read, {}) == []
    spoiled = parse(json.dumps(written | {"code": "GL-0124-N"}).encode("utf-8"))
    assert spoiled is not None
    assert differences(spoiled, {}) != []
