"""Compute the outputs of the cells in an exercise that prepare data for questions, for pages that have no kernel.

The cells run in this process, after ``build`` has verified that the notebook is unchanged since its release.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.learner.data import notebook_pages
from buuchinh.learner.data.types import Displayed
from buuchinh.messages import say
from buuchinh.notebooks import read_notebook, source_of, statements


def displayed(path: Path) -> Displayed:
    """Return the outputs of a released notebook's given cells (internal code that questions refer to), by cell id.

    If a cell calls ``display``, the value of its last line is left out, because that value is meant for later code.
    Raise ``KitError`` if a cell fails.
    """
    cells = [cell for cell in read_notebook(path)["cells"] if notebook_pages.is_given(cell)]
    sources = tuple(map(source_of, cells))
    if all(map(_only_imports, sources)):
        return {}
    try:
        shown = _run(course.root(), sources)
    except Exception as error:
        place = f"{path.parent.name}/{path.name}"
        raise KitError(say("site.given_cell_fails", reason=repr(error)[:300]), path=place) from error
    return {cell["id"]: [_output(one) for one in some] for cell, some in zip(cells, shown, strict=True) if some}


@lru_cache(maxsize=16)
def _run(_root: Path, sources: tuple[str, ...]) -> list[list[Any]]:
    """Return the displayed values of each cell, cached because versions of an exercise share most cells."""
    names: dict[str, Any] = {}
    found = []
    for source in sources:
        shown: list[Any] = []
        body = ast.parse(source).body
        end = body[-1] if body else None
        last = end.value if isinstance(end, ast.Expr) else None
        with _display_calls(shown.append):
            exec(compile(ast.Module(body[:-1] if last else body, []), "<given>", "exec"), names)  # noqa: S102  # of a release
            value = eval(compile(ast.Expression(last), "<given>", "eval"), names) if last else None  # noqa: S307
        found.append(shown or [value] * (value is not None))
    return found


@contextmanager
def _display_calls(receive: Callable[[Any], None]) -> Iterator[None]:
    """Within the context, pass values that cells display with IPython's ``display`` to ``receive`` instead."""
    ipython: Any = import_module("IPython.display")
    real, ipython.display = ipython.display, receive
    try:
        yield
    finally:
        ipython.display = real


def _output(shown: Any) -> dict[str, Any]:
    html = getattr(shown, "_repr_html_", lambda: None)()
    data = {"text/plain": repr(shown)} | ({"text/html": html} if html else {})
    return {"output_type": "display_data", "metadata": {}, "data": data}


def _only_imports(source: str) -> bool:
    body = statements(source)
    return body is not None and all(isinstance(one, ast.Import | ast.ImportFrom) for one in body)
