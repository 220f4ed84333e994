"""A pilot of items with a class: the protocol's commands, its sheets, and the analysis of what people answered."""

from __future__ import annotations

import json
import re
import shlex
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
import pytest
from IPython.display import HTML
from kit.classroom import released_long_ago
from kit.course import copy_course
from kit.exam import answers_of, code_of, sit
from kit.printing import printed_pages, smallest_letters
from matplotlib import pyplot as plt
from playwright.sync_api import Browser

from buuchinh import cli
from buuchinh.errors import KitError
from buuchinh.personal_data import erasing
from buuchinh.proportions import wilson
from buuchinh.release import instructor_bundle_files, versions
from buuchinh.results import item_statistics

ROOT = Path(__file__).parents[1]
PILOT = ROOT / "docs" / "pilot"
PROTOCOL = (PILOT / "README.md").read_text(encoding="utf-8")
SHEETS = ("giay-dong-y.html", "phieu-buoi-thu.html", "phieu-nghi-thanh-tieng.html")
CELLS = [
    cell
    for cell in json.loads((PILOT / "phan-tich.ipynb").read_text(encoding="utf-8"))["cells"]
    if cell["cell_type"] == "code"
]
MARK = "MÔ PHỎNG (simulated)"
HEAD = "nguoi;lan;de;c01 m5-1;c02 m5-1;c03 m5-2"


@pytest.fixture(autouse=True)
def charts() -> Iterator[None]:
    with mpl.rc_context(), warnings.catch_warnings():
        mpl.use("agg")
        warnings.filterwarnings("ignore", message="FigureCanvasAgg is non-interactive")
        yield
        plt.close("all")


def analysed(**settings: Any) -> dict[str, Any]:
    """Run the notebook's cells with these settings in the place of the empty ones; return what they made."""
    made: dict[str, Any] = {"shown": []}
    for cell in CELLS:
        text = "".join(cell["source"])
        for name, value in settings.items():
            text = re.sub(rf"^{name} = .*$", f"{name} = {value!r}", text, flags=re.MULTILINE)
        exec(compile(text, cell["id"], "exec"), made)
        last = text.rstrip().rpartition("\n")[2]
        if last == "trang" or last.startswith("in_bang("):
            made["shown"].append(eval(last, made))
    return made


def typed(folder: Path, rows: list[str], *, head: str = HEAD, encoding: str = "utf-8") -> dict[str, Any]:
    (folder / "thu-nghiem.csv").write_text("\r\n".join([head, *rows, ""]), encoding=encoding, newline="")
    return analysed(TEP="thu-nghiem.csv")


def crossed(people: int = 12) -> list[str]:
    """Return rows of people who did both forms: two of three right at most before, all right after."""
    rows = []
    for number in range(1, people + 1):
        first, second = ("A", "B") if number % 2 else ("B", "A")
        rows += [f"{code_of(number)};truoc;{first};{number % 3 % 2};0;1", f"{code_of(number)};sau;{second};1;1;1"]
    return rows


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "course.toml").write_bytes((ROOT / "course.toml").read_bytes())
    monkeypatch.setenv("BUUCHINH_COURSE", str(tmp_path))
    return tmp_path


def test_every_table_and_chart_of_made_up_people_says_so() -> None:
    made = analysed()
    assert len(made["shown"]) == 6
    assert all(isinstance(one, HTML) and MARK in str(one.data) for one in made["shown"])
    charts = [plt.figure(number).axes[0].get_title() for number in plt.get_fignums()]
    assert len(charts) == 2
    assert all(MARK in title for title in charts)


def test_the_items_that_were_spoilt_are_found() -> None:
    flagged = analysed()["co"].set_index("cau")
    assert "Xem lại đáp án trước tiên" in flagged.loc["A c04", "lam"]
    assert "chưa học cũng làm được" in flagged.loc["A c07", "lam"]
    assert list(flagged.index[:2]) == ["A c04", "A c07"]


