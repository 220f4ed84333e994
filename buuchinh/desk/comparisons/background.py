"""Compute a value of each unit in a thread of its own, again when its files change, so that no page waits for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from buuchinh.errors import KitError

Value = TypeVar("Value")


class BackgroundComparison(Generic[Value]):
    """The last value of each unit, with the key that stands for the files from which it was computed."""

    def __init__(self, compute: Callable[[str, object], Value], missing: Value) -> None:
        """Compute values by ``compute(unit, key)``; ``missing`` is the value of a unit whose files cannot be read."""
        self._compute, self._missing = compute, missing
        self._known: dict[str, tuple[object, Value]] = {}
        self._thread: threading.Thread | None = None

    def look(self, keys: Mapping[str, object]) -> bool:
        """Begin to compute the units whose key changed, and return whether there were any.

        Nothing is begun while an earlier look is under way.
        """
        if self._thread is not None and self._thread.is_alive():
            return False
        changed = {unit: key for unit, key in keys.items() if unit not in self._known or self._known[unit][0] != key}
        if changed:
            self._thread = threading.Thread(target=self._run, args=(changed,), name="ban-so-sanh", daemon=True)
            self._thread.start()
        return bool(changed)

    def known(self) -> dict[str, Value]:
        """Return the value of each unit, as far as it is known."""
        return {unit: value for unit, (_, value) in list(self._known.items())}

    def wait(self) -> None:
        """Wait until the look that was begun has ended."""
        if self._thread is not None:
            self._thread.join()

    def _run(self, changed: Mapping[str, object]) -> None:
        for unit, key in changed.items():
            value = self._missing
            try:
                value = self._compute(unit, key)
            except (KitError, OSError):
                pass  # the command for this unit says what cannot be read
            except Exception:  # our own fault: the other units are still compared, and this one not at each poll
                logging.getLogger(__name__).exception("%s", unit)
            self._known[unit] = (key, value)
