"""Add the provisions that a page cites to its payload, each provision once, for links and questions alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from buuchinh import law
from buuchinh.errors import KitError
from buuchinh.law.citation_payload import Citation, citation
from buuchinh.learner.data.types import UnitPage

_LINKED = re.compile(r'href="#([^"/][^"]*)"|\(#([^)\s]+)\)')


def with_law(page: UnitPage) -> UnitPage:
    """Return the page with the provisions it cites, without storing a provision's text twice.

    A question's citation that can be derived from the provision's dialog is not stored; ``read`` lists these
    provisions. ``cited`` keeps the citations that are worded differently.
    """
    known = _cited(page)
    dialogs = {ref: _dialog(provision) for ref, provision in known.items()}
    read = [ref for ref, shown in page["cited"].items() if ref in known and known[ref].noted() == shown]
    for ref in read:
        dialogs[ref] |= _noted_from(known[ref])
    cited = {ref: shown for ref, shown in page["cited"].items() if ref not in read}
    return page | {"cited": cited, "read": read, "law": dialogs}


def law_dialogs(page: Mapping[str, Any]) -> dict[str, Any]:
    """Return the dialog content of each provision that the page links to or cites, by reference."""
    return {ref: _dialog(provision) for ref, provision in _cited(page).items()}


def _cited(page: Mapping[str, Any]) -> dict[str, Citation]:
    linked = [one or other for one, other in _LINKED.findall(_texts(page))]
    citations: dict[str, Citation] = {}
    for ref in dict.fromkeys([*linked, *page.get("cited", ())]):
        try:
            law.parse(ref)
            citations[ref] = citation(ref)
        except KitError:
            continue  # not a provision, but a source or a heading of the page
    return citations


def _dialog(cited_provision: Citation) -> dict[str, Any]:
    return {name: text for name, text in cited_provision.for_dialog().items() if text and name != "ref"}


def _noted_from(cited_provision: Citation) -> Mapping[str, Any]:
    """Return the fields to add to a provision's dialog so that a question's citation can be derived from it."""
    at = cited_provision.words.index(cited_provision.quote)
    place = {"quote": [at, at + len(cited_provision.quote)]} if cited_provision.quote else {}
    return place | ({"left_out": cited_provision.left_out} if cited_provision.left_out else {})


def _texts(node: Any) -> str:
    if isinstance(node, str):
        return node + "\n"
    if isinstance(node, dict):
        return "".join(map(_texts, node.values()))
    return "".join(map(_texts, node)) if isinstance(node, list | tuple) else ""
