"""Read the descriptor ``datapackage.json``, which defines tables, the meaning of their columns and allowed values."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from buuchinh.errors import KitError, Problem
from buuchinh.files import read_json
from buuchinh.messages import say
from buuchinh.parsed import FrozenDict, once, parsed

DESCRIPTOR = "datapackage.json"
TYPES = ("string", "integer", "number", "boolean", "date", "year", "list")
KINDS = ("reported", "derived", "simulated", "mixed")


@dataclass(frozen=True)
class ForeignKey:
    """Columns whose values must occur in columns of another table, or of the same table."""

    fields: tuple[str, ...]
    resource: str
    targets: tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """A table column; ``type`` is one of ``TYPES``, and ``delimiter`` separates the values of a ``list`` cell."""

    name: str
    type: str
    title: str
    description: str = ""
    required: bool = False
    enum: tuple[str, ...] = ()
    labels: Mapping[str, str] | None = None
    pattern: str = ""
    minimum: float | None = None
    maximum: float | None = None
    delimiter: str = ";"
    references: ForeignKey | None = None


@dataclass(frozen=True, eq=False)
class Resource:
    """One table of the Data Package, as the descriptor defines it; resources are compared by identity.

    ``kind`` tells whether the table's figures are reported, derived, simulated or mixed (each row then gives its own
    kind). If rows have a period of validity, ``periods`` names the columns with the id, the first day and the day after
    the last.
    """

    name: str
    title: str
    path: Path
    shown_path: str
    kind: str
    description: str
    sources: tuple[Mapping[str, str], ...]
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    periods: tuple[str, str, str] | None = None

    def field(self, name: str) -> Field:
        """Return the column ``name``; raise ``KeyError`` if the table has no such column."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def label(self, field: str, value: str) -> str:
        """Return the Vietnamese label of ``value`` in the column ``field``, or ``value`` itself if it has no label."""
        return (self.field(field).labels or {}).get(value, value)


def folder() -> Path:
    """Return the Data Package's folder: the nearest ``datasets/`` in the current folder or above it.

    If there is none, return the one beside this package. The search covers a notebook that runs in its own folder, a
    test in a copy of the course, and a command installed anywhere. As for ``course.root``, the environment variable
    ``BUUCHINH_COURSE`` names another folder from which to search. Raise ``KitError`` if no folder is found.
    """
    return once(_folder, Path(os.environ.get("BUUCHINH_COURSE") or Path.cwd()).absolute())


def _folder(here: Path) -> Path:
    for base in (here, *here.parents, Path(__file__).resolve().parents[2]):
        if (base / "datasets" / DESCRIPTOR).is_file():
            return base / "datasets"
    way_out = say("datasets.no_package_way_out")
    raise KitError(say("datasets.no_package"), way_out, path=f"datasets/{DESCRIPTOR}")


def resources(package: Path | None = None) -> dict[str, Resource]:
    """Return the tables that the descriptor in ``package`` (by default ``folder()``) defines, by name.

    Raise ``KitError`` with a problem for every invalid entry.
    """
    return parsed(_read, (package or folder()).absolute() / DESCRIPTOR)


def _read(path: Path) -> dict[str, Resource]:
    package, descriptor = path.parent, read_json(path)
    shown = f"{package.name}/{DESCRIPTOR}"
    problems: list[Problem] = []
    found: dict[str, Resource] = {}
    entries = descriptor.get("resources") if isinstance(descriptor, dict) else None
    if not isinstance(entries, list) or not entries:
        raise KitError(say("datasets.no_resources"), path=shown)
    for position, entry in enumerate(entries, 1):
        try:
            resource = _resource(entry, package)
            _refuse_odd_values(resource)
        except (KeyError, TypeError, ValueError, AttributeError, re.error) as error:
            name = entry.get("name", position) if isinstance(entry, dict) else position
            problems.append(Problem(shown, 0, say("datasets.bad_resource", name=name, detail=str(error))))
            continue
        if resource.name in found:
            problems.append(Problem(shown, 0, say("datasets.double_resource", name=resource.name)))
        found[resource.name] = resource
    problems += [problem for resource in found.values() for problem in _lost_targets(resource, found, shown)]
    if problems:
        raise KitError(problems)
    return FrozenDict(found)


