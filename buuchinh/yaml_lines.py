"""Parse YAML 1.2 and record the line of every entry, using libyaml and, where it differs from YAML 1.2, ruamel.

libyaml implements YAML 1.1, so only its events are used, and scalars are resolved in this module according to YAML 1.2.
Anything unusual (tags, anchors, merge keys, octal numbers, times of day, any error) is parsed again by ruamel in pure
Python, which is slow but authoritative for the meaning of a file and the wording of errors.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from buuchinh.parsed import FrozenDict, FrozenList

_CONSTANTS = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}
_PLAIN_INT = re.compile(r"-?(?:0|[1-9][0-9]*)")
_PLAIN_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
_PLAIN_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SPECIAL = re.compile(
    r"""[-+]?[0-9_]+ | [-+]?0[box]?[0-9a-fA-F_]+
      | [-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)? | [-+]?[0-9][0-9_]*[eE][-+]?[0-9]+
      | [-+]?\.[0-9_]+(?:[eE][-+]?[0-9]+)? | [-+]?\.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN)
      | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*:.* | << | =""",
    re.VERBOSE,
)
"""Pattern for scalars that YAML 1.2 or ruamel may not treat as plain text, beyond the simple forms above."""
_DAY = "$day"
"""Key that marks a date in JSON, which has no dates of its own."""
_BREAKS_OF_1_1 = re.compile("[\x85\u2028\u2029]")


class YamlMapping(FrozenDict):
    """A mapping in a YAML file; ``lines`` maps each key to its 0-based line."""

    __slots__ = ("lines",)
    lines: dict[Any, int]


class YamlSequence(FrozenList):
    """A sequence in a YAML file; ``lines`` contains the 0-based line on which each entry begins."""

    __slots__ = ("lines",)
    lines: list[int]


class NotYaml(ValueError):
    """Raised for invalid YAML, with ``line`` (1-based, or 0 if unknown) and the parser's own ``reason``."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


class _Unusual(Exception):
    """The text contains constructs that libyaml and YAML 1.2 may interpret differently."""


def parse(text: str) -> Any:
    """Parse YAML into ``YamlMapping``, ``YamlSequence`` and scalars; raise ``NotYaml`` if the text is invalid."""
    try:
        return _by_libyaml(text)
    except _Unusual:
        return _by_ruamel(text)


def line_of(data: Any, steps: Sequence[int | str]) -> int:
    """Return the 1-based line of the last entry that ``steps`` (keys and indices) reach in ``data``, or 0 if none.

    Steps that the file does not contain are skipped, such as the tags of a union, which only pydantic knows.
    """
    line = 0
    for step in steps:
        try:
            entry_line, data = data.lines[step], data[step]
        except (AttributeError, KeyError, IndexError, TypeError):
            continue
        line = entry_line + 1
    return line


def to_json(data: Any) -> dict[str, Any] | None:
    """Return a tree from ``parse`` in JSON form with its lines, or None if JSON cannot represent the tree exactly."""
    lines: list[int] = []
    try:
        return {"data": _to_json(data, lines), "lines": lines}
    except TypeError:
        return None


def from_json(stored: Any) -> Any:
    """Return the tree that ``to_json`` stored; raise ``ValueError`` for anything else."""
    try:
        lines = iter(stored["lines"])
        data = _from_json(stored["data"], lines)
    except (KeyError, TypeError, StopIteration) as error:
        raise ValueError("not a stored tree") from error
    if next(lines, None) is not None:
        raise ValueError("not a stored tree")
    return data


def _to_json(node: Any, lines: list[int]) -> Any:
    kind = type(node)
    if kind is YamlMapping:
        if any(type(key) is not str for key in node) or _DAY in node:
            raise TypeError
        lines.extend(node.lines.get(key, -1) for key in node)
        return {key: _to_json(value, lines) for key, value in node.items()}
    if kind is YamlSequence:
        lines.extend(node.lines)
        return [_to_json(value, lines) for value in node]
    if kind is date:
        return {_DAY: node.isoformat()}
    if kind in (str, int, bool, type(None)) or (kind is float and math.isfinite(node)):
        return node
    raise TypeError


