"""Tabulate when documents and provisions were in force, as a DataFrame that charts can draw."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from buuchinh import datasets
from buuchinh.datasets.frame import provenance
from buuchinh.law.citation import cite
from buuchinh.law.law_register import document, periods

if TYPE_CHECKING:
    import pandas as pd


def timeline(ids: Iterable[str]) -> pd.DataFrame:
    """Return one row for each period of each reference, in the order given.

    The columns are ``id``, ``label`` (the citation), ``from`` and ``to`` (``datetime.date``, or None if unknown or
    open), ``status`` (the document's), ``norm``, ``confidence`` and ``note``. The DataFrame's ``attrs`` hold the
    register's provenance. Raise ``KitError`` if a reference is unknown.
    """
    import pandas as pd

    rows = []
    for ref in ids:
        for period in periods(ref):
            known = document(period.document.id)
            rows.append(
                {
                    "id": period.id,
                    "label": cite(ref),
                    "from": period.from_,
                    "to": period.to,
                    "status": known.status,
                    "norm": known.norm,
                    "confidence": period.confidence,
                    "note": period.note,
                }
            )
    frame = pd.DataFrame(rows, columns=["id", "label", "from", "to", "status", "norm", "confidence", "note"])
    frame[["from", "to"]] = frame[["from", "to"]].astype(object).where(frame[["from", "to"]].notna(), None)
    frame.attrs["provenance"] = provenance(datasets.resources()["law/documents"])
    return frame
