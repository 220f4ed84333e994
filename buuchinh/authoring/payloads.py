"""Generate TypeScript declarations of the data shown on screens from typed dicts: the learner's and the desk's."""

from __future__ import annotations

import collections.abc
import inspect
from collections.abc import Mapping
from types import MappingProxyType, ModuleType, NoneType, UnionType
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from buuchinh.desk_payloads import desk_dialogs, desk_marks, desk_screens
from buuchinh.learner.data import types

FILES: Mapping[str, tuple[ModuleType, ...]] = MappingProxyType(
    {
        "buuchinh/learner/src/payloads.d.ts": (types,),
        "buuchinh/desk/browser/payloads.d.ts": (desk_screens, desk_dialogs, desk_marks),
    }
)
"""The modules from which each file of declarations is generated."""

_PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", NoneType: "null", Any: "any"}


def declarations(name: str) -> str:
    """Return the source text of the file ``name`` of ``FILES``: one interface for each typed dict."""
    own = {module: module.__name__ for module in FILES[name]}
    sources = ", ".join(f"{source.replace('.', '/')}.py" for source in own.values())
    tables = [
        table
        for module in own
        for table in vars(module).values()
        if is_typeddict(table) and table.__module__ == own[module]
    ]
    return "\n".join([f"// Derived from {sources} by buuchinh derive.\n", *map(interface, tables)])


def interface(table: Any) -> str:
    """Return a TypeScript interface with the name and fields of the ``TypedDict`` ``table``."""
    fields = get_type_hints(table, include_extras=True)
    lines = "".join(f"  {name}{_field(kind)};\n" for name, kind in fields.items())
    first, *more = (inspect.getdoc(table) or "").splitlines()  # as 3.13 keeps it; 3.11 keeps the indentation too
    about = "\n".join([first, *(f" * {line}".rstrip() for line in more)])
    return f"/** {about} */\ninterface {table.__name__} {{\n{lines}}}\n"


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
    if origin is Annotated:  # its TypeScript name
        return str(inner[1])
    if origin is Literal:
        return " | ".join(f'"{name}"' for name in inner)
    if origin is tuple:
        return f"[{', '.join(map(_type, inner))}]"
    if origin in {list, collections.abc.Sequence}:
        made = _type(inner[0])
        return f"({made})[]" if " " in made and not made.startswith("[") else f"{made}[]"
    if origin in {dict, collections.abc.Mapping}:
        return f"Named<{_type(inner[1])}>"
    if origin in {Union, UnionType}:
        return " | ".join(map(_type, inner))
    raise LookupError(f"no type of TypeScript for {kind}")
