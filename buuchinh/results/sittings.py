"""Says of an exam with several sittings (``thinv1``, ``thinv2``) who has passed before, and who has to sit again."""

from __future__ import annotations

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.exam import groups
from buuchinh.results.results import standings


def passed_before(unit: str) -> frozenset[str]:
    """Return who passed an earlier sitting of the same exam: nobody awaits them in this one."""
    own = groups.number(unit) or 0
    earlier = (other for other in _sittings(unit) if (groups.number(other) or 0) < own)
    return frozenset(code for other in earlier for code in _with(other, "pass"))


def to_sit_again(unit: str) -> list[str]:
    """Return who failed ``unit`` or an earlier sitting of it and has passed none, sorted."""
    own = groups.number(unit)
    if own is None:
        return []
    sittings = _sittings(unit)
    failed = {code for one in sittings if (groups.number(one) or 0) <= own for code in _with(one, "fail")}
    return sorted(failed - {code for one in sittings for code in _with(one, "pass")})


def _sittings(unit: str) -> list[str]:
    if groups.number(unit) is None:
        return []
    same = groups.of_exam(unit)
    return [one for one in course.released_units() if groups.number(one) is not None and groups.of_exam(one) == same]


def _with(unit: str, verdict: str) -> set[str]:
    try:
        return {one.code for one in standings(unit) if one.verdict == verdict}
    except KitError:  # nobody's is graded
        return set()
