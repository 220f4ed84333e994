"""Zips as mail programs, Windows, Macs, phones and hostile hands make them."""

from __future__ import annotations

import io
import stat
import struct
import unicodedata
import zipfile
from pathlib import Path

from kit.broken import Good, case, lay, packed


def _in_folder(good: Good, folder: str) -> bytes:
    return packed({f"{folder}{name}": data for name, data in good.files().items()})


@case("bt02", "same")
def files_are_folders_too_deep(good: Good, desk: Path) -> None:
    (desk / good.name).write_bytes(_in_folder(good, "Bài nộp/Tuần 1/bài tập/bt02/"))


@case("bt02", "same")
def folders_are_named_in_code_page_1258(good: Good, desk: Path) -> None:
    _renamed(good, desk, "Bài nô\u0323p/".encode("cp1258"))


@case("bt02", "same")
def folders_are_named_in_code_page_437(good: Good, desk: Path) -> None:
    _renamed(good, desk, "Bài nôp/".encode("cp437"))


@case("bt02", "same")
def folders_are_named_in_code_page_1252(good: Good, desk: Path) -> None:
    _renamed(good, desk, "Bài nép/".encode("cp1252"))


@case("bt02", "same")
def folders_are_named_in_utf_8_without_saying_so(good: Good, desk: Path) -> None:
    _renamed(good, desk, "Bài nộp/".encode())


def _renamed(good: Good, desk: Path, name: bytes) -> None:
    plain = "x" * (len(name) - 1) + "/"
    (desk / good.name).write_bytes(_in_folder(good, plain).replace(plain.encode(), name))


@case("bt02", "same")
def folders_are_divided_by_backslashes(good: Good, desk: Path) -> None:
    (desk / good.name).write_bytes(_in_folder(good, "bai\\nop\\"))


@case("bt02", "same")
def folders_are_decomposed(good: Good, desk: Path) -> None:
    (desk / good.name).write_bytes(_in_folder(good, unicodedata.normalize("NFD", "Bài nộp của tôi") + "/"))


@case("bt02", "same")
def a_zip_is_in_a_zip_in_a_zip(good: Good, desk: Path) -> None:
    inner = packed({"thu muc/" + good.name: good.zip()})
    (desk / "gui lai.zip").write_bytes(packed({"bai.zip": inner}))


@case("bt02", "refused", "quá 3 lớp.*Giải nén")
def zips_are_nested_without_end(good: Good, desk: Path) -> None:
    data = good.zip()
    for _ in range(5):
        data = packed({good.name: data})
    (desk / good.name).write_bytes(data)


@case("bt02", "mended", "trỏ ra ngoài")
def paths_lead_out_of_the_folder(good: Good, desk: Path) -> None:
    forged = good.files()["answers.json"].replace(b'"answer": "', b'"answer": "x')
    bad = (
        "../answers.json",
        "a/../../answers.json",
        "/etc/answers.json",
        "C:\\answers.json",
        "\\\\may\\chung\\answers.json",
    )
    (desk / good.name).write_bytes(packed({**good.files(), **dict.fromkeys(bad, forged)}))


@case("bt02", "refused", "trỏ ra ngoài.*da-nop", lines=2)
def all_paths_are_absolute(good: Good, desk: Path) -> None:
    files = good.files()
    (desk / good.name).write_bytes(packed({f"C:\\Users\\An\\{name}": data for name, data in files.items()}))
    (desk / good.name.replace(".zip", "_2.zip")).write_bytes(
        packed({f"/home/an/{name}": data for name, data in files.items()})
    )


@case("bt02", "mended", "lớn hơn")
def a_bomb_lies_beside_the_answers(good: Good, desk: Path) -> None:
    files = good.files()
    (desk / good.name).write_bytes(
        packed({"answers.jsonl": b" " * 300_000_000, **files, "bom.ipynb": b"0" * 30_000_000})
    )


@case("bt02", "mended", "trỏ ra ngoài")
def a_link_poses_as_the_journal(good: Good, desk: Path) -> None:
    out = io.BytesIO(good.zip())
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("answers.jsonl")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    (desk / good.name).write_bytes(out.getvalue())


@case("bt02", "refused", "có mật khẩu.*da-nop")
def the_zip_has_a_password(good: Good, desk: Path) -> None:
    data = bytearray(packed(good.files()))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = data.find(mark)
        while found >= 0:
            data[found + place] |= 1
            found = data.find(mark, found + 4)
    (desk / good.name).write_bytes(data)


@case("bt02", "refused", "kiểu RAR.*Giải nén")
def a_rar_was_renamed(good: Good, desk: Path) -> None:
    (desk / good.name).write_bytes(b"Rar!\x1a\x07\x01\x00" + b"\x00" * 300)


