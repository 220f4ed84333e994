"""The site's files: the same at every build, without keys of what is graded, never over somebody's folder."""

from __future__ import annotations

import gzip
import hashlib
import html
import io
import json
import re
import shutil
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from kit import graded_keys
from kit.course import ROOT
from kit.unread import unread
from PIL import Image, ImageChops

from buuchinh import cli, course, datasets, disk_cache, routes
from buuchinh.authoring import lengths
from buuchinh.errors import KitError
from buuchinh.learner.data import drill_data, glossary, notebook_pages
from buuchinh.learner.data import unit as unit_pages
from buuchinh.questions import question_bank
from buuchinh.questions.browser import payload, static_html
from buuchinh.release import versions
from buuchinh.site import build, chart_files, earlier_sheets, index


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return build.contents(public=False)


OF_A_BUILD = ("index.html", "offline.js")
"""What names the build itself: the document and its worker know each other by it."""

SCRIPTS = (
    *("hoc.js", "hoc-bai.js", "cu.js", "truoc.js", "them.js", "cua-toi.js", "dau-trang.js"),
    *("kien.js", "on-tap.js", "fflate.js"),
)


_CASE = '[l05-q08]\npicture = "05-kien-tren-quay.svg"\nalt = "Hộp"\n'


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f'{_CASE}without = ["khong-co"]', "hình thiếu phần có id: khong-co"),
        (_CASE, "thiếu dòng without"),
        (f"{_CASE}without = 3", "l05-q08"),
        (f"{_CASE}without = [", "mo-bai.toml"),
        ('picture = "05-kien-tren-quay.svg"', "“picture” phải nằm dưới một dòng"),
    ],
)
def test_a_picture_of_an_opening_case_that_cannot_be_made_is_told_with_its_file(
    course_copy: Path, text: str, fault: str
) -> None:
    (course_copy / "lessons/mo-bai.toml").write_text(f"{text}\n", encoding="utf-8")
    with pytest.raises(KitError, match=fault) as raised:
        unit_pages.lesson(next((course_copy / "lessons").glob("05-*.ipynb")))
    assert "lessons/mo-bai.toml" in str(raised.value)


