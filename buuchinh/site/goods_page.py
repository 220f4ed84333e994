"""Build the page "Món này gửi được không?", which tells which goods may be posted and which law says so."""

from __future__ import annotations

from typing import Any

from buuchinh import datasets, routes
from buuchinh.law.citation_payload import citation
from buuchinh.messages import say

_FIELDS = ("group", "answer", "strict", "confidence", "differs", "name", "say", "why", "hazard_class", "source", "note")


def page() -> dict[str, Any]:
    """Return the page's payload: a list of values for each kind of goods, named by ``columns``, and the cited law."""
    table = datasets.read("goods/catalogue")
    rows, cited = [], []
    for row in table.rows:
        refs = list(row["provisions"] or ())
        rows.append([*(row[name] or "" for name in _FIELDS), (row["words"] or "").split("; "), refs])
        cited += refs
    labels = {name: _labels(table.resource, name) for name in ("group", "answer", "confidence", "differs")}
    law = {ref: citation(ref).for_dialog() for ref in dict.fromkeys(cited)}
    columns = [*_FIELDS, "words", "provisions"]
    title = say("site.frontend.goods_title")
    return {
        "id": routes.GOODS,
        "kind": "goods",
        "title": title,
        "columns": columns,
        "rows": rows,
        "labels": labels,
        "law": law,
    }


def _labels(resource: datasets.Resource, field: str) -> dict[str, str]:
    return {value: resource.label(field, value) for value in resource.field(field).enum}