def _from_json(node: Any, lines: Iterator[int]) -> Any:
    if type(node) is dict:
        if _DAY in node:
            return date.fromisoformat(node[_DAY])
        own = {key: next(lines) for key in node}
        mapping = YamlMapping({key: _from_json(value, lines) for key, value in node.items()})
        mapping.lines = own
        return mapping
    if type(node) is list:
        entry_lines = [next(lines) for _ in node]
        sequence = YamlSequence([_from_json(value, lines) for value in node])
        sequence.lines = entry_lines
        return sequence
    return node


def _by_libyaml(text: str) -> Any:
    try:
        import yaml  # type: ignore[import-untyped]
        from yaml.cyaml import CParser  # type: ignore[import-untyped]
    except ImportError:
        raise _Unusual from None
    if text.startswith("%") or _BREAKS_OF_1_1.search(text):
        raise _Unusual
    parser = CParser(text)
    try:
        return _Builder(parser, yaml.events).document()
    except yaml.YAMLError as error:
        raise _Unusual from error
    finally:
        parser.dispose()


class _Builder:
    """Builder of a document's tree from libyaml's events."""

    def __init__(self, parser: Any, events: Any) -> None:
        self._next = parser.get_event
        self._scalar = events.ScalarEvent
        self._mapping = events.MappingStartEvent
        self._sequence = events.SequenceStartEvent
        self._ends = (events.MappingEndEvent, events.SequenceEndEvent)
        self._document = events.DocumentStartEvent
        self._stream_end = events.StreamEndEvent

    def document(self) -> Any:
        self._next()
        start = self._next()
        if isinstance(start, self._stream_end):
            return None
        if not isinstance(start, self._document) or (start.explicit and (start.version or start.tags)):
            raise _Unusual
        data = self._value(self._next())
        self._next()
        if not isinstance(self._next(), self._stream_end):
            raise _Unusual
        return data

    def _value(self, event: Any) -> Any:
        kind = type(event)
        if kind is self._scalar:
            if event.anchor is not None or event.tag is not None:
                raise _Unusual
            return event.value if event.style else _resolved(event.value)
        if getattr(event, "anchor", None) is not None or getattr(event, "tag", None) is not None:
            raise _Unusual
        if kind is self._mapping:
            return self._filled_mapping()
        if kind is self._sequence:
            return self._filled_sequence()
        raise _Unusual

    def _filled_mapping(self) -> YamlMapping:
        values: dict[Any, Any] = {}
        lines: dict[Any, int] = {}
        for event in self._until_end():
            if type(event) is not self._scalar:
                raise _Unusual
            key = self._value(event)
            if key in values:
                raise _Unusual
            values[key] = self._value(self._next())
            lines[key] = event.start_mark.line
        mapping = YamlMapping(values)
        mapping.lines = lines
        return mapping

    def _filled_sequence(self) -> YamlSequence:
        values: list[Any] = []
        lines: list[int] = []
        for event in self._until_end():
            values.append(self._value(event))
            lines.append(event.start_mark.line)
        sequence = YamlSequence(values)
        sequence.lines = lines
        return sequence

    def _until_end(self) -> Iterator[Any]:
        while not isinstance(event := self._next(), self._ends):
            yield event


def _resolved(text: str) -> Any:
    """Return the value that an unquoted scalar has in YAML 1.2."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in "-+.0123456789<=_":
        return text
    if _PLAIN_INT.fullmatch(text):
        return int(text)
    if _PLAIN_FLOAT.fullmatch(text):
        return float(text)
    if _PLAIN_DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise _Unusual from None
    if _SPECIAL.fullmatch(text):
        raise _Unusual
    return text


def _by_ruamel(text: str) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        return _with_lines(YAML(typ="rt").load(text))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise NotYaml(line, (error.problem or "").split("\n", 1)[0].rstrip("\r")) from error
    except YAMLError as error:
        raise NotYaml(0, "") from error


def _with_lines(node: Any) -> Any:
    """Return ruamel's round-trip tree as plain frozen data with line numbers."""
    if isinstance(node, dict):
        lines = node.lc.data or {}  # type: ignore[attr-defined]
        mapping = YamlMapping((key, _with_lines(value)) for key, value in node.items())
        mapping.lines = {key: place[0] for key, place in lines.items()}
        return mapping
    if isinstance(node, list):
        places = node.lc.data or {}  # type: ignore[attr-defined]
        sequence = YamlSequence(map(_with_lines, node))
        own = (node.lc.line or 0,)  # type: ignore[attr-defined]  # a list with a tag has no lines of its entries
        sequence.lines = [places.get(index, own)[0] for index in range(len(node))]
        return sequence
    return node
