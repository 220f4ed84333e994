"""Questions as Moodle XML, by the command: what is in the file, what is named as missing, and what others make of it.

Moodle itself is not here. Its importer's rules (the list of percentages, sums, length of tags) are held as its source
states them; the same question is written by ``moodle-tools`` and read by ``moodle-xml-parser``, which others wrote.
"""

from __future__ import annotations

import base64
import json
import os
import stat
import unicodedata
from collections import Counter
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from kit import question as made_up
from kit.authoring import ROOT, make_course
from kit.course import missing

from buuchinh import cli
from buuchinh.questions import question_bank
from buuchinh.questions.markup import inline, paragraphs
from buuchinh.questions.moodle_question import FRACTIONS
from buuchinh.release import versions

ACCEPTED = {float(one) for one in FRACTIONS} | {-float(one) for one in FRACTIONS}
FILES = {
    "bt91": ["t-single", "t-multiple", "t-picture", "t-mark", "t-numeric", "t-ordering", "t-matching", "t-text"],
    "bt92": ["t-form", "t-moment", "t-survey", "t-scenario"],
}


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a course with two units: one of what Moodle can hold, one of what it cannot."""
    root = make_course(tmp_path)
    for unit, names in FILES.items():
        write(root, unit, [made_up.ALL[name] for name in names])
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    return root


def write(root: Path, unit: str, questions: list[dict[str, Any]]) -> None:
    folder = root / "source" / unit
    (folder / "hinh").mkdir(parents=True, exist_ok=True)
    (folder / "hinh" / "kien.svg").write_text(made_up.PICTURE["svg"], encoding="utf-8")
    file = {"unit": unit, "version": "1.0.0", "title": "Bài thử", "seed": "s", "as_of": made_up.ON.isoformat()}
    text = json.dumps(file | {"questions": questions}, ensure_ascii=False)  # JSON is YAML too
    (folder / "questions.yml").write_text(text, encoding="utf-8")


def exported(unit: str, out: Path) -> dict[str, ET.Element]:
    """Export a unit by the command and return its questions by idnumber; the file is read by an XML parser."""
    assert cli.run(["export", "moodle", unit, "--out", str(out)]) == 0
    questions = [one for one in ET.fromstring(out.read_bytes()) if one.get("type") != "category"]
    found = {one.findtext("idnumber", ""): one for one in questions}
    assert len(found) == len(questions), "idnumber is unique"
    return found


def said(element: ET.Element | None) -> str:
    assert element is not None
    return element.findtext("text", "")


def answers(question: ET.Element) -> list[tuple[str, float, str]]:
    """Return the text, the percentage and the feedback of each answer; those of a matching question have none."""
    return [
        (said(one), float(one.get("fraction", "")), one.findtext("feedback/text", ""))
        for one in question.findall("answer")
    ]


UNITS = sorted(
    ["pool", *(path.stem for path in (ROOT / "datasets/questions").glob("*.yml"))]
    + [path.name for path in (ROOT / "source").iterdir() if versions.question_files(path)]
)


def written(unit: str) -> list[str]:
    """Return the ids of the questions of a unit that are asked, as they are named in the file."""
    if unit == "pool":
        paths = dict.fromkeys((ROOT / "exam" / "pool").glob("*.yml"), "")
    elif forms := versions.question_files(ROOT / "source" / unit):
        paths = {path: f"-{form}" if len(forms) > 1 else "" for form, path in forms.items()}
    else:
        paths = {ROOT / "datasets" / "questions" / f"{unit}.yml": ""}
    files = ((question_bank.load(path), form) for path, form in paths.items())
    return [question.id + form for file, form in files for question in file.questions if not question.retired]


@pytest.mark.parametrize("unit", UNITS)
def test_each_question_of_the_course_is_in_the_file_or_named(
    unit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))
    out = tmp_path / "moodle.xml"
    found = exported(unit, out)
    named = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Không đưa vào tệp")]
    left_out = [name.strip(" ,") for line in named for name in line.split() if "-q" in name]
    assert sorted([*found, *left_out]) == sorted(written(unit))
    text = out.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "Chưa thử trong Moodle thật" in text
    for name, question in found.items():
        kind, parts = question.get("type"), answers(question)
        if kind != "ordering":
            assert {fraction for _, fraction, _ in parts} <= ACCEPTED, name
        if kind == "multichoice":
            assert sum(fraction for _, fraction, _ in parts if fraction > 0) == pytest.approx(100, abs=0.01), name
            assert all(feedback for _, _, feedback in parts), name
        assert "Căn cứ, theo luật ngày" in question.findtext("generalfeedback/text", ""), name
        tags = [said(tag) for tag in question.iter("tag")]
        assert tags or kind == "numerical", name
        assert max(map(len, tags), default=0) <= 50, f"{name}: Moodle cuts a longer tag"


def test_each_type_becomes_what_moodle_scores_alike(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(course, "bt91", [made_up.ALL[name] for name in [*FILES["bt91"], "t-manual", "t-code"]])
    found = exported("bt91", tmp_path / "m.xml")
    out = capsys.readouterr().out
    assert {name: one.get("type") for name, one in found.items()} == {
        "t-single": "multichoice", "t-multiple": "multichoice", "t-picture": "multichoice", "t-mark": "multichoice",
        "t-numeric": "numerical", "t-ordering": "ordering", "t-matching": "matching", "t-text": "shortanswer",
        "t-manual": "essay",
    }  # fmt: skip
    assert "Không đưa vào tệp (1 câu): Moodle không có loại câu này. t-code" in out
    assert "Câu bắt buộc đúng: Moodle không có điều kiện ấy, chỉ cộng điểm. t-single" in out
    assert "chọn theo tên từng vùng, không bấm lên hình. t-picture" in out
    assert [said(tag) for tag in found["t-single"].iter("tag")] == ["LBC-2010/29.3"]
    assert [one[1] for one in answers(found["t-single"])] == [100, 0, 0]
    assert [one[1] for one in answers(found["t-mark"])] == [50, 50, -50]
    picture = found["t-picture"].find("questiontext")
    assert picture is not None
    assert base64.b64decode(picture.findtext("file", "")).decode("utf-8") == made_up.PICTURE["svg"]
    assert "@@PLUGINFILE@@/t-picture.svg" in said(picture)
    assert [one[:2] for one in answers(found["t-numeric"])] == [("10", 100), ("11", 0), ("*", 0)]
    assert [one.text for one in found["t-numeric"].iter("unit_name")] == ["khẩu"]
    assert [one[:2] for one in answers(found["t-text"])] == [("biên bản", 100), ("bien ban", 100), ("*", 0)]
    assert "Nêu nơi, vật, việc đã làm." in said(found["t-manual"].find("graderinfo"))
    places = [(text, place) for text, place, _ in answers(found["t-ordering"])]
    assert places == [("Dừng, không chạm thêm.", 1), ("Mời mọi người lùi ra.", 2), ("Báo trưởng bưu cục.", 3)]
    pairs = [(said(one), said(one.find("answer"))) for one in found["t-matching"].iter("subquestion")]
    assert pairs[-1] == ("", "Tự mở gói"), "what fits nowhere is an answer to no question"


def test_a_relative_tolerance_becomes_a_width_and_a_number_has_no_exponent(course: Path, tmp_path: Path) -> None:
    key = made_up.NUMERIC["keys"][0] | {"correct": 0.00002, "tolerance": 0.05, "relative": True, "mistakes": []}
    write(course, "bt91", [made_up.ALL["t-numeric"] | {"keys": [key]}])
    (question,) = exported("bt91", tmp_path / "m.xml").values()
    assert answers(question)[0][0] == "0.00002"
    assert [float(one.text or "") for one in question.iter("tolerance")] == pytest.approx([0.000001, 0])


def test_a_count_of_right_options_for_which_moodle_has_no_share_is_named(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    passages = [{"id": f"p{number}", "text": f"Đoạn {number}"} for number in range(12)]
    names = [one["id"] for one in passages]
    key = made_up.BASIS | {"correct": names[:11], "feedback": dict.fromkeys(names, "Vì thế.")}
    mark = made_up.ALL["t-mark"] | {"document": [passages], "keys": [key]}
    write(course, "bt91", [mark, made_up.ALL["t-single"]])
    assert list(exported("bt91", tmp_path / "m.xml")) == ["t-single"]
    assert "Có 11 ý đúng: Moodle không có mức điểm bằng nhau cho số ý ấy. t-mark" in capsys.readouterr().out


def test_variants_are_a_category_from_which_a_quiz_draws_one(course: Path, tmp_path: Path) -> None:
    variants = [{"id": "v1", "khai": "rau"}, {"id": "v2", "khai": "sách"}]
    family = made_up.ALL["t-single"] | {"id": "t-ho", "stem": "Khách khai {khai}. Làm gì?", "variants": variants}
    write(course, "bt91", [family, made_up.ALL["t-multiple"]])
    exported("bt91", tmp_path / "m.xml")
    order = [
        said(one.find("category")) if one.get("type") == "category" else one.findtext("idnumber")
        for one in ET.parse(tmp_path / "m.xml").getroot()
    ]
    assert order == [
        "$course$/top/buuchinh/bt91", "t-multiple", "$course$/top/buuchinh/bt91/t-ho", "t-ho-v1", "t-ho-v2",
    ]  # fmt: skip


def test_the_same_questions_give_the_same_bytes(course: Path, tmp_path: Path) -> None:
    exported("bt91", tmp_path / "1.xml")
    exported("bt91", tmp_path / "2.xml")
    assert (tmp_path / "1.xml").read_bytes() == (tmp_path / "2.xml").read_bytes()
    assert cli.run(["export", "moodle", "bt91"]) == 0
    assert (course / "moodle_bt91.xml").read_bytes() == (tmp_path / "1.xml").read_bytes()


def test_what_looks_like_markup_stays_text(course: Path, tmp_path: Path) -> None:
    write(course, "bt91", [made_up.ALL["t-single"] | {"stem": "Ghi ]]> và <script>x</script> & “a”\x08.\nXong?"}])
    (question,) = exported("bt91", tmp_path / "m.xml").values()
    shown = "<p>Ghi ]]&gt; và &lt;script&gt;x&lt;/script&gt; &amp; “a” .</p><p>Xong?</p>"
    assert said(question.find("questiontext")) == shown


@pytest.mark.parametrize(
    ("unit", "sentence"),
    [
        ("bt99", "Không có bài “bt99”; ý anh/chị là bt92? → Các bài đang có: pool, bt91, bt92"),
        ("../bt91", "Không có bài “../bt91”; ý anh/chị là bt91?"),
        ("bt92", "Moodle không giữ được câu nào của “bt92”, nên không viết tệp."),
    ],
)
def test_a_unit_that_gives_no_file_is_one_sentence(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], unit: str, sentence: str
) -> None:
    assert cli.run(["export", "moodle", unit, "--out", str(tmp_path / "m.xml")]) == 1
    told = capsys.readouterr()
    assert (told.out, len(told.err.splitlines())) == ("", 1)
    assert sentence in told.err
    assert not (tmp_path / "m.xml").exists()


def test_a_place_that_cannot_be_written_is_one_sentence_and_leaves_nothing(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place := tmp_path / "cho").mkdir()
    (place / "tep").write_text("", encoding="utf-8")
    for out in (place, place / "tep" / "m.xml"):
        assert cli.run(["export", "moodle", "bt91", "--out", str(out)]) == 1
        assert len(capsys.readouterr().err.splitlines()) == 1
    assert [path.name for path in place.iterdir()] == ["tep"]
    assert not list(tmp_path.glob(".*"))


def test_a_folder_without_the_authors_files_gives_no_file(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (course / "source").rename(course.parent / "source")
    for unit in ("bt91", "l90", "pool"):
        assert cli.run(["export", "moodle", unit]) == 1
        assert "chỉ làm được trong thư mục của người soạn" in capsys.readouterr().err
    assert not list(course.glob("moodle*"))


def of_others(module: str) -> Any:
    """Return a module of somebody else's package; without it the test is skipped by name, and fails on CI."""
    if not find_spec(module.partition(".")[0]):
        missing(module.partition(".")[0])
    return import_module(module)


