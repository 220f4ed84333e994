"""Files come in pieces, are whole or not there, and stay where they belong."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from buuchinh.desk.arrivals import inbox
from buuchinh.desk.arrivals.inbox import Refused

BATCH = "20261129-100000-abcdef"


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "course.toml").touch()
    monkeypatch.setenv("BUUCHINH_COURSE", str(tmp_path))
    return tmp_path


def sent(name: str, data: bytes, batch: str = BATCH, piece: int = 4) -> None:
    for start in range(0, max(len(data), 1), piece):
        inbox.append(batch, name, start, len(data), data[start : start + piece])


def test_pieces_become_a_file_and_a_batch_is_there_when_it_is_whole(root: Path) -> None:
    sent("bt02.zip", b"0123456789")
    sent("Nhóm 1/bài.txt", b"abc")
    assert inbox.batches() == []
    sizes = [("bt02.zip", 10), ("Nhóm 1/bài.txt", 3)]
    made = inbox.finish(BATCH, sizes)
    assert made.files == ("Nhóm 1/bài.txt", "bt02.zip")
    assert (made.folder / "bt02.zip").read_bytes() == b"0123456789"
    assert made.folder == root / "hop-thu" / BATCH
    assert inbox.finish(BATCH, sizes) == made, "a double click has one effect"
    assert inbox.batches() == [made]


def test_a_piece_that_came_twice_changes_nothing_and_a_gap_is_refused_with_what_is_here() -> None:
    assert inbox.append(BATCH, "a.zip", 0, 8, b"0123") == 4
    assert inbox.append(BATCH, "a.zip", 0, 8, b"0123") == 4
    with pytest.raises(Refused) as refused:
        inbox.append(BATCH, "a.zip", 6, 8, b"67")
    assert (refused.value.status, refused.value.got) == (409, 4)
    assert inbox.append(BATCH, "a.zip", 4, 8, b"4567") == 8
    assert (inbox.finish(BATCH, [("a.zip", 8)]).folder / "a.zip").read_bytes() == b"01234567"


def test_an_empty_file_holds_up_no_other() -> None:
    sent("trong.ipynb", b"")
    sent("bt02.zip", b"0123")
    made = inbox.finish(BATCH, [("trong.ipynb", 0), ("bt02.zip", 4)])
    assert made.files == ("bt02.zip", "trong.ipynb")


def test_two_files_of_one_name_deep_in_folders_stay_two() -> None:
    names = [f"a/b/c/d/e/f/{person}/bt05.ipynb" for person in ("HV1", "HV2")]
    for name in names:
        sent(name, name[-13:].encode())
    made = inbox.finish(BATCH, [(name, len(name[-13:].encode())) for name in names])
    assert len(made.files) == 2
    assert {(made.folder / one).read_bytes() for one in made.files} == {name[-13:].encode() for name in names}


def test_a_batch_with_half_a_file_is_not_taken() -> None:
    inbox.append(BATCH, "a.zip", 0, 8, b"0123")
    with pytest.raises(Refused, match=r"a\.zip") as refused:
        inbox.finish(BATCH, [("a.zip", 8)])
    assert refused.value.status == 409
    with pytest.raises(Refused):
        inbox.finish(BATCH, [])


@pytest.mark.parametrize(
    "name",
    [
        "../../gradebook.db", "..\\..\\gradebook.db", "/etc/passwd", "C:\\Windows\\x.zip", "a/../../b.zip", "CON",
        "." * 40, "a" * 400 + ".zip", "/".join("abcdefghij"), "~$bai.docx", ".ssh/keys", "a\r\nb.zip", "con.zip",
        "x\0y.zip", "…/b.zip",
    ],
)  # fmt: skip
def test_a_name_leads_nowhere_else(name: str, root: Path) -> None:
    sent(name, b"x")
    made = inbox.finish(BATCH, [(name, 1)])
    (path,) = [made.folder / file for file in made.files]
    assert path.resolve().is_relative_to(root / "hop-thu" / BATCH)
    assert not any(part.startswith(".") for part in Path(*made.files).parts)
    assert sorted(one.name for one in root.iterdir()) == ["course.toml", "hop-thu"]


@pytest.mark.parametrize(
    "batch", ["..", "20261129-100000-ABCDEF", f"{BATCH}/..", "", "20261399-100000-abcdef", "x" * 9]
)
def test_a_batch_has_a_name_of_one_form(batch: str) -> None:
    with pytest.raises(Refused):
        inbox.append(batch, "a.zip", 0, 1, b"a")
    with pytest.raises(Refused):
        inbox.find(batch)


def test_what_is_too_large_is_refused_before_it_is_written(root: Path) -> None:
    for total, offset, data in ((3_000_000_000, 0, b"a"), (8, 0, b"a" * 5_000_000), (4, 9, b"a")):
        with pytest.raises(Refused) as refused:
            inbox.append(BATCH, "a.zip", offset, total, data)
        assert refused.value.status == 413
    assert not list(root.rglob("*.zip"))


def test_what_is_stored_counts_and_not_what_was_announced(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "LARGEST_BATCH", 10)
    monkeypatch.setattr(inbox, "MOST_FILES", 2)
    with pytest.raises(Refused):
        inbox.append(BATCH, "a.zip", 0, 2, b"0123")
    assert inbox.append(BATCH, "a.zip", 0, 2, b"01") == 2
    assert inbox.append(BATCH, "b.zip", 0, 2, b"01") == 2
    assert inbox.append(BATCH, "a.zip", 2, 8, b"234567") == 8
    with pytest.raises(Refused, match=r"2 GB.*backup") as refused:
        inbox.append(BATCH, "b.zip", 2, 10, b"23")
    assert refused.value.status == 413
    with pytest.raises(Refused, match=r"2\.000 tệp"):
        inbox.append(BATCH, "c.zip", 0, 0, b"")
    assert sum(path.stat().st_size for path in root.rglob("*.zip")) == 10


def test_of_a_batch_what_is_stored_goes_and_the_rest_stays(root: Path) -> None:
    for name in ("a.zip", "nhom/b.zip", "c.docx"):
        sent(name, b"x")
    inbox.finish(BATCH, [("a.zip", 1), ("nhom/b.zip", 1), ("c.docx", 1)])
    assert inbox.file_in(BATCH, f"{BATCH}/a.zip/bt02.ipynb") == root / "hop-thu" / BATCH / "a.zip"
    assert inbox.file_in(BATCH, f"{BATCH}/../../course.toml") is None
    inbox.remove_stored(BATCH, [f"{BATCH}/a.zip", f"{BATCH}/nhom/b.zip", f"{BATCH}/c.docx/inner"])
    assert inbox.find(BATCH).files == ("c.docx",)
    inbox.remove_stored(BATCH, [f"{BATCH}/c.docx"])
    assert inbox.batches() == []


def test_old_batches_go_by_themselves(root: Path) -> None:
    sent("a.zip", b"x")
    inbox.finish(BATCH, [("a.zip", 1)])
    sent("half.zip", b"x", "20261129-110000-abcdef")
    now = datetime.now().astimezone()
    inbox.sweep_old(now + timedelta(hours=1))
    assert len(list((root / "hop-thu").iterdir())) == 2
    inbox.sweep_old(now + timedelta(days=2))
    assert [one.name for one in (root / "hop-thu").iterdir()] == [BATCH]
    inbox.sweep_old(now + timedelta(days=31))
    assert list((root / "hop-thu").iterdir()) == []
