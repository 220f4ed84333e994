"""The addresses of the desk: its own stands in ``routes.py`` alone, and scripts ask for what the server has."""

from __future__ import annotations

import re
from pathlib import Path

from buuchinh import desk, routes
from buuchinh.desk.server import desk_calls, list_calls

PACKAGE = Path(desk.__file__).parents[1]
SCRIPTS = [path for path in (PACKAGE / "desk" / "browser").glob("*.js") if not path.name.endswith(".test.js")]
SCRIPT = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SCRIPTS))


def test_the_address_of_the_desk_is_spelt_once() -> None:
    files = [path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".js", ".j2"} and "dist" not in path.parts]
    spelt = re.compile(rf"(?<![\w-]){routes.DESK}(?![\w.-])")
    assert [path.name for path in files if spelt.search(path.read_text(encoding="utf-8"))] == ["routes.py"]


def test_scripts_press_what_the_server_does_and_all_of_it() -> None:
    calls = {*desk_calls.CALLS, *list_calls.CALLS}
    pressed = set(re.findall(r'\b(?:done|act|inTurn|giveTime|decide|TakeIn)\((?:row, )?"([a-z-]+)"', SCRIPT))
    assert len(pressed) > 20
    assert pressed <= calls
    assert [name for name in calls if f'"{name}"' not in SCRIPT] == []