def test_cells_are_short_enough_to_be_read() -> None:
    assert [cell["id"] for cell in CELLS if len("".join(cell["source"]).splitlines()) > 12] == []


@pytest.mark.parametrize(
    ("separator", "encoding"), [(";", "utf-8"), (";", "utf-8-sig"), (",", "utf-8-sig"), ("\t", "utf-16")]
)
def test_a_table_is_read_as_excel_saves_it(folder: Path, separator: str, encoding: str) -> None:
    rows = [row.replace(";", separator) for row in crossed()]
    blank = separator * 5
    made = typed(folder, [*rows, blank], head=HEAD.replace(";", separator), encoding=encoding)
    assert made["sai"].empty
    assert len(made["sach"]) == 12 * 2 * 3
    assert made["NGUON"] == "Số liệu của lớp"
    assert not any(MARK in str(one.data) for one in made["shown"])


def test_a_decimal_comma_is_a_part_of_the_points(folder: Path) -> None:
    made = typed(folder, [*crossed(), f"{code_of(13)};Trước ;a;0,5;1;"])
    mine = made["sach"][made["sach"]["nguoi"] == code_of(13)]
    assert list(mine["diem"]) == [0.5, 1]
    assert set(mine["lan"]) == {"truoc"}
    assert set(mine["cau"]) == {"A c01", "A c02"}


def test_what_was_typed_wrong_is_named_by_its_line_and_not_counted(folder: Path) -> None:
    rows = crossed()
    bad = ["Nguyễn Thị Lan;truoc;A;1;1;1", f"{code_of(20)};giữa;A;1;1;1", f"{code_of(21)};truoc;A;2;1;1",
           f"{code_of(1)};sau;A;1;1;1", f"{code_of(22)};truoc;;1;1;1"]  # fmt: skip
    made = typed(folder, [*rows, *bad])
    told = {(row.dong - 26, row.loi) for row in made["sai"].itertuples()}
    assert told == {
        (0, "cột nguoi không phải mã học viên"),
        (1, "cột lan chỉ nhận truoc hay sau"),
        (2, "điểm của câu phải từ 0 đến 1"),
        (3, "người này đã làm câu này rồi"),
        (4, "chưa ghi đề"),
    }
    assert len(made["sach"]) == 12 * 2 * 3 + 2
    assert not any("Lan" in str(one.data) for one in made["shown"])


def test_a_table_without_its_columns_is_one_sentence(folder: Path) -> None:
    with pytest.raises(KitError, match="thiếu cột: lan, de"):
        typed(folder, ["GL-0001-9;1"], head="nguoi;c01")
    with pytest.raises(KitError, match=r"Không thấy tệp khac\.csv"):
        analysed(TEP="khac.csv")


def test_a_day_written_otherwise_or_an_exam_of_three_forms_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))
    for day, unit in (("8-3-2027", "thinv2"), ("", "thinv2"), ("2027-03-08", "thinv2")):
        with pytest.raises(KitError, match="cần NGAY_HOC như 2027-03-08, và bài có một đề"):
            analysed(BAI=[unit], NGAY_HOC=day)


def test_a_table_in_which_all_is_wrong_says_so_and_stops_nothing(folder: Path) -> None:
    made = typed(folder, ["Lan;truoc;A;1;1;1"])
    assert made["sach"].empty
    assert len(made["sai"]) == 3


def test_nobody_is_shown_and_nothing_is_told_of_fewer_than_five(folder: Path) -> None:
    made = typed(folder, crossed(8))
    assert made["kho"].empty
    assert made["tang"]["tang"].isna().all()
    many = typed(folder, crossed(40))
    assert not many["kho"].empty
    for one in (*made["shown"], *many["shown"]):
        assert not re.search(r"GL-\d{4}", str(one.data))


