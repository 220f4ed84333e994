"""Search files, including zip files and office documents, for a trainee's code in any accepted spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from buuchinh import codes
from buuchinh.messages import say
from buuchinh.personal_data import text_of_files


class Traces:
    """Finds one trainee's code in any spelling, such as ``GL-0001-9``, ``gl0001 9`` or ``ＧＬ – 0001/9``.

    The code is found only as a whole word.
    """

    def __init__(self, code: str) -> None:
        self.code = codes.normalise(code)
        between = f"[ {re.escape(codes.BETWEEN)}]"
        groups = [f"{between}?".join(map(_either, group)) for group in self.code.split("-")]
        first, rest = _either(self.code[0]), f"{between}{{0,5}}".join(groups)
        rest = rest.removeprefix(first)
        self._words = re.compile(rf"{first}(?<![0-9A-Za-z]{first}){rest}(?![0-9A-Za-z])")

    def in_text(self, text: str) -> bool:
        """Return whether ``text`` contains the code."""
        if not text.isascii():
            for sign in set(text):
                if (seen := _seen(sign)) != sign:
                    text = text.replace(sign, seen)
        return bool(self._words.search(text))

    def in_file(self, path: Path) -> bool:
        """Return whether a file's name or contents contain the code; False if the file cannot be read."""
        try:
            return self.in_text(path.name) or any(map(self.in_text, text_of_files.of_file(path)))
        except OSError:
            return False

    def in_data(self, name: str, data: bytes) -> bool:
        """Return whether ``data``, the content of a file called ``name``, contains the code, also within zip files."""
        return any(map(self.in_text, text_of_files.of_data(name, data)))

    def blanked(self, text: str) -> str:
        """Return ``text`` with the code replaced by a word that says that a code was erased."""
        return (
            text_of_files.replaced(text, self._words, _seen, say("personal_data.blanked"))
            if self.in_text(text)
            else text
        )

    def is_code(self, value: object) -> bool:
        """Return whether ``value`` is the code and nothing else, in any accepted spelling."""
        if not isinstance(value, str) or len(value) > 100:
            return False
        seen = "".join(map(_seen, value))
        return codes.valid(seen) and codes.normalise(seen) == self.code


def _either(letter: str) -> str:
    """Return a pattern for a letter in either case; this is many times faster than ``re.IGNORECASE``."""
    return f"[{letter}{letter.lower()}]" if letter.isalpha() else letter


@lru_cache(maxsize=5_000)
def _seen(sign: str) -> str:
    """Return a character as it is normalised when codes are read, or "" if the character is invisible."""
    return "" if unicodedata.category(sign) == "Cf" else unicodedata.normalize("NFKC", sign)


def files_below(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield the files in ``folders`` and their subfolders, sorted within each folder; symbolic links are skipped."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path
