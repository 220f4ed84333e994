"""Name the refused files: those that await a decision, and those that were asked for and wait for somebody else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from buuchinh.attempts.refusals import Refusal
from buuchinh.desk.class_state import reminders
from buuchinh.desk.tasks.task import Action, Task
from buuchinh.messages import say
from buuchinh.text import visible


def undecided(refused: Sequence[Refusal]) -> Iterator[Task]:
    """Yield the refused files of which nobody was asked again yet."""
    if waiting := [one for one in refused if not one.asked_at]:
        count, first = len(waiting), waiting[-1]
        name = visible("/".join(first.origin.split("/")[1:]) or first.origin)
        detail = say("desk.now.refused_one", file=name) if count == 1 else say("desk.now.refused_last", file=name)
        newest = max(one.folder.name for one in waiting)
        yield Task(
            f"refused:{newest}", "✕", "open",
            say("desk.now.refused", count=count),
            detail,
            say("desk.now.decide"),
            Action("decisions"),
        )  # fmt: skip


def asked_for(refused: Sequence[Refusal], at: datetime) -> Iterator[Task]:
    """Yield the refused files that were asked for again, which now wait for somebody else."""
    asked = {one.folder.name: one.asked_at for one in refused if one.asked_at}
    if asked:
        yield Task(
            f"asked:{max(asked)}", "✕", "soft",
            say("desk.now.asked", count=len(asked)),
            say("desk.now.asked_at", at=reminders.spoken_day(max(asked.values()), at)),
            say("desk.now.see"),
            Action("decisions"),
        )  # fmt: skip