def test_the_gain_is_that_of_the_same_people_half_by_half(folder: Path) -> None:
    rows = [*crossed(14), f"{code_of(50)};truoc;A;0;0;0"]  # came once: in no gain
    gains = typed(folder, rows)["tang"].set_index("ten")
    before = {number: (number % 3 % 2 + 1) / 3 for number in range(1, 15)}
    halves = [[1 - before[number] for number in before if number % 2 == odd] for odd in (0, 1)]
    gain = sum(sum(half) / len(half) for half in halves) / 2
    assert gains.loc["cả bài", "n"] == 14
    assert gains.loc["cả bài", "tang"] == pytest.approx(gain)
    assert gains.loc["cả bài", "tu"] < gain < gains.loc["cả bài", "den"]
    assert gains.loc["m5-2", ["truoc", "sau", "tang", "tu", "den"]].tolist() == [1, 1, 0, 0, 0]


def test_an_easier_form_is_no_gain(folder: Path) -> None:
    rows = []
    for number in range(1, 21):  # nobody learns; form B is all right, form A all wrong; the halves differ in size
        first, second = ("A", "B") if number > 6 else ("B", "A")
        points = {"A": "0;0;0", "B": "1;1;1"}
        rows += [f"{code_of(number)};truoc;{first};{points[first]}", f"{code_of(number)};sau;{second};{points[second]}"]
    assert typed(folder, rows)["tang"].set_index("ten").loc["cả bài", "tang"] == 0


def test_the_figures_are_those_of_the_kit() -> None:
    made = analysed()
    for row in made["kho"].itertuples():
        assert (row.tu, row.den) == pytest.approx(wilson(row.dung, row.n), abs=1e-6)
    once = made["sach"][made["sach"]["lan"] == "truoc"]
    wide = once[once["de"] == "B"].pivot_table(index="nguoi", columns="cau", values="diem")
    rest = wide.sum(axis=1) - wide["B c02"]
    kits = item_statistics.figures(list(wide["B c02"]), list(rest)).item_rest
    alone = dict(made) | {"sach": once}
    exec("".join(next(cell["source"] for cell in CELLS if cell["id"] == "tuong-quan")), alone)
    assert alone["r"]["B c02"] == pytest.approx(kits, abs=0.006)


def test_learning_between_two_sittings_makes_no_correlation(folder: Path) -> None:
    rows = []
    for number in range(1, 61):
        first, second = ("A", "B") if number % 2 else ("B", "A")
        rows += [f"{code_of(number)};truoc;{first};0;{number // 2 % 2};{number // 4 % 2}",
                 f"{code_of(number)};sau;{second};1;1;1"]  # fmt: skip
    r = typed(folder, rows)["r"]
    assert "A c01" not in r.index  # within each sitting all were alike
    assert abs(r["A c02"]) < 0.2


def test_the_protocols_widths_are_wilsons() -> None:
    for people, width in ((15, 23), (30, 17)):
        low, high = wilson(people / 2, people)
        assert round(50 * (high - low)) == width
        assert f"± {width} điểm" in PROTOCOL


@pytest.mark.journey
def test_the_protocols_commands_run_and_the_analysis_reads_what_they_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_course(tmp_path / "khoa")
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.chdir(root)
    people = [code_of(number) for number in range(1, 13)]
    forgotten = "GL-0001-9"
    assert forgotten == people[0]
    (root / "lop.csv").write_text("Mã;Họ tên\n" + "".join(f"{code};\n" for code in people), encoding="utf-8-sig")
    hand = [f"{code};truoc;A;1;0;1" for code in people]
    (root / "thu-nghiem.csv").write_text("\n".join([HEAD, *hand, ""]), encoding="utf-8-sig")
    blocks = re.findall(r"```sh\n(.*?)```", PROTOCOL, re.DOTALL)
    commands = [shlex.split(line)[1:] for block in blocks for line in block.splitlines()]
    assert {command[0] for command in commands} == {
        "roster", "exam", "release", "bundle", "collect", "grade", "report", "forget",
    }  # fmt: skip
    for command in commands:
        if command[0] == "collect":
            released_long_ago(root)
            for number, code in enumerate(people):
                before, after = ("thinv4", "thinv5") if number % 2 else ("thinv5", "thinv4")
                for unit, wrong in ((before, 10 + number % 3), (after, number % 3)):
                    asked = versions.released_for(unit, None, code)
                    sit(root, code, answers_of(asked, wrong=tuple(asked.obscured)[:wrong]), root / "usb", unit)
        if command[0] == "forget":
            _reads_reports(root, people)
        assert cli.run(command) == 0, (command, capsys.readouterr().err)
    first, second = ({*versions.items_of(versions.released(unit, form="a")).values()} for unit in ("thinv4", "thinv5"))
    assert len(first & second) <= 30 / 5, "a few items, as the protocol says"
    left = (root / "thu-nghiem.csv").read_text(encoding="utf-8-sig")
    assert forgotten not in left
    assert all(code in left for code in people[1:])
    assert erasing.holds(forgotten) == []