def test_a_build_is_the_same_with_and_without_what_was_kept_of_the_last(
    course_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change of one question, of a drawing or of a word of the law is seen in what is built next."""
    first = build.contents(public=False)
    questions = course_copy / "datasets/questions/l05.yml"
    questions.write_text(questions.read_text(encoding="utf-8").replace("Đoán trước", "Nghĩ trước", 1), encoding="utf-8")
    changed = build.contents(public=False)
    assert {name for name in changed if changed[name] != first.get(name)} == {"bai/l05.js", *OF_A_BUILD}
    drawing = next((course_copy / "datasets/drills/parts").glob("*.svg"))
    drawing.write_text(
        drawing.read_text(encoding="utf-8").replace("<svg", '<svg data-new=""', 1).replace("</svg>", "<g/></svg>"),
        encoding="utf-8",
    )
    drawn = build.contents(public=False)
    assert {name for name in drawn if drawn[name] != changed.get(name)} == {"bai/xem-kien.js", *OF_A_BUILD}
    shutil.rmtree(course_copy / disk_cache.FOLDER)
    with monkeypatch.context() as patch:
        patch.setattr(disk_cache, "values", unread(disk_cache.values, patch))
        assert build.contents(public=False) == drawn, "nothing was kept"
    assert build.contents(public=False) == drawn, "all was kept by the same package"
    (course_copy / "exercises/bt01/questions.json").write_bytes(b"{}")
    with pytest.raises(KitError):
        build.contents(public=False)


def test_charts_are_light_and_look_as_they_did(files: dict[str, bytes]) -> None:
    drawn = {data for path in course.lessons() for data in _charts(path)}
    assert len(drawn) > 5
    for data in drawn:
        packed = chart_files.light(data)
        assert len(packed) < len(data) / 2
        assert packed in files.values()
        with Image.open(io.BytesIO(data)) as was, Image.open(io.BytesIO(packed)) as now:
            moved = ImageChops.difference(was.convert("RGB"), now.convert("RGB"))
        assert max(moved.tobytes()) <= 3


def test_a_picture_that_can_be_seen_through_stays_as_it_is() -> None:
    clear = io.BytesIO()
    Image.new("RGBA", (40, 40), (200, 10, 10, 90)).save(clear, "PNG")
    assert chart_files.light(clear.getvalue()) == clear.getvalue()


def _charts(path: Path) -> Iterator[bytes]:
    for cell in json.loads(path.read_bytes())["cells"]:
        for output in cell.get("outputs", ()):
            shown = output.get("data", {})
            for found in re.findall(r"data:image/png;base64,([\w+/=]+)", "".join(shown.get("text/html", ""))):
                yield b64decode(found)
            if "image/png" in shown and "text/html" not in shown:
                yield b64decode("".join(shown["image/png"]))


def test_a_telephone_finds_a_picture_of_the_size_that_it_is_told(files: dict[str, bytes]) -> None:
    icons = json.loads(files["hoc.webmanifest"])["icons"]
    sizes = {icon["src"]: icon["sizes"] for icon in icons if icon["type"] == "image/png"}
    assert {"192x192", "512x512"} <= set(sizes.values())
    assert b'rel="apple-touch-icon" href="icon-180.png"' in files[build.INDEX]
    for name, size in sizes.items():
        with Image.open(io.BytesIO(files[name])) as picture:
            assert "x".join(map(str, picture.size)) == size
        assert len(files[name]) < 10_000


def test_no_word_of_a_graded_key_is_in_any_file(files: dict[str, bytes]) -> None:
    everything = b"\n".join(files.values())
    assert graded_keys.told_in(everything) == []
    assert not re.search(r'"(?:correct|keys|feedback|rubric)":', _graded(files))


def _graded(files: dict[str, bytes]) -> str:
    return "\n".join(data.decode("utf-8") for name, data in files.items() if re.match(r"bai/(?:bt|thi)", name))


def page_of(files: dict[str, bytes], name: str) -> dict[str, Any]:
    """Return what a page's script hands over."""
    made: dict[str, Any] = json.loads(files[f"bai/{name}.js"].decode("utf-8").removeprefix("hoc.page(")[:-3])
    return made


def test_each_path_ends_with_the_short_test_and_minutes_are_the_counted_ones(
    files: dict[str, bytes],
) -> None:
    document = files["index.html"].decode("utf-8")
    told = json.loads(document.split('id="hoc-course">', 1)[1].split("</script>", 1)[0])
    for role in told["roles"]:
        assert role["path"][-1] == "kt2"
    assert "tiến bộ" in told["units"]["kt2"]["why"], "people see what it is for"
    counted = {name: ceil(length.minutes) for name, length in lengths.path("head")}
    assert {name: told["units"][name]["minutes"] for name in counted} == counted
    assert told["units"]["bt06"]["minutes"] == 0, "nobody has counted how long code takes"
    for role in told["roles"]:
        rounded = [told["units"][name]["minutes"] for name in role["path"]]
        assert sum(rounded) - len(rounded) < role["minutes"] < sum(rounded), "added first, then rounded"


def test_pages_that_stand_alone_are_practice_and_need_no_other(files: dict[str, bytes]) -> None:
    listed = [one["id"] for one in page_of(files, routes.ALONE_LIST)["listed"]]
    assert listed[0] == drill_data.ID
    assert sorted(listed[1:]) == sorted(name[4:-3] for name in files if name.startswith("bai/rieng-"))
    practised = {
        question.id for path in question_bank.practice_files() for question in question_bank.load(path).questions
    }
    for name in listed[1:]:
        page = page_of(files, name)
        assert {question["id"] for made in page["questions"].values() for question in made} <= practised
        assert isinstance(page["law"], dict)


def test_a_lesson_has_a_provision_once_and_a_citation_read_from_it_is_the_one_of_the_notebook(
    files: dict[str, bytes],
) -> None:
    questions = {
        question.id: question
        for path in question_bank.practice_files()
        for question in question_bank.load(path).questions
    }
    compared = 0
    for path in course.lessons():
        page = page_of(files, f"l{course.lesson_number(path)}")
        assert not set(page["read"]) & set(page["cited"])
        for made in page["questions"].values():
            for question in made:
                shown = payload.practice(questions[question["id"]], course.settings().reviewed_on)
                for ref, told in shown["citations"].items():
                    found = _read(page["law"][ref]) if ref in page["read"] else page["cited"][ref]
                    assert found == told, (path, question["id"], ref)
                    compared += 1
    assert compared > 300


def _read(told: dict[str, Any]) -> dict[str, str]:
    """Return a question's citation as ``law_dialog.js`` reads it from what the dialog tells."""
    quote = {"quote": told["words"][slice(*told["quote"])]} if "quote" in told else {}
    said = (told.get("left_out"), told["dates"], told["confidence"], told.get("state", "").rstrip("."))
    note = "; ".join(filter(None, said))
    return {"text": told["cite"], **quote, "note": note}


def test_the_words_of_the_glossary_come_once_each_with_its_meaning_its_provision_and_its_lessons(
    files: dict[str, bytes],
) -> None:
    told = {one["term"]: one for one in page_of(files, glossary.ID)["words"]}
    assert told["bưu gửi"]["cite"].startswith("Điều 3 khoản 2 Luật Bưu chính")
    assert {"l02", "l05"} <= set(told["bưu gửi"]["lessons"])
    assert "cite" not in told["QPPL"], "the table names no provision"
    assert "thư" not in told, "a word of one syllable is part of too many others"
    assert all(one["meaning"] for one in told.values())


def test_what_a_telephone_loads_is_small(files: dict[str, bytes]) -> None:
    """Kilobytes as they travel: a first visit, then each lesson without the drawings that are within it."""

    def packed(*names: str) -> float:
        texts = (re.sub(r"<svg.*?</svg>", "", files[name].decode("utf-8")) for name in names)
        return sum(len(gzip.compress(text.encode("utf-8"), 9)) for text in texts) / 1000

    first = packed("index.html", "hoc.js", "cu.js", "truoc.js")
    assert first <= 46
    told = json.loads(files["index.html"].decode("utf-8").split('id="hoc-course">', 1)[1].split("</script>", 1)[0])
    drawn = [files[told["pictures"][role["id"]].removeprefix("lessons/")] for role in told["roles"]]
    assert first + sum(len(gzip.compress(picture, 9)) for picture in drawn) / 1000 <= 49  # the first screen, whole
    assert first + packed("hoc-bai.js") <= 100  # with what any question and any sheet needs, once
    said = static_html.words()["choose_first"]
    assert [name for name in ("index.html", "hoc.js", "hoc-bai.js") if said in files[name].decode("utf-8")] == [
        "hoc-bai.js"
    ]
    assert "Unknown question type" in files["hoc-bai.js"].decode("utf-8")
    assert "Unknown question type" not in files["hoc.js"].decode("utf-8")
    lessons = {
        f"l{course.lesson_number(path)}": packed(f"bai/l{course.lesson_number(path)}.js") for path in course.lessons()
    }
    assert {name: size for name, size in lessons.items() if size > 52} == {}  # with the words of its law


def test_exercises_name_no_button_that_only_jupyterlab_has(files: dict[str, bytes]) -> None:
    pages = [name for name in files if name.startswith(("bai/bt", "bai/thi")) and not name.endswith("-nop.js")]
    assert len(pages) == 2 * len(course.released_units())  # its page, and the sheets of its earlier versions
    assert [name for name in pages if "Bắt đầu bài học" in files[name].decode("utf-8")] == []


def test_earlier_sheets_are_what_was_public_of_each_release_and_are_kept_for_offline(files: dict[str, bytes]) -> None:
    kept = json.loads(re.search(rb"const FILES = (.*);", files["offline.js"])[1])  # type: ignore[index]
    for unit in course.released_units():
        name = f"bai/{unit}-truoc.js"
        assert name in kept
        called = files[name].decode("utf-8").removeprefix("hoc.earlier(").removesuffix(");\n")
        told, sheets = json.loads(f"[{called}]")
        assert [one["version"] for one in sheets] == versions.versions(unit)[:-1]
        for sheet in sheets:
            shown = {form: [told[n] for n in asked.values()] for form, asked in sheet["forms"].items()}
            released = versions.released_forms(unit, sheet["version"])
            assert sorted(shown) == sorted(released)
            for form, one in released.items():
                public = json.loads(notebook_pages.without_code(one.sheet.decode("utf-8")))["questions"]
                assert shown[form] == public
        assert len({json.dumps(one, sort_keys=True) for one in told}) == len(told)  # each once


def test_sheets_are_carried_for_120_days_after_they_were_replaced(course_copy: Path) -> None:
    """A record without a day counts as 2026-11-25; the newest release of the unit is what the days are counted to."""
    releases = course_copy / "source/bt01/releases"
    for record in releases.glob("*.toml"):
        record.write_text("pass_mark = 0.8\n", encoding="utf-8")
    newest = releases / f"{versions.latest('bt01')}.toml"
    earlier_ones = versions.versions("bt01")[:-1]
    for day, carried in {
        "2027-03-25": earlier_ones,
        "2027-03-26": earlier_ones[-1:],
        "2030-01-01": earlier_ones[-1:],
    }.items():
        newest.write_text(f"pass_mark = 0.8\nreleased_on = {day}\n", encoding="utf-8")
        assert earlier_sheets.included_versions("bt01") == carried, day
    newest.write_text('pass_mark = 0.8\nreleased_on = "hôm qua"\n', encoding="utf-8")
    with pytest.raises(KitError, match="released_on"):
        build.contents(public=False)


def test_public_pages_leave_out_what_is_graded(tmp_path: Path) -> None:
    made = build.build(tmp_path / "hoc", public=True)
    names = {path.relative_to(made.folder).as_posix() for path in made.folder.rglob("*") if path.is_file()}
    assert "bai/l05.js" in names
    assert not [name for name in names if re.match(r"bai/(?:bt|thi)", name)]
    assert '"bt05"' not in (made.folder / "index.html").read_text(encoding="utf-8")


def test_public_pages_never_carry_whom_a_class_sends_its_files_to(
    course_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(course_copy))
    settings = course_copy / "course.toml"
    text = settings.read_text(encoding="utf-8").replace('channel = ""', 'channel = "Zalo 0900 000 777"')
    settings.write_text(text, encoding="utf-8")
    for own in (False, True):
        made = build.build(tmp_path / f"hoc-{own}", public=True, own=own)
        files = [path for path in made.folder.rglob("*") if path.is_file()]
        assert not [path for path in files if b"0900 000 777" in path.read_bytes()], own
    inside = build.build(tmp_path / "trong")
    assert "qua Zalo 0900 000 777" in (inside.folder / build.INDEX).read_text(encoding="utf-8")


def test_a_folder_that_is_no_site_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ảnh").mkdir()
    (tmp_path / "ảnh" / "a.txt").write_text("x", encoding="utf-8")
    assert cli.run(["site", "--out", str(tmp_path / "ảnh")]) == 1
    assert "--out" in capsys.readouterr().err
    assert (tmp_path / "ảnh" / "a.txt").read_text(encoding="utf-8") == "x"
    assert cli.run(["site", "--public", "--out", str(tmp_path / "hoc")]) == 0
    assert cli.run(["site", "--public", "--out", str(tmp_path / "hoc")]) == 0


def test_no_address_of_another_host_is_in_the_document_or_its_scripts(files: dict[str, bytes]) -> None:
    for name in ("index.html", *SCRIPTS):
        found = set(re.findall(rb"https?://[\w.-]+", files[name])) - {b"http://www.w3.org"}
        assert not found, (name, found)


def test_a_bundle_carries_the_pages_and_the_one_that_says_which_to_take(course_copy: Path, tmp_path: Path) -> None:
    assert cli.run(["bundle", "--out", str(tmp_path / "out")]) == 0
    (archive,) = (tmp_path / "out").glob("*.zip")
    with zipfile.ZipFile(archive) as packed:
        inside = {name.partition("/")[2]: packed.read(name) for name in packed.namelist()}
    assert b'href="hoc/index.html"' in inside["BAT-DAU.html"]
    assert inside["hoc/bai/l05.js"].startswith(b"hoc.page(")
    assert "BAT-DAU.html" in inside["DOC-TOI-TRUOC.txt"].decode("utf-8-sig")


def test_what_is_vendored_is_what_the_guide_names() -> None:
    vendored = Path(build.__file__).parent / "vendor"
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for path in vendored.glob("*.js"):
        assert f"`{hashlib.sha256(path.read_bytes()).hexdigest()}`" in guide, path.name


def test_the_web_servers_that_are_shown_say_the_policy_that_the_pages_say() -> None:
    for path in (ROOT / "deploy" / "web").iterdir():
        assert index.document_policy() + "; frame-ancestors 'none'" in path.read_text(encoding="utf-8"), path.name


def test_the_script_within_the_document_is_the_one_that_its_policy_allows(files: dict[str, bytes]) -> None:
    document = files["index.html"].decode("utf-8")
    (script,) = re.findall(r"<script>(.*?)</script>", document, re.DOTALL)
    digest = b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    policy = html.unescape(document.partition('Content-Security-Policy" content="')[2].partition('"')[0])
    assert f"script-src 'self' 'sha256-{digest}';" in policy


TOO_NEW = {
    "look back in a pattern": r"\(\?<[=!]",
    "static block": r"\bstatic\s*\{",
    "Object.hasOwn, groupBy": r"\bObject\.(?:hasOwn|groupBy)\b|\bMap\.groupBy\b",
    "array methods of 2022 and later": r"(?<!\.)\.(?:at|findLast|findLastIndex|toSorted|toReversed|toSpliced|with)\(",
    "structuredClone, withResolvers": r"\bstructuredClone\(|\.withResolvers\(",
    "module syntax": r"^(?:import|export)\b",
}
"""What Safari 15, Firefox 115 or Chromium 109 cannot read or do not have, by what it is called."""


def too_new(script: str) -> list[str]:
    code = re.sub(r"^\s*//.*$", "", script, flags=re.MULTILINE)
    return [name for name, pattern in TOO_NEW.items() if re.search(pattern, code, re.MULTILINE)]


def test_the_scripts_are_read_by_browsers_of_2021(files: dict[str, bytes]) -> None:
    for name in (*SCRIPTS, "offline.js"):
        assert too_new(files[name].decode("utf-8")) == [], name
    planted = ["const b = /(?<!a)b/;", "class A { static { } }", "Object.groupBy([], f);", "[1].at(-1);"]
    planted += ["structuredClone(b);", "export {};"]
    assert too_new("\n".join(planted)) == list(TOO_NEW)


def test_what_can_be_pressed_shows_that_it_has_the_focus() -> None:
    """An outline is hidden on headings alone, to which a script leads, or where the frame around shows it."""
    sheets = [
        path for folder in ("learner/src", "questions/types") for path in (ROOT / "buuchinh" / folder).rglob("*.css")
    ]
    style = "\n".join(path.read_text(encoding="utf-8") for path in sheets)
    hidden = re.findall(r"^([^{}\n]+):focus(?:-visible)? \{[^}]*outline: (?:none|0)\b", style, re.MULTILINE)
    assert len(hidden) == style.count("outline: none")
    pressed = [rule for rule in hidden if not re.search(r"(?:main|h[1-3]|:is\(h1, h2\))$", rule)]
    assert pressed
    for rule in pressed:
        (*_, around) = re.findall(r"\.[\w-]+", rule)
        assert re.search(rf"{re.escape(around)}\b[^{{}}]*:focus-within \{{ outline: \d", style), rule


def test_what_is_done_in_jupyterlab_alone_is_beside_the_way(files: dict[str, bytes]) -> None:
    pages = {
        unit: json.loads(files[f"bai/{unit}.js"].decode("utf-8").removeprefix("hoc.page(").removesuffix(");\n"))
        for unit in ("bt05", "bt06", "bt07")
    }
    of_lab = {unit: [one for one in page["screens"] if one.get("lab")] for unit, page in pages.items()}
    assert [unit for unit, screens in of_lab.items() if screens] == ["bt06"]
    asked = {
        part["ask"]: pages["bt06"]["forms"][""][part["ask"]]["type"]
        for screen in pages["bt06"]["screens"]
        if not screen.get("lab")
        for part in screen["parts"]
        if "ask" in part
    }
    assert asked
    assert "code" not in asked.values()
    told = files["bai/bt06.js"].decode("utf-8")
    assert "Chạy lại từ đầu" not in told.rpartition("Nộp bài")[2]
    assert "được lưu riêng" not in told


def test_released_sheets_speak_on_pages_as_the_pages_do(files: dict[str, bytes]) -> None:
    for unit in course.released_units():
        told = files[f"bai/{unit}.js"].decode("utf-8")
        assert not re.search("người hướng dẫn|[Gg]iảng viên|Cuối trang, bấm", told), unit
    assert "Xem lại và nộp" in files["bai/bt05.js"].decode("utf-8")


def test_the_search_names_lessons_goods_terms_law_and_of_graded_sheets_the_title_alone(files: dict[str, bytes]) -> None:
    groups = page_of(files, "tim")["groups"]
    places = [row[0] for row in groups["lessons"]]
    assert {place.partition("/")[0] for place in places} == {
        f"l{course.lesson_number(path)}" for path in course.lessons()
    }
    assert len(groups["terms"]) == len(datasets.read("glossary").rows)
    assert ["khan-cap", "Thẻ khẩn cấp"] in groups["pages"]
    everything = json.dumps(groups, ensure_ascii=False)
    graded = [name for name in files if re.match(r"bai/(?:bt|thi)\w+\.js$", name)]
    sheets = [page_of(files, Path(name).stem) for name in graded]
    rows = {row[0]: row for row in groups["pages"]}
    assert {sheet["id"]: rows[sheet["id"]] for sheet in sheets} == {
        one["id"]: [one["id"], one["title"]] for one in sheets
    }
    asked = [one["stem"] for sheet in sheets for form in sheet["forms"].values() for one in form.values()]
    assert len(asked) > 100
    assert not [stem for stem in asked if json.dumps(stem, ensure_ascii=False)[1:-1] in everything]
    assert not re.search(r"\b(?:bt|thi|kt)\d|-q\d+", "".join(row[1] for rows in groups.values() for row in rows))


def test_a_link_to_the_pages_is_shown_with_a_title_and_a_picture_where_their_address_is_known(
    course_copy: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, bytes]
) -> None:
    assert b'property="og:' not in files["index.html"]
    monkeypatch.setenv("BUUCHINH_COURSE", str(course_copy))
    settings = course_copy / "course.toml"
    text = settings.read_text(encoding="utf-8").replace('url = ""', 'url = "https://hoc.buucuc.vn/an-toan"')
    settings.write_text(text, encoding="utf-8")
    made = build.contents(public=True)["index.html"].decode("utf-8")
    assert '<meta property="og:url" content="https://hoc.buucuc.vn/an-toan/">' in made
    assert '<meta property="og:image" content="https://hoc.buucuc.vn/an-toan/icon-512.png">' in made
