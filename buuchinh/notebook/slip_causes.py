"""Recognise beginners' mistakes behind errors whose own messages would not help a beginner."""

from __future__ import annotations

import io
import linecache
import re
import tokenize
import traceback
from collections.abc import Iterator
from typing import Any

_CURLY = "“”„‘’‚"
_TEXT = r"(?:\bstr\b|StrDType|<U\d)"
_PATTERNS: tuple[tuple[type[BaseException], str, str], ...] = (
    (SyntaxError, rf"invalid character '([{_CURLY}])'", "curly"),
    (SyntaxError, r"invalid (?:non-printable )?character '?([^' ]+)", "strange_sign"),
    (SyntaxError, r"Missing parentheses in call to '(print)'", "print"),
    (SyntaxError, r"Maybe you meant '=='", "equals"),
    (SyntaxError, r"leading zeros", "thousands"),
    (TypeError, r"object is not callable", "called"),
    (TypeError, r"missing \d+ required|takes (?:exactly|at|from|\d)", "arguments"),
    (TypeError, r"'(?:method|function|builtin_function_or_method)'", "not_called"),
    (TypeError, r"as an integer|single integer, got '", "thousands"),
    (
        TypeError,
        rf"(?:not supported between|Invalid comparison|ufunc '(?:greater|less|equal|not_eq)).*{_TEXT}",
        "compared",
    ),
    (TypeError, rf"(?:unsupported operand|for dtype|ufunc).*{_TEXT}|concatenate str|string dtype|multiply seq", "text"),
    (ValueError, r"Invalid frequency: ([^.,]+)", "frequency"),
    (ValueError, r"(?:Unable to parse string |with base 10: |to float: )['\"](.*?)['\"](?: at position|$)", "number"),
)
"""Error types, patterns for messages from Python and pandas, and keys of explanations; the first match is used."""
_TEXTS = re.compile(r"#.*|\"[^\"]*\"?|'[^']*'?")
_GROUPED = re.compile(r"\d\.\d{3}\.\d")
_WITH_UNIT = re.compile(r"(?<![\w.])(\d+(?:[.,]\d+)? *(?!(?:and|or|if|else|in|is|not|for)\b|[eE][\d+-])[^\W\d_]+)")
_LACKING = re.compile(r"\] (?:not in index|are in the)")


def cause(error: BaseException, names: dict[str, Any]) -> tuple[str, str]:
    """Return the key of the explanation for a known mistake, and what the mistake is about (such as a name).

    Both are "" if no mistake is recognised. ``names`` is the notebook's namespace.
    """
    if isinstance(error, NameError) and _lacks_quotes(error, names):
        return "unquoted", str(error.name)
    if isinstance(error, AttributeError):
        part = next(
            (
                accessor
                for accessor in ("str", "dt")
                if hasattr(getattr(type(error.obj), accessor, None), error.name or "")
            ),
            "",
        )
        return ("accessor", f".{part}.{error.name}") if part else ("", "")
    if isinstance(error, TypeError) and comma_line(error, names):
        return "decimal", ""
    if isinstance(error, SyntaxError) and str(error.msg).startswith(("invalid syntax", "invalid decimal")):
        bare = _TEXTS.sub("", error.text or "")
        if _GROUPED.search(bare):
            return "thousands", ""
        if "'=='" not in str(error.msg) and (unit := _WITH_UNIT.search(bare)):
            return "unit", unit[1]
    for kind, words, name in _PATTERNS:
        if isinstance(error, kind) and (match := re.search(words, str(error))):
            return name, match[1] if match.re.groups else ""
    return "", ""


def line_of(error: BaseException, names: dict[str, Any]) -> str:
    """Return the line of the cell that raised the error, or "" if that line is unknown."""
    if isinstance(error, SyntaxError):
        return (error.text or "").strip()
    return next((lines[at - 1].strip() for lines, at in _cells(error, names) if 0 < at <= len(lines)), "")


def comma_line(error: TypeError, names: dict[str, Any]) -> str:
    """Return the line with a decimal comma such as ``0,4`` (a tuple in Python) if that caused the error, or ""."""
    if not re.search(r"tuple|can't multiply sequence", str(error)):
        return ""
    for lines, _ in _cells(error, names):
        depth, before = 0, [tokenize.TokenInfo(0, "", (0, 0), (0, 0), "")] * 2
        for token in tokenize.generate_tokens(io.StringIO("".join(lines)).readline):
            depth += (token.string in {"(", "[", "{"}) - (token.string in {")", "]", "}"})
            first, comma = before
            numbers = first.type == token.type == tokenize.NUMBER and comma.string == ","
            if numbers and not depth and first.end == comma.start and comma.end == token.start:
                return token.line.strip()
            before = [comma, token]
    return ""


def looked_for(error: KeyError) -> str:
    """Return the first column, row or key that was not found."""
    message = str(error.args[0]) if error.args else ""
    named = re.search(r"'([^']*)'", message) if _LACKING.search(message) else None
    return named[1] if named else message


def searched(error: KeyError) -> list[str]:
    """Return the names of the columns or rows among which a table looked up a key, or [] if no table was involved.

    At most 200 names are returned.
    """
    labels: list[str] = []
    for frame, _ in traceback.walk_tb(error.__traceback__):
        holder = frame.f_locals.get("self")
        index = holder if hasattr(holder, "get_indexer") else getattr(holder, "columns", None)
        if index is not None and (not labels or index is holder):
            labels = [str(name) for name in index[:200]]
    return labels


def _lacks_quotes(error: NameError, names: dict[str, Any]) -> bool:
    """Return whether an undefined name is a table's column name, so that quotation marks are probably missing."""
    name = str(error.name)
    columns = (column for value in list(names.values()) for column in getattr(value, "columns", ()))
    return any(name == str(column) for column in columns)


def _cells(error: BaseException, names: dict[str, Any]) -> Iterator[tuple[list[str], int]]:
    """Yield (lines, number) for each notebook cell in the traceback; line ``number`` (1-based) was running."""
    for frame, at in traceback.walk_tb(error.__traceback__):
        if frame.f_globals is names:
            yield linecache.getlines(frame.f_code.co_filename), at