@case("bt02", "refused", "kiểu 7z.*Giải nén")
def a_7z_is_a_7z(good: Good, desk: Path) -> None:
    (desk / good.name.replace(".zip", ".7z")).write_bytes(b"7z\xbc\xaf\x27\x1c\x00\x04" + b"\x00" * 300)


@case("bt02", "same")
def a_zip_is_called_rar(good: Good, desk: Path) -> None:
    (desk / good.name.replace(".zip", ".rar")).write_bytes(good.zip())


@case("bt02", "same")
def a_zip_got_an_ending(good: Good, desk: Path) -> None:
    (desk / f"{good.name}.txt").write_bytes(good.zip())


@case("bt02", "refused", "hỏng.*da-nop")
def the_zip_is_rubbish(good: Good, desk: Path) -> None:
    (desk / good.name).write_bytes(b"PK\x03\x04" + bytes(range(256)) * 8)


@case("bt02", "refused", "không có bài nộp|hỏng")
def the_zip_is_empty(good: Good, desk: Path) -> None:
    (desk / good.name).write_bytes(packed({}))


@case("bt02", "mended", "tải về chưa hết")
def a_download_broke_off_behind_the_answers(good: Good, desk: Path) -> None:
    data = packed(good.files())
    (desk / good.name).write_bytes(data[: data.index(b"PK\x01\x02") - 60])


@case("bt06", "mended", "tải về chưa hết", lost=("bt06-q40",))
def a_download_broke_off_behind_the_notebook(good: Good, desk: Path) -> None:
    files = {f"{good.unit}.ipynb": good.files()["bt06.ipynb"], "answers.json": good.files()["answers.json"]}
    data = packed(files)
    (desk / good.name).write_bytes(data[: data.rindex(b"PK\x03\x04") + 50])


@case("bt02", "mended", "bị hỏng")
def a_checksum_is_wrong(good: Good, desk: Path) -> None:
    data = bytearray(packed(good.files()))
    for mark, place in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        data[data.find(mark) + place] ^= 0xFF
    (desk / good.name).write_bytes(data)


@case("bt02", "mended", "Có 2 tệp câu trả lời")
def two_entries_bear_one_name(good: Good, desk: Path) -> None:
    old = (
        good.files()["answers.json"]
        .replace(b"2026-11-25T10", b"2026-11-24T10")
        .replace(b'"answer": "', b'"answer": "x')
    )
    out = io.BytesIO(good.zip())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("answers.json", old)
    (desk / good.name).write_bytes(out.getvalue())


@case("bt02", "same")
def systems_left_their_litter(good: Good, desk: Path) -> None:
    litter = dict.fromkeys(
        ("Thumbs.db", "desktop.ini", ".DS_Store", "__MACOSX/._bt02.ipynb", "._answers.json"), b"\x00\x05"
    )
    (desk / good.name).write_bytes(packed({**litter, **good.files(), "$RECYCLE.BIN/answers.json": b"{}"}))
    for name in ("Thumbs.db", "desktop.ini", "._bt02.ipynb"):
        (desk / name).write_bytes(b"\x00\x05")


@case("bt02", "same")
def folders_have_names_that_windows_keeps_for_itself(good: Good, desk: Path) -> None:
    (desk / good.name).write_bytes(_in_folder(good, "CON/bài cuối. /NUL.txt /"))


@case("bt02", "mended", "thay đổi|Có")
def files_have_names_that_windows_keeps_for_itself(good: Good, desk: Path) -> None:
    files = good.files()
    files["CON.ipynb"] = files["bt02.ipynb"]
    files["answers.json. "] = files.pop("answers.json")
    (desk / good.name).write_bytes(packed(files))


@case("bt02", "mended", "kiểu lạ")
def one_file_is_packed_in_a_strange_way(good: Good, desk: Path) -> None:
    out = io.BytesIO(good.zip())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(zipfile.ZipInfo("khac.ipynb"), b"{}", compress_type=zipfile.ZIP_BZIP2)
    (desk / good.name).write_bytes(out.getvalue())


@case("bt02", "same")
def something_stands_before_the_zip(good: Good, desk: Path) -> None:
    (desk / good.name).write_bytes(b"MZ tu giai nen\r\n" * 40 + good.zip())


@case("bt02", "mended", "thay đổi")
def the_zip_was_packed_again_with_a_changed_notebook(good: Good, desk: Path) -> None:
    lay(good, desk, **{"bt02.ipynb": good.files()["bt02.ipynb"].replace(b"\n", b"\r\n")})


@case("bt02", "same")
def an_entry_has_no_name(good: Good, desk: Path) -> None:
    data = packed({"?": b"x", **good.files()})
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    nameless = data[start : start + 28] + b"\0\0" + data[start + 30 : start + 46] + data[start + 47 : end]
    size = struct.pack("<L", len(nameless))
    (desk / good.name).write_bytes(data[:start] + nameless + data[end : end + 12] + size + data[end + 16 :])