def other_writers(kind: str, question: dict[str, Any], ours: ET.Element) -> dict[str, Any]:
    """Return a question of ours as a document of moodle-tools, from the author's own fields."""
    (key,) = question["keys"]
    head: dict[str, Any] = {
        "type": kind, "title": ours.findtext("name/text"), "question": paragraphs(question["stem"]),
        "general_feedback": ours.findtext("generalfeedback/text"), "markdown": False, "table_styling": False,
    }  # fmt: skip
    if kind == "multiple_choice":
        right = [key["correct"]] if isinstance(key["correct"], str) else key["correct"]
        told = {name: paragraphs(text) for name, text in key["feedback"].items()}
        options = [(one["id"], inline(one["text"])) for one in question["options"]]
        return head | {
            "answers": [{"answer": t, "points": 100 * (o in right), "feedback": told[o]} for o, t in options]
        }
    if kind == "numerical":
        rows = [(key["correct"], 100, key["feedback"]["right"])]
        rows += [(slip["value"], 0, slip["feedback"]) for slip in key["mistakes"]]
        rows.append(("*", 0, key["feedback"]["wrong"]))
        head["question"] += "<p>Đơn vị tính: khẩu.</p>"
        return head | {
            "answers": [{"answer": a, "points": p, "tolerance": 0, "feedback": paragraphs(f)} for a, p, f in rows]
        }
    if kind == "matching":
        left, right = ({one["id"]: one["text"] for one in question[side]} for side in ("left", "right"))
        pairs = [{"question": text, "answer": right[key["correct"][name]]} for name, text in left.items()]
        spare = [text for name, text in right.items() if name not in key["correct"].values()]
        return head | {"options": pairs + [{"question": "", "answer": text} for text in spare]}
    texts = {one["id"]: one["text"] for one in question["items"]}
    return head | {"answers": [texts[name] for name in key["correct"]]}


