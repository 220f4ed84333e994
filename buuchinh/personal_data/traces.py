"""Finds and removes a trainee's code in files: whole words, however written, also within zips and workbooks."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from buuchinh import spreadsheet
from buuchinh.codes import normalise
from buuchinh.errors import KitError
from buuchinh.files import write_bytes
from buuchinh.messages import say

_ZIPS = frozenset({".zip", ".xlsx", ".xlsm", ".docx"})
_LINES = frozenset({".tsv", ".csv", ".jsonl", ".log"})
_TEXTS = frozenset({".json", ".txt", ".html", ".ipynb", ".md", ".ics", ".toml"}) | _LINES
_DEEPEST, _MOST = 3, 100_000_000


class Traces:
    """What the code of one trainee looks like: ``GL-0001-9``, ``gl0001 9``; never a part of a longer word."""

    def __init__(self, code: str) -> None:
        self.code = normalise(code)
        between = r"[ ._\-]?"
        letters = between.join(map(re.escape, self.code.replace("-", "")))
        self._words = re.compile(rf"(?<![0-9A-Za-z]){letters}(?![0-9A-Za-z])", re.IGNORECASE)
        self._bytes = re.compile(self._words.pattern.encode("ascii"), re.IGNORECASE)

    def in_text(self, text: str) -> bool:
        """Whether a text names the trainee."""
        return bool(self._words.search(text))

    def in_file(self, path: Path) -> bool:
        """Whether a file names the trainee, by its name or by what is in it; one that cannot be read does not."""
        try:
            return self.in_text(path.name) or self.in_data(path.name, path.read_bytes())
        except OSError:
            return False

    def in_data(self, name: str, data: bytes, depth: int = _DEEPEST) -> bool:
        """Whether the content of a file called ``name`` names the trainee; zips are looked into."""
        if self._bytes.search(data):
            return True
        if Path(name).suffix.lower() not in _ZIPS or depth == 0:
            return False
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return any(self.in_text(name) for name in archive.namelist()) or any(
                    self.in_data(one.filename, archive.read(one), depth - 1)
                    for one in archive.infolist()
                    if one.file_size <= _MOST
                )
        except (OSError, zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, NotImplementedError, EOFError):
            return False

    def take_out(self, path: Path) -> bool:
        """Take the rows, lines and entries about the trainee out of a file that is about many; whether that was all.

        Where the code is named in another's text, a word takes its place.
        """
        try:
            data = self._without(path)
        except (KitError, ValueError, RecursionError):
            return False
        write_bytes(path, data)
        return not self.in_data(path.name, data)

    def _without(self, path: Path) -> bytes:
        kind = path.suffix.lower()
        if kind in spreadsheet.WORKBOOKS:
            return _without_rows(path, self)
        if kind == ".csv":
            return spreadsheet.as_csv([row for _, row in spreadsheet.rows(path) if not any(map(self.in_text, row))])
        data = path.read_bytes()
        if kind == ".json" and isinstance(value := json.loads(data.decode("utf-8-sig")), dict | list):
            one_line = b"\n" not in data.strip()
            layout: dict[str, Any] = {"separators": (",", ":")} if one_line else {"indent": 2}
            text = json.dumps(self._kept(value), ensure_ascii=False, **layout) + ("" if one_line else "\n")
            return self._blanked(text).encode("utf-8")
        if kind in _LINES:
            return b"".join(line for line in data.splitlines(keepends=True) if not self._bytes.search(line))
        if kind in _TEXTS:
            return self._blanked(data.decode("utf-8")).encode("utf-8")
        return data

    def _kept(self, value: Any) -> Any:
        """Return JSON without the entries that are the trainee's: by their key, or by a value that is the code."""
        if isinstance(value, dict):
            return {key: self._kept(one) for key, one in value.items() if not self._is(key)}
        if isinstance(value, list):
            return [
                self._kept(one)
                for one in value
                if not self._is(one) and not (isinstance(one, dict) and any(map(self._is, one.values())))
            ]
        return value

    def blank(self, path: Path) -> bool:
        """Let a word take the place of the code in a text of somebody else; whether it is named no more."""
        if path.suffix.lower() not in _TEXTS:
            return False
        try:
            text = self._blanked(path.read_bytes().decode("utf-8"))
        except ValueError:
            return False
        write_bytes(path, text.encode("utf-8"))
        return True

    def _blanked(self, text: str) -> str:
        return self._words.sub(say("personal_data.blanked"), text)

    def _is(self, value: object) -> bool:
        return isinstance(value, str) and bool(self._words.fullmatch(value.strip()))


def files_below(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield the files in folders, sorted; links are not followed."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path


def _without_rows(path: Path, traces: Traces) -> bytes:
    """Return a workbook without the rows that name the trainee; the rest stays as a person laid it out."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(path)
        for sheet in book.worksheets:
            for number in range(sheet.max_row, 0, -1):
                if any(traces.in_text(str(cell.value)) for cell in sheet[number] if cell.value is not None):
                    sheet.delete_rows(number)
        out = io.BytesIO()
        book.save(out)
    except Exception as error:  # openpyxl raises whatever the zip or the XML made it stumble over
        raise ValueError(path.name) from error
    return out.getvalue()
