"""The pages' second script: views that are opened now and then, so that the first visit does not carry them.

Its files follow the convention of ``questions/browser/assemble.py``. What they import from the first script is handed
to them when they arrive (``hoc.shared``); what they offer is in ``later/views.js``.
"""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import dirname, join, normpath

from buuchinh.questions.browser import assemble

FILE = "them.js"
FOLDER = Path(__file__).parent / "later"
VIEWS = {
    "khan-cap": "khan-cap",
    "nhan-dien-thoai": "khan-cap",
    "ai-duoc-mo": "ai-duoc-mo",
    "luat-theo-ngay": "luat-theo-ngay",
    "don-vi": "don-vi",
    "giay-ghi-nhan": "",
    "lam-lai": "",
    "mon-nay": "mon-nay",
    "ket-qua": "",
}
"""The address of each view, and the page whose data it shows ("" where it needs none of its own)."""
_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[./\w-]+\.js)";\n', re.MULTILINE)


def script(words: str) -> str:
    """Return the second script, which brings its ``words`` (JSON) along.

    Raises ``ValueError`` where it declares a name of the first one.
    """
    texts = _texts()
    assemble.joined(texts)
    ours = {name: _without_foreign(name, text) for name, text in texts.items() if _is_ours(name)}
    head = f'hoc.later({words}, function (shared) {{\n"use strict";\nconst {{ {", ".join(shared())} }} = shared;\n'
    return f"{head}{assemble.joined(ours)}\nreturn WORK_VIEWS;\n}});\n"


def shared() -> list[str]:
    """Return the names that the second script takes from the first, sorted."""
    found = set()
    for name, text in _texts().items():
        if _is_ours(name):
            for names, path in _IMPORT.findall(text):
                if not _is_ours(_place(name, path)):
                    found |= {one.strip() for one in names.split(",") if one.strip()}
    return sorted(found)


def _texts() -> dict[str, str]:
    return assemble.texts(FOLDER.parent / "browser", FOLDER)


def _is_ours(name: str) -> bool:
    return name.startswith("site/later/")


def _place(name: str, path: str) -> str:
    return normpath(join(dirname(name), path))


def _without_foreign(name: str, text: str) -> str:
    return _IMPORT.sub(lambda found: found[0] if _is_ours(_place(name, found[2])) else "", text)
