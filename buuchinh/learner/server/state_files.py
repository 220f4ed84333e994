"""Store screen state other than answers: role, follow-up, drill, finished tests and the like, each in its own file.

Changes made in another window are merged, never overwritten.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_json, write_json
from buuchinh.learner.server.refused import Refused
from buuchinh.messages import say
from buuchinh.notebook import role_path
from buuchinh.notebook.workspace import place_of, record_of
from buuchinh.questions.drills import sitting
from buuchinh.questions.drills.parts import parts
from buuchinh.questions.drills.picture import read as read_picture
from buuchinh.questions.practice import assessment, schedule, spacing

_LAST, _LAST_FIELDS = "last.json", ("unit", "question", "screen")
_ORDER = "order.json"
_PASSED = "passed.json"
_NAME = re.compile(r"[a-z0-9-]{1,60}")


@dataclass(frozen=True)
class _StateAccess:
    read: Callable[[], Any]
    write: Callable[[Mapping[str, Any]], None]
    erase: Callable[[], None]


def names() -> list[str]:
    """Return the names of all states."""
    return [*_STATES, *(f"finished/{unit}" for unit in assessment.available_tests())]


def read(key: str) -> Any:
    """Return the state called ``key``, or None if it is not set; raise ``Refused`` if no state has this name."""
    return _state_access(key).read()


def write(key: str, value: object) -> Any:
    """Write ``value`` and return the state as it is now stored; raise ``Refused`` if its structure is wrong."""
    if not isinstance(value, Mapping):
        raise _not_understood()
    access = _state_access(key)
    access.write(value)
    return access.read()


def erase(key: str) -> None:
    """Delete the state called ``key``; raise ``Refused`` for a finished test, which is permanent."""
    _state_access(key).erase()


def _state_access(key: str) -> _StateAccess:
    kind, _, unit = key.partition("/")
    if kind == "finished" and unit in assessment.available_tests():
        return _StateAccess(lambda: _end(unit), lambda given: _finish(unit, given), _refuse_change)
    if key not in _STATES:
        raise Refused(say("learner.server.unknown"), 404)
    return _STATES[key]


def _read_role() -> dict[str, Any] | None:
    return {"role": role, "seen": role_path.seen()} if (role := role_path.role()) else None


def _write_role(value: Mapping[str, Any]) -> None:
    role, seen = value.get("role"), value.get("seen", [])
    if role not in course.ROLES or not _texts(seen):
        raise _not_understood()
    role_path.save(role, seen)


def _read_follow_up() -> dict[str, Any] | None:
    state = schedule.read(_folder(spacing.ROOM))
    return state if schedule.started(state) else None


def _write_follow_up(value: Mapping[str, Any]) -> None:
    started, packs = schedule.started(value), value.get("packs")
    days = set(map(str, spacing.DAYS))
    if not (started and isinstance(packs, Mapping) and set(packs) <= days and all(map(_texts, packs.values()))):
        raise _not_understood()
    folder = _folder(spacing.ROOM)
    if _read_follow_up() is None:
        schedule.begin(folder, started)
    known = schedule.read(folder)["packs"]
    if added := {name: list(chosen) for name, chosen in packs.items() if chosen and not known.get(name)}:
        schedule.save_packs(folder, added)


def _erase_follow_up() -> None:
    for name in (schedule.STATE, schedule.CALENDAR):
        (_folder(spacing.ROOM) / name).unlink(missing_ok=True)


def _read_drill() -> dict[str, Any] | None:
    return sitting.read_state(_folder(sitting.UNIT)) or None


def _write_drill(value: Mapping[str, Any]) -> None:
    folder = _folder(sitting.UNIT)
    known, added = sitting.series_in(sitting.read_state(folder)), value.get("series", {})
    if not (isinstance(added, Mapping) and isinstance(value.get("clock", True), bool)):
        raise _not_understood()
    joined = {**known}
    for name, series in added.items():
        if not _is_series(name, series, known.get(name)):
            raise _not_understood()
        ended = {"ended": series["ended"]} if series.get("ended") else {}
        joined[name] = {"pictures": list(series["pictures"]), **ended, **known.get(name, {})}
    changed: dict[str, Any] = {"clock": value["clock"]} if "clock" in value else {}
    sitting.write_state(folder, changed | ({"series": joined} if added else {}))


def _is_series(name: object, series: object, known: object) -> bool:
    """Whether ``series`` is valid; if the series is already stored (``known``), its pictures are not checked again."""
    if not (isinstance(name, str) and _NAME.fullmatch(name) and isinstance(series, Mapping)):
        return False
    if not (_texts(series.get("pictures")) and (series.get("ended") is None or _is_day(series["ended"]))):
        return False
    return known is not None or all(read_picture(picture, parts()) for picture in series["pictures"])


def _end(unit: str) -> dict[str, Any] | None:
    return assessment.read_finished(_folder(unit))


def _finish(unit: str, value: Mapping[str, Any]) -> None:
    """Finish a test, using the answers stored so far; raise ``Refused`` if it is already finished."""
    file = assessment.questions(unit)
    record = record_of(unit, file.version)
    if assessment.ends(file, record)[0]:
        raise Refused(say("learner.server.ended"), 409)
    assessment.finish(file, record, course.today(), place=value.get("place"))


def _refuse_change() -> None:
    raise Refused(say("learner.server.ended"), 409)


def _read_order() -> dict[str, Any] | None:
    try:
        state = read_json(_folder(role_path.ROOM) / _ORDER)
    except KitError:
        return None
    return state if isinstance(state, dict) and state.get("first") in assessment.TESTS else None


def _write_order(value: Mapping[str, Any]) -> None:
    """Store which test comes first, unless that has been stored already."""
    if value.get("first") not in assessment.TESTS:
        raise _not_understood()
    if _read_order() is None:
        write_json(_folder(role_path.ROOM) / _ORDER, {"first": value["first"]})


def _read_passed() -> dict[str, Any] | None:
    try:
        state = read_json(_folder(role_path.ROOM) / _PASSED)
    except KitError:
        return None
    return state if isinstance(state, dict) and _texts(state.get("questions")) else None


def _write_passed(value: Mapping[str, Any]) -> None:
    """Add questions that were passed by to those already stored."""
    if not _texts(value.get("questions")) or not all(map(_NAME.fullmatch, value["questions"])):
        raise _not_understood()
    known = (_read_passed() or {"questions": []})["questions"]
    write_json(_folder(role_path.ROOM) / _PASSED, {"questions": sorted({*known, *value["questions"]})})


def _read_last() -> dict[str, Any] | None:
    try:
        state = read_json(_folder(role_path.ROOM) / _LAST)
    except KitError:
        return None
    return state if isinstance(state, dict) else None


def _write_last(value: Mapping[str, Any]) -> None:
    named = [value.get(name, "-") for name in ("unit", "question")]
    screen = value.get("screen", 0)
    if "unit" not in value or not _texts(named) or not all(map(_NAME.fullmatch, named)) or not _is_number(screen):
        raise _not_understood()
    write_json(_folder(role_path.ROOM) / _LAST, {name: value[name] for name in _LAST_FIELDS if name in value})


def _folder(unit: str) -> Path:
    return place_of(unit)[0]


def _unlinking(unit: str, name: str) -> Callable[[], None]:
    return lambda: (_folder(unit) / name).unlink(missing_ok=True)


_STATES = {
    "role": _StateAccess(_read_role, _write_role, role_path.forget),
    "follow_up": _StateAccess(_read_follow_up, _write_follow_up, _erase_follow_up),
    "drill": _StateAccess(_read_drill, _write_drill, _unlinking(sitting.UNIT, sitting.STATE)),
    "order": _StateAccess(_read_order, _write_order, _refuse_change),
    "passed": _StateAccess(_read_passed, _write_passed, _unlinking(role_path.ROOM, _PASSED)),
    "last": _StateAccess(_read_last, _write_last, _unlinking(role_path.ROOM, _LAST)),
}


def _texts(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= 500
        and all(isinstance(text, str) and len(text) < 200 for text in value)
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10_000


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _not_understood() -> Refused:
    return Refused(say("learner.server.not_understood"))
