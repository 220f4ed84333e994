"""Search for a trainee's code in files: whole words in any accepted spelling, also within zips and documents."""

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
    """The code of one trainee in any spelling: ``GL-0001-9``, ``gl0001 9``, ``ＧＬ – 0001/9``.

    Never a part of a longer word.
    """

    def __init__(self, code: str) -> None:
        self.code = codes.normalise(code)
        between = f"[ {re.escape(codes.BETWEEN)}]"
        groups = [f"{between}?".join(map(_either, group)) for group in self.code.split("-")]
        first, rest = _either(self.code[0]), f"{between}{{0,5}}".join(groups)
        rest = rest.removeprefix(first)
        self._words = re.compile(rf"{first}(?<![0-9A-Za-z]{first}){rest}(?![0-9A-Za-z])")

    def in_text(self, text: str) -> bool:
        """Whether a text names the trainee."""
        if not text.isascii():
            for sign in set(text):
                if (seen := _seen(sign)) != sign:
                    text = text.replace(sign, seen)
        return bool(self._words.search(text))

    def in_file(self, path: Path) -> bool:
        """Whether a file names the trainee in its name or its content; an unreadable one does not."""
        try:
            return self.in_text(path.name) or any(map(self.in_text, text_of_files.of_file(path)))
        except OSError:
            return False

    def in_data(self, name: str, data: bytes) -> bool:
        """Whether the content of a file called ``name`` names the trainee; zips included."""
        return any(map(self.in_text, text_of_files.of_data(name, data)))

    def blanked(self, text: str) -> str:
        """Return a text with the code replaced by a word."""
        return (
            text_of_files.replaced(text, self._words, _seen, say("personal_data.blanked"))
            if self.in_text(text)
            else text
        )

    def is_code(self, value: object) -> bool:
        """Whether a value is the code and nothing else, as the readers understand it."""
        if not isinstance(value, str) or len(value) > 100:
            return False
        seen = "".join(map(_seen, value))
        return codes.valid(seen) and codes.normalise(seen) == self.code


def _either(letter: str) -> str:
    """Return a pattern for a letter in upper and lower case; it is many times as fast as the flag."""
    return f"[{letter}{letter.lower()}]" if letter.isalpha() else letter


@lru_cache(maxsize=5_000)
def _seen(sign: str) -> str:
    """Return a character as code readers normalise it, "" for an invisible one."""
    return "" if unicodedata.category(sign) == "Cf" else unicodedata.normalize("NFKC", sign)


def files_below(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield the files in folders, sorted; links are not followed."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path
