"""The scripts of the pages: one for every page, and one for each tool that comes when it is first used."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

from buuchinh.messages import section
from buuchinh.questions.browser import assemble
from buuchinh.site import later

_BROWSER = Path(__file__).parent / "browser"
_TOOLS = {"kien": ("drills", "drill.js", "drill.css"), "on-tap": ("follow_up", "follow_up.js", None)}
"""By the name of its file: the folder of its own scripts, the script of the notebook that it shows, its style sheet."""
_COMMENT = re.compile(r"^ *//.*\n", re.MULTILINE)
"""A line that is nothing but a comment: it explains nothing to a telephone that pays for it."""
_MODULE_ONLY = "export default { render };"


def front_end() -> str:
    """Return questions and pages as one plain script: a page from a disk may load no module."""
    joined = _COMMENT.sub("", assemble.joined(assemble.texts(_BROWSER)))
    shared = f"hoc.shared = {{ {', '.join(later.shared())} }};"
    return f'(function () {{\n"use strict";\n{joined}\n{shared}\nwindow.hoc = hoc;\nopenCourse();\n}})();\n'


def tools() -> dict[str, bytes]:
    """Return the tools' scripts by file name. Each shows what a notebook shows, with the page in the kernel's place."""
    return {f"{name}.js": _tool(name).encode("utf-8") for name in _TOOLS}


def tool_joined(name: str) -> str:
    """Return the functions of a tool as one text, which declares ``openTool`` and all that it is made of."""
    folder, shown, _ = _TOOLS[name]
    own = {f"site/browser/{folder}/{path.name}": path.read_text(encoding="utf-8") for path in _own(folder)}
    ground = {
        "questions/browser/dom.js": assemble.dom(),
        "questions/browser/lab.js": (_BROWSER / "tools" / "lab.js").read_text(encoding="utf-8"),
        f"questions/browser/{shown}": _notebooks(shown).replace(_MODULE_ONLY, ""),
        "site/browser/sha256.js": (_BROWSER / "sha256.js").read_text(encoding="utf-8"),
    }
    return assemble.joined(ground | own)


def too_old() -> str:
    """Return what a browser runs that could not read the course: old JavaScript, one sentence."""
    sentence = json.dumps(f"<p>{section('site.frontend')['old_browser']}</p>", ensure_ascii=False)
    return f"if (!window.hoc) document.getElementById('hoc-main').innerHTML = {sentence};\n"


def _tool(name: str) -> str:
    sheets = [_notebooks(sheet) for sheet in ("parts.css", _TOOLS[name][2]) if sheet]
    sheets.append((_BROWSER / "tools" / "tools.css").read_text(encoding="utf-8"))
    told = json.dumps("".join(sheets), ensure_ascii=False)
    return f'(function () {{\n"use strict";\n{tool_joined(name)}\nhoc.tool("{name}", openTool, {told});\n}})();\n'


def _notebooks(name: str) -> str:
    return files("buuchinh.notebook").joinpath("frontend", name).read_text(encoding="utf-8")


def _own(folder: str) -> list[Path]:
    return sorted((_BROWSER / folder).glob("*.js"))