def shape(question: ET.Element) -> dict[str, Any]:
    """Return what a question is to Moodle: type, texts, percentages, tolerances, pairs; not how it is laid out."""

    def plain(text: str) -> str:
        return text.strip().removeprefix("<p>").removesuffix("</p>")

    names = ("name", "questiontext", "generalfeedback")
    return {
        "type": question.get("type"),
        "texts": [said(question.find(name)).strip() for name in names],
        "formats": [question.find(name).get("format") for name in names[1:]],  # type: ignore[union-attr]
        "grade": [float(question.findtext(name, "")) for name in ("defaultgrade", "penalty", "hidden")],
        "single": question.findtext("single"),
        "answers": [(plain(text), points, told) for text, points, told in answers(question)],
        "tolerances": [float(one.text or 0) for one in question.iter("tolerance")],
        "pairs": [(said(one), said(one.find("answer"))) for one in question.iter("subquestion")],
        "shuffled": [(one.text or "").strip() for one in question.iter("shuffleanswers")],
    }


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("t-single", "multiple_choice"),
        ("t-numeric", "numerical"),
        ("t-matching", "matching"),
        ("t-ordering", "ordering"),
    ],
)
def test_moodle_tools_writes_the_same_question_with_the_same_elements(
    course: Path, tmp_path: Path, name: str, kind: str
) -> None:
    others = of_others("moodle_tools.make_questions")
    ours = exported("bt91", tmp_path / "ours.xml")[name]
    document = other_writers(kind, made_up.ALL[name], ours)
    (tmp_path / "theirs.yml").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    text = others.generate_moodle_questions(
        paths=iter([tmp_path / "theirs.yml"]), skip_validation=True, parse_markdown=False, table_styling=False
    )
    (theirs,) = ET.fromstring(text.strip().encode("utf-8"))
    assert shape(ours) == shape(theirs)