def _refuse_odd_values(resource: Resource) -> None:
    """Raise ``ValueError`` if a value is of the wrong type, or a key names a column that the table does not have."""
    names = [field.name for field in resource.fields]
    keys = [*resource.primary_key, *(resource.periods or ())]
    texts: list[Any] = [resource.name, resource.title, resource.description, *names, *keys]
    for key in _references(resource):
        texts += [*key.fields, key.resource, *key.targets]
    for field in resource.fields:
        texts += [field.title, field.description, field.pattern, *field.enum, *(field.labels or {}).values()]
        bounds: list[Any] = [bound for bound in (field.minimum, field.maximum) if bound is not None]
        if not all(isinstance(bound, int | float) and not isinstance(bound, bool) for bound in bounds):
            raise ValueError(f"{field.name}: minimum, maximum {bounds!r}")
        delimiter: Any = field.delimiter
        if not isinstance(delimiter, str) or not delimiter:
            raise ValueError(f"{field.name}: delimiter {delimiter!r}")
    if odd := [text for text in texts if not isinstance(text, str)]:
        raise ValueError(repr(odd[0]))
    keys += [name for key in resource.foreign_keys for name in key.fields]
    if lost := [name for name in keys if name not in names]:
        raise ValueError(f"primaryKey, foreignKeys, x_periods: {lost[0]!r}")


def _references(resource: Resource) -> list[ForeignKey]:
    return [*resource.foreign_keys, *(field.references for field in resource.fields if field.references)]


def _lost_targets(resource: Resource, known: Mapping[str, Resource], shown: str) -> Iterator[Problem]:
    """Yield a problem for each reference to a column that the other table does not have."""
    for key in _references(resource):
        target = known.get(key.resource)
        names = {field.name for field in target.fields} if target else set()
        if target and (len(key.fields) != len(key.targets) or not names.issuperset(key.targets)):
            detail = f"{key.resource}: {', '.join(map(str, key.targets))}"
            yield Problem(shown, 0, say("datasets.bad_resource", name=resource.name, detail=detail))


def resource(name: str, package: Path | None = None) -> Resource:
    """Return the definition of one table; if the name is unknown, raise ``KitError`` suggesting similar names."""
    known = resources(package)
    if name not in known:
        near = get_close_matches(name, known, n=3, cutoff=0.4) or list(known)
        way_out = say("datasets.unknown_way_out", names=", ".join(near))
        raise KitError(say("datasets.unknown", name=name), way_out)
    return known[name]


def _resource(entry: Mapping[str, Any], package: Path) -> Resource:
    path = entry["path"]
    if not isinstance(path, str) or path.startswith("/") or "\\" in path or ".." in path.split("/"):
        raise ValueError(f"path: {path!r}")
    schema = entry["schema"]
    kind = entry.get("x_kind", "reported")
    if kind not in KINDS:
        raise ValueError(f"x_kind: {kind!r}")
    key = schema.get("primaryKey", [])
    periods = entry.get("x_periods")
    return Resource(
        name=entry["name"],
        title=entry["title"],
        path=package.joinpath(*path.split("/")),
        shown_path=f"{package.name}/{path}",
        kind=kind,
        description=entry.get("description", ""),
        sources=tuple(map(FrozenDict, entry.get("sources", []))),
        fields=tuple(map(_field, schema["fields"])),
        primary_key=(key,) if isinstance(key, str) else tuple(key),
        foreign_keys=tuple(_foreign_key(key, entry["name"]) for key in schema.get("foreignKeys", [])),
        periods=(periods["id"], periods["from"], periods["to"]) if periods else None,
    )


def _field(entry: Mapping[str, Any]) -> Field:
    constraints = entry.get("constraints", {})
    kind = entry.get("type", "string")
    if kind not in TYPES:
        raise ValueError(f"{entry['name']}: type {kind!r}")
    re.compile(constraints.get("pattern", ""))
    target = entry.get("x_references")
    return Field(
        name=entry["name"],
        type=kind,
        title=entry["title"],
        description=entry.get("description", ""),
        required=bool(constraints.get("required", False)),
        enum=tuple(constraints.get("enum", ())),
        labels=FrozenDict({c["value"]: c["label"] for c in entry.get("categories", ())}) or None,
        pattern=constraints.get("pattern", ""),
        minimum=constraints.get("minimum"),
        maximum=constraints.get("maximum"),
        delimiter=entry.get("delimiter", ";"),
        references=ForeignKey((entry["name"],), target["resource"], (target["field"],)) if target else None,
    )


def _foreign_key(entry: Mapping[str, Any], own_name: str) -> ForeignKey:
    fields, reference = entry["fields"], entry["reference"]
    targets = reference["fields"]
    return ForeignKey(
        (fields,) if isinstance(fields, str) else tuple(fields),
        reference.get("resource") or own_name,
        (targets,) if isinstance(targets, str) else tuple(targets),
    )
