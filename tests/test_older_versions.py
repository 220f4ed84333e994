"""Who works on with this kit where an older one was left loses nothing: ``bai-lam/``, hand-ins, addresses, built pages.

All that is read here was made by those kits themselves (``tests/older/make.py``).
"""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nbformat
import pytest
from kit import older
from kit.course import copy_course, run
from kit.older import CODE, VERSIONS

from buuchinh import cli, course
from buuchinh.campaign.campaign_sheet import ROUTES
from buuchinh.errors import KitError
from buuchinh.intake import check_receipt
from buuchinh.learner.server import api
from buuchinh.learner.server.cell_parts import mounts
from buuchinh.notebook import pack
from buuchinh.notebook import workspace as desks
from buuchinh.questions import question_bank
from buuchinh.questions.answers import Record
from buuchinh.questions.scoring import score
from buuchinh.release import versions
from buuchinh.results import results
from buuchinh.site import build

START = "lessons/00-bat-dau.ipynb"
NOTEBOOKS = ("l05", "bt01", "bt05", "thinv1")
"""Those without code that is seen: they are alive without a kernel."""


@pytest.fixture(scope="module", params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def desk(version: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the course as it is today, at a desk where somebody worked with an older one."""
    root = copy_course(tmp_path_factory.mktemp("ban-cu") / "course")
    older.unpacked(version, "course", root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.chdir(root)
        yield root


def work(root: Path, unit: str) -> Path:
    return root / course.WORK / CODE / unit


def snapshot(folder: Path) -> dict[str, Any]:
    """Return the answers as the older kit itself folded them."""
    found: dict[str, Any] = json.loads((folder / course.ANSWERS).read_text(encoding="utf-8"))["answers"]
    return found


def call(method: str, path: str, notebook: Path | str = START, **given: Any) -> Any:
    """Ask the server of JupyterLab what the screens of a notebook ask it."""
    name = notebook if isinstance(notebook, str) else notebook.relative_to(course.root()).as_posix()
    return api.call(method, path, {"notebook": name, **given})


def test_every_entry_of_every_journal_is_what_the_older_kit_read(desk: Path, tmp_path: Path) -> None:
    folders = [path.parent for path in sorted((desk / course.WORK).glob(f"*/*/{course.JOURNAL}"))]
    assert {path.name for path in folders} >= {"bt01", "bt05", "bt06", "kt1", "kt2", "l05", "thinv1", "xem-kien"}
    for folder in folders:
        expected = snapshot(folder)
        assert expected
        assert Record(folder, folder.name, "", CODE).answers() == expected
        (tmp_path / folder.name).mkdir(exist_ok=True)
        shutil.copy(folder / course.JOURNAL, tmp_path / folder.name)
        assert Record(tmp_path / folder.name, folder.name, "", CODE).answers() == expected, "from the journal alone"
    assert [one.text for one in Record(work(desk, "bt05"), "bt05", "", CODE).remarks().values()] == [
        "Hình mờ, không thấy chữ"
    ]


def test_code_role_answers_and_hand_ins_are_what_the_start_page_is_given(desk: Path) -> None:
    told = call("GET", "journal/all")
    assert told["person"]["code"] == CODE
    assert told["states"]["role"] == {"role": "clerk", "seen": ["the-khan-cap"]}
    for unit in ("bt01", "bt05", "bt06", "kt2", "l05", "thinv1", "xem-kien", "on-tap-2"):
        assert told["units"][unit] == snapshot(work(desk, unit))
    assert set(told["submissions"]) == {"bt01", "bt05"}
    ((first,), (second,)) = (told["submissions"][unit] for unit in ("bt01", "bt05"))
    assert not first["later"]
    assert len(second["later"]) == 2, "what was answered behind the hand-in"


@pytest.mark.parametrize("unit", NOTEBOOKS)
def test_the_saved_notebook_asks_the_same_questions_and_shows_what_was_answered(desk: Path, unit: str) -> None:
    (notebook,) = work(desk, unit).glob("*.ipynb")
    sources = [cell.source for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "code"]
    asked = {mount["id"] for source in sources for mount in mounts(source) or () if mount["part"] == "question"}
    page = call("GET", f"pages/{unit}", notebook)
    if "forms" in page:
        (form,) = page["forms"].values()
        offered = set(form)
    else:
        offered = set(page["questions"])
    assert asked
    assert asked <= offered
    assert call("GET", "journal", notebook)["entries"] == snapshot(work(desk, unit))


def test_an_exercise_goes_on_with_the_sheet_that_lies_beside_its_notebook(desk: Path) -> None:
    for unit in ("bt01", "bt05", "thinv1"):
        before = (work(desk, unit) / course.SHEET).read_bytes()
        notebook = (work(desk, unit) / f"{unit}.ipynb").read_bytes()
        desks.lay_out(unit)
        assert (work(desk, unit) / course.SHEET).read_bytes() == before
        assert (work(desk, unit) / f"{unit}.ipynb").read_bytes() == notebook
        begun = question_bank.load_sheet(work(desk, unit) / course.SHEET, CODE).version
        with desks.at(work(desk, unit)):
            assert desks.sheet_of(unit).version == begun


def test_code_that_handed_a_value_in_is_still_what_made_it(desk: Path) -> None:
    folder = work(desk, "bt06")
    entry = snapshot(folder)["bt06-q1"]
    saved = desks.saved_cells(folder / "bt06.ipynb")
    assert entry["origin"] == "code"
    assert saved
    assert entry["cell"] in saved
    cells = nbformat.read(folder / "bt06.ipynb", as_version=4).cells
    assert any(mounts(cell.source) for cell in cells if cell.cell_type == "code")


def test_tests_pictures_and_the_calendar_go_on_where_they_were(desk: Path) -> None:
    def kept(name: str) -> Any:
        return json.loads((desk / course.WORK / CODE / name).read_text(encoding="utf-8"))

    states = call("GET", "journal/all")["states"]
    assert states["finished/kt1"] == kept("kt1/finished.json")
    assert (states["follow_up"]["started"], states["follow_up"]["packs"]) == (
        kept("on-tap/lich.json")["started"],
        kept("on-tap/lich.json")["packs"],
    )
    assert states["drill"]["series"] == kept("xem-kien/loat.json")["series"]


def test_a_guests_folder_belongs_to_whoever_gave_the_code(desk: Path) -> None:
    assert course.current_code() == CODE
    assert course.guest_owner("l05") == CODE
    guest = snapshot(desk / course.WORK / course.GUEST / "l05")
    own = snapshot(work(desk, "l05"))
    assert guest.keys() <= own.keys()


def test_what_was_handed_in_is_taken_in_with_the_receipt_that_was_shown(desk: Path, tmp_path: Path) -> None:
    (zipped,) = work(desk, "bt01").glob(f"{course.HANDED_IN}/*.zip")
    with zipfile.ZipFile(zipped) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    given = check_receipt.parse(files[course.RECEIPT])
    assert given
    assert check_receipt.differences(given, files) == []
    again = pack.build(work(desk, "bt01"), "bt01", CODE, given.at).receipt
    assert (again.answered, again.unanswered, again.version) == (given.answered, given.unanswered, given.version)
    assert again.sha256["bt01.ipynb"] == given.sha256["bt01.ipynb"]


def test_hand_ins_of_pages_and_lab_are_collected_with_nothing_to_say_of_the_receipt(
    desk: Path, version: str, tmp_path: Path
) -> None:
    (desk / "lop.csv").write_text(f"Mã;Đơn vị\n{CODE};Bưu cục 1\n", encoding="utf-8")
    run(desk, "buuchinh", "roster", "lop.csv")
    (by_page,) = older.files(version, "bt01_*.zip")
    stick = tmp_path / "usb"
    stick.mkdir()
    handed = sorted((desk / course.WORK / CODE).glob(f"*/{course.HANDED_IN}/*.zip"))
    assert {path.parent.parent.name for path in handed} == {"bt01", "bt05"}
    shutil.copy(by_page, stick / f"trang-{by_page.name}")
    for path in handed:
        shutil.copy(path, stick)
    said = run(desk, "buuchinh", "collect", str(stick))
    assert "không nhận 0" in said
    assert "Biên nhận" not in said
    for unit in ("bt01", "bt05"):
        taken = json.loads((desk / "submitted" / CODE / unit / course.ANSWERS).read_text(encoding="utf-8"))
        begun = question_bank.load_sheet(work(desk, unit) / course.SHEET, CODE).version
        assert taken["version"] == begun
        kept = snapshot(work(desk, unit))
        given = {name: entry["answer"] for name, entry in taken["answers"].items()}
        if unit == "bt05":  # two were answered behind the hand-in
            assert len(kept) == len(given) + 2
            assert given == {name: kept[name]["answer"] for name in given}
        else:
            assert given.keys() == kept.keys()
        is_graded_by_its_version(desk, unit, begun)


def is_graded_by_its_version(desk: Path, unit: str, begun: str) -> None:
    """Grade what was collected, in a class that has today's version, and compare it with the version's own key."""
    run(desk, "buuchinh", "release", unit)
    run(desk, "buuchinh", "grade", unit)
    (standing,) = results.standings(unit)
    released = versions.released_for(unit, begun, CODE)
    assert standing.version == begun != versions.latest(unit)
    day = released.questions.as_of or course.settings().reviewed_on
    answers = {name: one["answer"] for name, one in snapshot(desk / "submitted" / CODE / unit).items()}
    by_machine = [item for item in standing.items if not item.manual]
    assert len(by_machine) > 5
    for item in by_machine:
        question = released.obscured[item.id]
        assert item.earned == pytest.approx(score(question, answers.get(item.id), day).fraction * question.points)


def test_an_exam_sat_before_is_handed_in_and_graded_today(desk: Path, tmp_path: Path) -> None:
    begun = question_bank.load_sheet(work(desk, "thinv1") / course.SHEET, CODE).version
    path = desk / call("POST", "submissions", work(desk, "thinv1") / "thinv1.ipynb")["path"]
    stick = tmp_path / "usb"
    stick.mkdir()
    shutil.copy(path, stick)
    (desk / "lop.csv").write_text(f"Mã;Đơn vị\n{CODE};Bưu cục 1\n", encoding="utf-8")
    run(desk, "buuchinh", "roster", "lop.csv")
    assert "không nhận 0" in run(desk, "buuchinh", "collect", str(stick))
    is_graded_by_its_version(desk, "thinv1", begun)


def test_an_exercise_begun_before_is_handed_in_and_collected_today(desk: Path, tmp_path: Path) -> None:
    notebook = work(desk, "bt05") / "bt05.ipynb"
    path = desk / call("POST", "submissions", notebook)["path"]
    with zipfile.ZipFile(path) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    given = check_receipt.parse(files[course.RECEIPT])
    assert given
    assert set(given.answered) == set(snapshot(work(desk, "bt05")))
    assert check_receipt.differences(given, files) == []
    assert given.at <= datetime.now().astimezone()


@pytest.mark.parametrize("foreign", [False, True], ids=["ours", "with a file of somebody"])
def test_a_folder_of_older_pages_is_known_as_ours_and_written_over(
    version: str, tmp_path: Path, foreign: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = older.unpacked(version, "site", tmp_path / "hoc")
    monkeypatch.setattr(build, "contents", lambda **_given: {build.INDEX: b"new"})  # what is written is another test's
    if foreign:
        (folder / "anh-ca-nhan.jpg").write_bytes(b"x")
        before = sorted(folder.rglob("*"))
        with pytest.raises(KitError):
            build.build(folder)
        assert sorted(folder.rglob("*")) == before
    else:
        build.build(folder)
        assert [path.name for path in folder.iterdir()] == [build.INDEX]


def test_addresses_that_were_printed_and_first_screens_lead_where_they_led(version: str) -> None:
    """Which page each shows is tried in a browser (``tests/browser/test_site_older.py``)."""
    known = older.told(version, "addresses")
    site = type(course.settings().site)
    printed = {site(url=url).address(route) for url in _urls(known["printed"]) for route in ROUTES.values()}
    assert set(known["printed"]) <= printed
    manifest = json.loads(build._manifest())
    assert manifest["start_url"] == known["start_url"]


def _urls(printed: list[str]) -> list[str]:
    return [one for one in printed if not urlsplit(one).fragment]


@pytest.mark.long
def test_the_files_that_older_bundles_were_opened_by_are_there(tmp_path: Path) -> None:
    assert cli.run(["bundle", "--out", str(tmp_path)]) == 0
    (path,) = tmp_path.glob("*.zip")
    with zipfile.ZipFile(path) as bundle:
        names = {name.partition("/")[2] for name in bundle.namelist()}
    for version in VERSIONS:
        known = older.told(version, "addresses")
        assert known["door"]
        assert set(known["door"]) <= names
        assert {one for one in known["bundle"] if not one.startswith("hoc/")} <= names
