"""Load a table as a DataFrame that carries its provenance, which charts display."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from buuchinh.datasets.descriptor import Field, Resource
from buuchinh.datasets.table import read

if TYPE_CHECKING:
    import pandas as pd


def load(name: str, package: Path | None = None) -> pd.DataFrame:
    """Return the table ``name`` (such as ``"law/provisions"``) as a DataFrame with typed columns.

    Text becomes pandas' nullable ``string``, an integer or year ``Int64``, a number ``float64`` (NaN if empty), a
    boolean ``boolean``, a date ``datetime.date`` or None, and a list a tuple. ``df.attrs["provenance"]`` holds the
    table's name, title, path, kind and sources. Raise ``KitError`` for an unknown name or a file that breaks its
    schema.
    """
    import pandas as pd  # half a second, only for lessons that compute

    table = read(name, package)
    columns: dict[str, pd.Series[Any]] = {
        field.name: _column(field, [row[field.name] for row in table.rows]) for field in table.resource.fields
    }
    frame = pd.DataFrame(columns)
    frame.attrs["provenance"] = provenance(table.resource)
    return frame


def provenance(resource: Resource) -> dict[str, Any]:
    """Return a table's provenance as a dictionary with its name, title, path, kind and sources."""
    return {
        "name": resource.name,
        "title": resource.title,
        "path": resource.shown_path,
        "kind": resource.kind,
        "sources": [dict(source) for source in resource.sources],
    }


def _column(field: Field, values: list[Any]) -> pd.Series[Any]:
    import pandas as pd

    match field.type:
        case "integer" | "year":
            return pd.Series(values, dtype="Int64")
        case "number":
            return pd.Series(values, dtype="float64")
        case "boolean":
            return pd.Series(values, dtype="boolean")
        case "date":
            return pd.Series(values, dtype="object")
        case "list":
            return pd.Series([value or () for value in values], dtype="object")
        case _:
            return pd.Series(values, dtype="string")
