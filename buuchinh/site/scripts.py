"""Build the site's scripts: a main script that every page uses, and scripts that are loaded on demand."""

from __future__ import annotations

import json
from typing import Any

from buuchinh import frontend, routes
from buuchinh.messages import section
from buuchinh.questions.browser import static_html

_TOOLS = {
    routes.UNIT_SCRIPT: ("page-unit.js", "unitAt", ("page-unit.css",), ("question.css",)),
    routes.OWN_SCRIPT: ("page-own.js", "OWN_VIEWS", ("page-own.css",), ()),
    routes.DRILL_SCRIPT: ("page-drill.js", "openTool", ("parts.css", "drill.css", "tools.css"), ()),
    routes.FOLLOW_UP_SCRIPT: ("page-follow_up.js", "openTool", ("parts.css", "tools.css"), ()),
}
"""For each script: its bundle, the export to register, its style sheets, and those placed before the page's own."""
LATER = (routes.REFERENCE_SCRIPT, routes.HEAD_SCRIPT, *_TOOLS)
"""The names of the scripts that are loaded on demand."""


def scripts() -> dict[str, bytes]:
    """Return the contents of the scripts that are the same for every course, by file name."""
    style = _json(frontend.bundle("page-reference.css"))
    views = f"hoc.later({_json(section('site.later') | section('site.danger'))}, () => bundled.WORK_VIEWS, {style});"
    made = {
        "hoc.js": frontend.bundle("page.js"),
        f"{routes.REFERENCE_SCRIPT}.js": _wrapped("page-reference.js", views),
        "truoc.js": frontend.bundle("first_look.js"),
        "cu.js": _too_old(),
    }
    words = _json(section("site.sheets") | section("site.danger") | {"keys": section("site.keys")})
    head = f'"{routes.HEAD_SCRIPT}", bundled.headTools({words}), {_json(frontend.bundle("page-head.css"))}'
    made[f"{routes.HEAD_SCRIPT}.js"] = _wrapped("page-head.js", f"hoc.tool({head});")
    for name, (bundle, given, sheets, under) in _TOOLS.items():
        more = [_json("".join(map(frontend.bundle, some))) for some in (sheets, under)]
        if name == routes.UNIT_SCRIPT:
            more.append(_json(static_html.words() | {"kept_here": section("site.frontend")["kept_as_draft"]}))
        made[f"{name}.js"] = _wrapped(bundle, f'hoc.tool("{name}", bundled.{given}, {", ".join(more)});')
    return {name: text.encode("utf-8") for name, text in made.items()}


def _too_old() -> str:
    """Return a script in old JavaScript syntax that tells users of outdated browsers why the course does not open."""
    sentence = json.dumps(f"<p>{section('site.frontend')['old_browser']}</p>", ensure_ascii=False)
    return f"if (!window.hoc) document.getElementById('hoc-main').innerHTML = {sentence};\n"


def _wrapped(bundle: str, call: str) -> str:
    """Return a script made of a bundle, which declares ``bundled``, and ``call``, which registers its exports."""
    return f"(function () {{\n{frontend.bundle(bundle)}{call}\n}})();\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
