"""What a browser gets of the desk's scripts is the program without its lines of comment."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from buuchinh.desk.server import assets

BROWSER = Path(assets.__file__).parents[1] / "browser"
TEMPLATES = BROWSER.with_name("templates")


def test_lines_of_comment_are_emptied_and_nothing_else_is() -> None:
    source = (
        b"// says\n  /** @param {any} one */\nconst a = 'http://x'; // stays\n/* of\n two lines */\n/** x */ b();\n"
    )
    served = assets.without_comments(source)
    assert served == b"\n\nconst a = 'http://x'; // stays\n/* of\n two lines */\n/** x */ b();\n"


def test_each_line_keeps_its_number_and_the_program_its_words() -> None:
    for name, data in assets.assets().items():
        if not name.endswith((".js", ".css")) or name == "tokens.css":
            continue
        source = (BROWSER / name).read_bytes()
        kept = data.split(b"\n")
        assert len(kept) == len(source.split(b"\n"))
        for line, before in zip(kept, source.split(b"\n"), strict=True):
            assert line == before or (line == b"" and before.lstrip().startswith((b"//", b"/*"))), (name, before)


def test_no_two_parts_of_a_page_have_the_same_id() -> None:
    for template in TEMPLATES.glob("*.j2"):
        ids = Counter(re.findall(r'\bid="([^"{]+)"', template.read_text(encoding="utf-8")))
        assert [name for name, times in ids.items() if times > 1] == [], template.name
