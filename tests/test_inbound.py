"""What is read of the exchange, as one account alone can try it; with several accounts: test_exchange."""

from __future__ import annotations

import os
import sys
import tracemalloc
from pathlib import Path

import pytest
from kit.classroom import UNIT, make_course

from buuchinh import codes
from buuchinh.errors import KitError
from buuchinh.exchange import accounts, fill_exchange, inbound
from buuchinh.exchange.fill_exchange import page_name
from buuchinh.exchange.places import Exchange
from buuchinh.files import write_text
from buuchinh.messages import say
from buuchinh.results import exchange_feedback

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the exchange is for Unix")
UNITS = ("bt05", "bt06")
STAMP = "2026-12-01 10:00:00.000000 UTC"


def laid(top: Path, name: str) -> Path:
    folder = top / name
    folder.mkdir()
    (folder / "answers.json").write_text("{}", encoding="utf-8")
    return folder


def copied(top: Path, target: Path) -> list[str]:
    (one,) = inbound.newest_entries(top, UNITS)
    return inbound.copy(top, one, target)


def test_a_name_is_told_by_parts_whatever_the_stamp_holds(tmp_path: Path) -> None:
    laid(tmp_path, f"gl-0001-9+bt06+{STAMP}+abcdefghijkl")
    laid(tmp_path, "gl-0001-9+bt06+2026-12-01 17:00:00.000000 +07+abcdefghijkl")
    laid(tmp_path, ".dang-ghi-x")
    assert [(one.claimed, one.unit) for one in inbound.newest_entries(tmp_path, UNITS)] == [("gl-0001-9", "bt06")] * 2


