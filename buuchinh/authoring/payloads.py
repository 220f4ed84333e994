"""Generate TypeScript declarations of the data shown on screens from the typed dicts in ``learner/data/types.py``."""

from __future__ import annotations

import collections.abc
from types import NoneType, UnionType
from typing import Any, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from buuchinh.learner.data import types

FILE = "buuchinh/learner/src/payloads.d.ts"

_HEAD = "// Derived from buuchinh/learner/data/types.py by buuchinh derive.\n"
_PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", NoneType: "null", Any: "any"}


def declarations() -> str:
    """Return the source text of the declarations: one interface for each typed dict."""
    tables = [table for table in vars(types).values() if is_typeddict(table)]
    return "\n".join([_HEAD, *map(interface, tables)])


def interface(table: Any) -> str:
    """Return a TypeScript interface with the name and fields of the ``TypedDict`` ``table``."""
    fields = get_type_hints(table, include_extras=True)
    lines = "".join(f"  {name}{_field(kind)};\n" for name, kind in fields.items())
    return f"/** {table.__doc__} */\ninterface {table.__name__} {{\n{lines}}}\n"


def _field(kind: Any) -> str:
    """Return what follows a field's name in its declaration: ``?`` if it is optional, a colon, and the type."""
    if get_origin(kind) is NotRequired:
        return f"?: {_type(get_args(kind)[0])}"
    return f": {_type(kind)}"


def _type(kind: Any) -> str:
    """Return the TypeScript type for ``kind``; raise ``LookupError`` if none is known."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if is_typeddict(kind):
        return str(kind.__name__)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        return f"[{', '.join(map(_type, inner))}]"
    if origin is list:
        made = _type(inner[0])
        return f"({made})[]" if " " in made and not made.startswith("[") else f"{made}[]"
    if origin in {dict, collections.abc.Mapping}:
        return f"Named<{_type(inner[1])}>"
    if origin in {Union, UnionType}:
        return " | ".join(map(_type, inner))
    raise LookupError(f"learner/data/types.py: no type of TypeScript for {kind}")
