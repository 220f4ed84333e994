"""Submit a computed value with ``submit("bt06-q1", value)``, with immediate feedback on the value's type and range.

Whether the value is right is not known here, since the answer key is not in this process. When a submission is rerun
for grading (``BUUCHINH_RESULTS`` names a file), the values are written to that file and nowhere else.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.notebook import chart_values, display_parts, page_ids
from buuchinh.notebook.question_numbers import numbers
from buuchinh.notebook.workspace import record_of, running_cell
from buuchinh.questions.compare_values import is_kind, is_number
from buuchinh.questions.types.code.model import Value
from buuchinh.text import format_number

RESULTS = "BUUCHINH_RESULTS"


def submit(question_id: str, value: Any = None, /, **named: Any) -> None:
    """Submit one value for a code question, or several by name: ``submit("bt06-q1", cases=9, persons=17)``.

    Numbers, strings, lists, Series and DataFrames are accepted. A chart (``hinh=ax``) provides the values that can be
    read from the chart, if the question asks for such values. Raise ``KitError`` if the question or a name does not
    exist, or if a value cannot be submitted; an earlier value is then kept.
    """
    sheet, question = page_ids.find_question(question_id, by_code=True)
    expected: Sequence[Value] = getattr(question, "values", ())
    names = [field.id for field in expected]
    if value is not None:
        by_name: Mapping[str, Any] = value if isinstance(value, Mapping) and set(value) <= set(names) else {}
        named = {**(by_name or {names[0]: value}), **named}
    if chart_values.ARGUMENT in named and chart_values.READ.keys() & set(names):
        named |= chart_values.readings(named.pop(chart_values.ARGUMENT), expected)
    unknown = sorted(set(named) - set(names))
    if unknown or not named:
        raise KitError(say("notebook.unknown_value", id=question_id, given=", ".join(unknown), names=", ".join(names)))
    answer = {name: as_json(computed) for name, computed in named.items()}
    results = os.environ.get(RESULTS)
    if results:
        with Path(results).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"id": question_id, "answer": answer}, allow_nan=False) + "\n")
        return
    record = record_of(sheet.unit, sheet.version)
    merged = {**(record.answer(question_id) or {}), **answer}
    at = record.put(question_id, merged, origin="code", cell=running_cell())
    print(say("notebook.submitted", number=numbers(sheet.unit).get(question_id, question_id), at=f"{at:%H:%M:%S}"))
    for field in expected:
        print(f"  {field.label}: {remark(field, merged.get(field.id))}")
    display_parts.tell("submitted", question_id)


def as_json(value: Any) -> Any:
    """Convert ``value`` to JSON-compatible data; raise ``KitError`` if the value cannot be submitted.

    A DataFrame becomes a dictionary with ``columns`` and ``rows``; a named index becomes a column. An empty cell (NaN,
    NaT, None) becomes None.
    """
    import numpy as np
    import pandas as pd

    if isinstance(value, pd.DataFrame):
        frame = value.reset_index() if any(name is not None for name in value.index.names) else value
        columns = [str(name) for name in frame.columns]
        return {"columns": columns, "rows": [[_cell(cell) for cell in row] for row in frame.itertuples(index=False)]}
    if isinstance(value, pd.Series | pd.Index | list | tuple | set):
        return [_cell(item) for item in value]
    if isinstance(value, np.ndarray):
        return [_cell(item) for item in value.tolist()]
    plain = _cell(value)
    if plain is None:
        raise KitError(say("notebook.empty_value"))
    return plain


def _cell(value: Any) -> Any:
    import pandas as pd

    if hasattr(value, "item") and not isinstance(value, str | date):
        value = value.item()
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, bool | str | int):
        return value
    if isinstance(value, float):
        if math.isinf(value):
            raise KitError(say("notebook.infinite_value"))
        return None if math.isnan(value) else value
    if isinstance(value, pd.Timestamp | date):
        return value.isoformat()[:10]
    if isinstance(value, pd.Period | pd.Interval):
        return str(value)
    raise KitError(say("notebook.not_a_value", kind=type(value).__name__))


def remark(expected: Value, value: Any) -> str:
    """Return a sentence that says whether a value has the expected type and range, but never whether it is right."""
    if value is None:
        return say("notebook.not_given")
    if not is_kind(expected.kind, value):
        return say("notebook.wrong_kind", kind=say(f"notebook.kinds.{expected.kind}"))
    if expected.kind == "table":
        missing = [name for name in expected.columns if name not in value["columns"]]
        if missing:
            return say("notebook.missing_columns", columns=", ".join(missing))
        return say("notebook.table_fits", rows=len(value["rows"]))
    if is_number(value):
        low = expected.minimum if expected.minimum is not None else -math.inf
        high = expected.maximum if expected.maximum is not None else math.inf
        if not low <= value <= high:
            bounds = say("notebook.bounds", low=_bound(expected.minimum), high=_bound(expected.maximum))
            return say("notebook.implausible", value=format_number(value), bounds=bounds)
        yes_no = expected.yes_no and {0: say("questions.frontend.not_there"), 1: say("questions.frontend.there")}.get(
            value
        )
        return yes_no or say("notebook.fits", value=format_number(value))
    if expected.kind == "list":
        return say("notebook.list_fits", count=len(value))
    return say("notebook.fits", value=str(value)[:80])


def _bound(value: float | None) -> str:
    return "…" if value is None else format_number(value)
