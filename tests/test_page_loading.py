"""A page of the course is there for all who ask for it, with the provisions that it names."""

from __future__ import annotations

from kit import node


def test_two_who_ask_for_a_page_at_once_both_get_it_with_its_law() -> None:
    with node.running([*node.OF_TYPES, "page/loader.js"]) as page:
        page.evaluate("() => { kit.hoc.page({ id: 'l05', law: { A: 1 } }); }")
        both = page.evaluate("() => Promise.all([kit.loaded('l05'), kit.loaded('l05')])")
    assert both == [{"id": "l05", "law": {"A": 1}}] * 2