def test_only_plain_files_of_one_link_are_copied(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    folder = laid(tmp_path / "in", "a+bt06+x+y")
    secret = tmp_path / "secret.json"
    secret.write_text("bí mật", encoding="utf-8")
    (folder / "link.json").symlink_to(secret)
    os.link(secret, folder / "hard.json")
    os.mkfifo(folder / "pipe.json")
    (folder / "below").mkdir()
    (folder / "below" / "x.json").write_text("{}", encoding="utf-8")
    with (folder / "huge.ipynb").open("wb") as file:
        file.truncate(inbound.MOST_BYTES + 1)
    said = copied(tmp_path / "in", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").rglob("*")) == ["answers.json"]
    assert sorted(said) == sorted(
        [
            say("exchange.inbound.no_file", name="link.json"),
            say("exchange.inbound.no_file", name="pipe.json"),
            say("exchange.inbound.linked", name="hard.json"),
            say("exchange.inbound.large", name="huge.ipynb", limit=inbound.MOST_BYTES // 1_000_000),
        ]
    )


def test_of_very_many_names_the_newest_are_read_and_that_is_said(tmp_path: Path) -> None:
    for number in range(inbound.MOST_OF_UNIT + 3):
        laid(tmp_path, f"a+bt06+{number:03d}+x")
    first, *rest = inbound.newest_entries(tmp_path, UNITS)
    assert "chỉ đọc" in first.refused
    assert [one.name for one in rest] == [f"a+bt06+{number:03d}+x" for number in range(3, inbound.MOST_OF_UNIT + 3)]


def test_many_names_of_one_unit_cost_no_work_of_another(tmp_path: Path) -> None:
    laid(tmp_path, "a+bt05+000+x")
    for number in range(inbound.MOST_OF_UNIT + 3):
        laid(tmp_path, f"a+bt06+{number:03d}+x")
        (tmp_path / f"a+nothing{number}").write_text("", encoding="utf-8")
    assert "a+bt05+000+x" in [one.name for one in inbound.newest_entries(tmp_path, UNITS) if not one.refused]


def test_of_many_names_of_many_units_each_unit_keeps_its_newest_and_one_sentence_counts_them(tmp_path: Path) -> None:
    units = [f"bt{number:02d}" for number in range(5)]
    for unit in units:
        for number in range(inbound.MOST_OF_UNIT):
            (tmp_path / f"a+{unit}+{number:03d}+x").mkdir()
    first, *rest = inbound.newest_entries(tmp_path, units)
    assert (first.stands_for_older, len(rest)) == (True, inbound.MOST_OF_ACCOUNT)
    assert f"có {len(units) * inbound.MOST_OF_UNIT} thư mục" in first.refused
    assert {f"a+{unit}+{number:03d}+x" for unit in units for number in range(40, 100)} == {one.name for one in rest}


def test_memory_does_not_grow_with_the_names_in_the_exchange(tmp_path: Path) -> None:
    def peak() -> int:
        tracemalloc.start()
        inbound.newest_entries(tmp_path, UNITS)
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return held

    for number in range(500):
        (tmp_path / f"a+bt06+{number:05d}+x").mkdir()
    few = peak()
    for number in range(500, 10_000):
        (tmp_path / f"a+bt06+{number:05d}+x").touch()
    assert peak() < 2 * few


def test_of_very_many_files_the_rest_is_left_and_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    folder = laid(tmp_path / "in", "a+bt06+x+y")
    for number in range(inbound.MOST_FILES + 5):
        (folder / f"{number}.txt").write_text("", encoding="utf-8")
    said = copied(tmp_path / "in", tmp_path / "out")
    assert said == [say("exchange.inbound.many_files", limit=inbound.MOST_FILES)]
    assert len(list((tmp_path / "out").iterdir())) == inbound.MOST_FILES


def test_a_secret_is_read_as_it_stands_or_not_at_all(tmp_path: Path) -> None:
    folder = laid(tmp_path, "a+bt06+x+y")
    (one,) = inbound.newest_entries(tmp_path, UNITS)
    assert inbound.secret(tmp_path, one) is None
    path = folder / "submission_secret.txt"
    path.write_text("0123456789abcdef", encoding="ascii")
    assert inbound.secret(tmp_path, one) == "0123456789abcdef"
    for wrong in (b"short", b"x" * 2000, "mật".encode() * 10):
        path.write_bytes(wrong)
        assert inbound.secret(tmp_path, one) is None
    path.unlink()
    path.symlink_to("/etc/hostname")
    assert inbound.secret(tmp_path, one) is None


def test_a_page_has_the_name_that_nbgrader_looks_for() -> None:
    utils = pytest.importorskip("nbgrader.utils")
    assert page_name("bt06", "abc") == utils.notebook_hash(secret="abc", notebook_id="bt06")


@pytest.fixture
def exchange(tmp_path: Path) -> Exchange:
    """Return an exchange of this account, with what killed commands left in it, of this version and of 0.3.0."""
    made = Exchange(tmp_path / "hom")
    for name in (PAGE, *HALF_WRITTEN, f"{PAGE}.bak", "huong-dan-tmp.html"):
        write_text(made.feedback / name, "phản hồi")
    write_text(made.outbound / ".dang-ghi-abcdefgh" / "truoc" / "bt05" / "bt05.ipynb", "{}")
    write_text(made.outbound / "bt06" / "bt06.ipynb", "{}")
    return made


PAGE = f"{'0a' * 16}.html"
HALF_WRITTEN = [f".{PAGE}.abcdefgh", f"{'0a' * 16}-tmp.html", f".{'0a' * 16}-tmp.html.abcd_f1h"]


def left(exchange: Exchange) -> list[str]:
    return sorted(path.name for folder in (exchange.feedback, exchange.outbound) for path in folder.iterdir())


CLEARED = sorted([PAGE, f"{PAGE}.bak", "huong-dan-tmp.html", "bt05", "bt06"])


def test_half_written_pages_of_every_version_go_and_whole_ones_stay(exchange: Exchange) -> None:
    fill_exchange.clear_unfinished(exchange)
    assert left(exchange) == CLEARED


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root: a file is given away")
def test_half_written_pages_of_another_account_stay(exchange: Exchange) -> None:
    for name in HALF_WRITTEN:
        os.chown(exchange.feedback / name, 4321, 4321)
    fill_exchange.clear_unfinished(exchange)
    assert left(exchange) == sorted([*CLEARED, *HALF_WRITTEN])


def test_half_written_pages_are_found_by_whose_they_are(exchange: Exchange) -> None:
    found = fill_exchange.unfinished_pages(exchange, {"0a" * 16})
    assert sorted(path.name for path in found) == sorted(HALF_WRITTEN)
    assert fill_exchange.unfinished_pages(exchange, {"0b" * 16}) == []


def test_renewing_feedback_clears_what_was_half_written_though_nothing_is_outdated(
    exchange: Exchange, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(make_course(tmp_path / "lop", code=False)))
    monkeypatch.setenv("BUUCHINH_EXCHANGE", str(exchange.root))
    assert exchange_feedback.renew(UNIT) == ()
    assert left(exchange) == CLEARED


def test_an_account_is_its_code_by_its_name_or_by_the_table(tmp_path: Path) -> None:
    table = tmp_path / "tai-khoan.csv"
    table.write_text("Mã,Tài khoản\n", encoding="utf-8")
    with pytest.raises(KitError, match="không có dòng nào"):
        accounts.read(table)
    code, other = codes.make("GL0001"), codes.make("GL0002")
    table.write_text(f"Mã,Tài khoản\n{code},lan.tran\n", encoding="utf-8")
    known = accounts.read(table)
    names = ("lan.tran", "jupyter-lan.tran", other.lower(), f"jupyter-{other.lower()}", "jovyan", "")
    assert [known.code(name) for name in names] == [code, code, other, other, None, None]
    table.write_text(f"Mã,Tài khoản\n{code},lan.tran\n{other},lan.tran\nsai,x\n", encoding="utf-8")
    with pytest.raises(KitError) as caught:
        accounts.read(table)
    assert [problem.line for problem in caught.value.problems] == [3, 4]
