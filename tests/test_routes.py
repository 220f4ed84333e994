"""Addresses are spelt once in Python and once in JavaScript; a page for reference is registered in one place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from kit.course import ROOT

from buuchinh import routes
from buuchinh.site import reference_pages

PACKAGE = ROOT / "buuchinh"
SRC = PACKAGE / "learner" / "src"
KNOWN = {name: value for name, value in vars(routes).items() if name.isupper()}
SPELT_IN_JAVASCRIPT = dict(
    re.findall(r'^export const (\w+) = "([^"]+)";$', (SRC / "routes.js").read_text(encoding="utf-8"), re.MULTILINE)
)
OTHER_THINGS = {
    ("course/layout.py", routes.OFFICE),  # a folder of the course
    ("results/result_list.py", routes.RESULTS),  # a file of the instructor's
    ("learner/src/page/preload.js", routes.UNIT_SCRIPT),  # runs before any script that it could take it from
}
"""Names that are spelt like a route, and the one script that can import nothing."""


def strings(path: Path) -> Iterator[str]:
    """Yield each string of a file of ours, of a text with values in it the parts between them."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from (
            node.value
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )
    elif path.suffix == ".js":
        code = re.sub(r"^\s*//.*$|(?<=[;,{}]) //.*$", "", text, flags=re.MULTILINE)
        yield from (
            part for found in re.findall(r"[\"'`]([^\"'`\n]*)[\"'`]", code) for part in re.split(r"\$\{|\}", found)
        )
    else:
        yield from re.findall(r"[\"']([^\"']*)[\"']", text)


def files() -> list[Path]:
    paths = [path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".js", ".j2"} and "dist" not in path.parts]
    return sorted(path for path in paths if path not in {PACKAGE / "routes.py", SRC / "routes.js"})


def is_a_route(text: str) -> bool:
    bare = re.sub(r"^#/|^bai/|\.js$|/.*$", "", text)
    return bare in KNOWN.values() or text.startswith((f"#/{routes.ALONE}", f"#/{routes.CASE}"))


def test_both_languages_spell_a_route_alike() -> None:
    assert len(SPELT_IN_JAVASCRIPT) > 15
    assert {name: KNOWN.get(name) for name in SPELT_IN_JAVASCRIPT} == SPELT_IN_JAVASCRIPT


def test_no_other_file_spells_one() -> None:
    found = {
        (path.relative_to(PACKAGE).as_posix(), text) for path in files() for text in strings(path) if is_a_route(text)
    }
    tests = {(path, text) for path, text in found if path.endswith(".test.js")}
    assert found - tests == OTHER_THINGS


def test_each_page_for_reference_has_the_view_that_its_row_names() -> None:
    scripts = [path for folder in ("reference", "own") for path in (SRC / "page" / folder).glob("*_view.js")]
    given = {
        name
        for path in scripts
        for name in re.findall(r"^export (?:async )?function (\w+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert {one.view for one in reference_pages.PAGES} <= given
    named = [one.route for one in reference_pages.PAGES]
    assert len(set(named)) == len(named)
    assert {one.data for one in reference_pages.PAGES} <= {*named, ""}