def test_moodle_xml_parser_reads_each_choice_with_its_shares(course: Path, tmp_path: Path) -> None:
    others = of_others("moodle_xml_parser.parser")
    found = exported("bt91", tmp_path / "m.xml")
    read = others.parse_file(str(tmp_path / "m.xml"))["multichoice"]
    choices = [one for one in found.values() if one.get("type") == "multichoice"]
    assert [one.name for one in read] == [said(one.find("name")) for one in choices]
    told = Counter(option.score_fraction for one in read for option in one.options)
    assert told == Counter(fraction for one in choices for _, fraction, _ in answers(one))


def test_what_a_wrong_answer_believes_is_named_as_a_belief(course: Path, tmp_path: Path) -> None:
    parted = {"believed": "Gói khâu kín thì trả.", "why": "Khách mở thì vẫn nhận được.", "do": "Mời khách mở."}
    question = made_up.ALL["t-single"]
    (key,) = question["keys"]
    write(course, "bt93", [question | {"keys": [key | {"feedback": key["feedback"] | {"sau": parted}}]}])
    (found,) = exported("bt93", tmp_path / "a.xml").values()
    said_of_it = next(text for _, _, text in answers(found) if "khâu kín" in text)
    assert said_of_it.startswith("<p>Anh/chị nghĩ: Gói khâu kín thì trả.</p>")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("questions.yml", "đuôi .xml"),
        ("chua-co/a.xml", "Không có thư mục"),
        ("khac.xml", "không phải tệp do lệnh này viết"),
    ],
)
def test_no_other_file_is_replaced_and_no_folder_made(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, sentence: str
) -> None:
    (tmp_path / "khac.xml").write_text("<ghi-chu/>", encoding="utf-8")
    (tmp_path / "questions.yml").write_text("của người soạn", encoding="utf-8")
    before = sorted((path, path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file())
    assert cli.run(["export", "moodle", "bt91", "--out", str(tmp_path / name)]) == 1
    assert sentence in capsys.readouterr().err
    assert sorted((path, path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file()) == before
    assert not (tmp_path / "chua-co").exists()


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_the_keys_are_for_the_author_alone_and_a_second_export_replaces_the_first(course: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.xml"
    exported("bt91", out)
    exported("bt91", out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_stem_that_refers_to_what_is_not_in_the_file_is_named(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    question = made_up.ALL["t-single"]
    write(course, "bt93", [question | {"stem": "Vẫn câu chuyện ở quầy: làm gì?"}])
    exported("bt93", tmp_path / "a.xml")
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "Đề nhắc tới" in line]
    assert question["id"] in line