def _reads_reports(root: Path, people: list[str]) -> None:
    """The first sitting was before the day on which learning began: hours of the reports are put so."""
    for unit, odd in (("thinv4", 1), ("thinv5", 0)):
        path = root / "reports" / unit / f"bang-diem_{unit}.csv"
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        for place, line in enumerate(lines):
            if (code := line.split(",")[0]) in people and people.index(code) % 2 == odd:
                lines[place] = re.sub(r",20\d\d-\d\d-\d\d ", ",2020-01-01 ", line, count=1)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    made = analysed(BAI=["thinv4", "thinv5"], NGAY_HOC="2020-03-01")
    assert made["sai"].empty
    whole = made["tang"].set_index("ten").loc["cả bài"]
    assert whole["n"] == 12
    assert whole["tang"] == pytest.approx(10 / 30)
    assert {"m5-1", "m5-2"} & set(made["tang"]["ten"])
    assert set(made["dem"]["de"]) == {"thinv4", "thinv5"}


def test_the_protocol_links_to_what_is_there_and_is_linked() -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", PROTOCOL)
    assert set(SHEETS) | {"nhap-lieu.csv", "phan-tich.ipynb"} <= set(links)
    assert [link for link in links if not (PILOT / link).is_file()] == []
    assert "(pilot/README.md)" in (ROOT / "docs" / "instructor.md").read_text(encoding="utf-8")


def test_the_form_for_typing_has_the_columns_that_the_protocol_describes(folder: Path) -> None:
    head = (PILOT / "nhap-lieu.csv").read_text(encoding="utf-8-sig").strip()
    objectives = set(pd.read_csv(ROOT / "datasets" / "questions" / "objectives.csv")["id"])
    first, *items = head.split(";c")
    assert first == "nguoi;lan;de"
    assert all(f"`{name}`" in PROTOCOL for name in first.split(";"))
    assert {item.split()[1] for item in items} <= objectives
    made = typed(
        folder, [f"{code_of(number)};truoc;A;{';'.join('1' * len(items))}" for number in range(1, 7)], head=head
    )
    assert made["sai"].empty


@pytest.mark.usefixtures("course_copy")
def test_the_form_goes_to_instructors_only_while_it_is_empty(course_copy: Path) -> None:
    form = "docs/pilot/nhap-lieu.csv"
    carried = instructor_bundle_files.list_instructor_files().paths
    assert {form, "docs/pilot/phan-tich.ipynb", *(f"docs/pilot/{sheet}" for sheet in SHEETS)} <= set(carried)
    with (course_copy / form).open("a", encoding="utf-8") as file:
        file.write("GL-0001-9;truoc;A;1\n")
    assert form not in instructor_bundle_files.list_instructor_files().paths


@pytest.mark.browser
@pytest.mark.parametrize("sheet", SHEETS)
def test_each_sheet_is_one_page_that_can_be_read(browser: Browser, sheet: str) -> None:
    tab = browser.new_page()
    tab.goto((PILOT / sheet).as_uri())
    tab.emulate_media(media="print")
    assert printed_pages(tab.pdf(prefer_css_page_size=True)) == 1
    assert smallest_letters(tab) >= 9
    tab.close()
