"""Define the commands for examiners: ``exam build`` and ``exam angoff``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from buuchinh.cli.vietnamese import show_help
from buuchinh.exam import DEFAULT_FORMS
from buuchinh.messages import say
from buuchinh.text import format_number

if TYPE_CHECKING:
    from buuchinh.exam.record import ExamDraw

_FARTHEST = 8
"""Maximum number of items to show on which the judges differ most."""

Unit = Annotated[str, typer.Argument(help=say("cli.exam.unit"), show_default=False)]


def register(app: typer.Typer) -> None:
    """Add ``exam build`` and ``exam angoff`` to ``app``."""
    exam = typer.Typer(help=say("cli.exam.help"), invoke_without_command=True, callback=show_help)
    app.add_typer(exam, name="exam")

    @exam.command(help=say("cli.exam.build.help"))
    def build(
        unit: Unit,
        forms: Annotated[int, typer.Option(help=say("cli.exam.build.forms"))] = DEFAULT_FORMS,
        seed: Annotated[str | None, typer.Option(help=say("cli.exam.build.seed"), show_default=False)] = None,
        redraw: Annotated[bool, typer.Option("--redraw", help=say("cli.exam.build.redraw"))] = False,
    ) -> None:
        from buuchinh import course
        from buuchinh.exam import exam_builder, record

        unit = course.tidy_unit(unit)
        made = exam_builder.build(unit, forms=forms, seed=seed, redraw=redraw)
        if made.drawn:
            drawn = record.read(unit).forms
            slots = len(next(iter(drawn.values())))
            values = {"overlap": made.overlap, "before": made.before}
            print(say("cli.exam.drawn", unit=unit, forms=len(drawn), slots=slots, **values))
            for earlier, (low, high) in made.again.items():
                print(say("cli.exam.met_again", earlier=earlier, low=low, high=high, slots=slots))
            _show_families(made.families, "shared", round(exam_builder.SHARED * slots))
            for earlier, count in made.families_again.items():
                _show_families(count, "shared_again", round(exam_builder.AGAIN * slots), earlier=earlier)
            for form, share in made.expected.items():
                print(say("cli.exam.expected", form=form.upper(), share=format_number(100 * share, 1)))
            print(say("cli.exam.next", unit=unit))
        else:
            print(say("cli.exam.again" if made.changed else "cli.exam.same", unit=unit, count=len(made.changed)))

    @exam.command(help=say("cli.exam.angoff.help"))
    def angoff(
        unit: Unit,
        read: Annotated[list[Path] | None, typer.Option(help=say("cli.exam.angoff.read"), show_default=False)] = None,
        pool: Annotated[bool, typer.Option("--pool", help=say("cli.exam.angoff.pool"))] = False,
    ) -> None:
        from buuchinh import course
        from buuchinh.exam import item_pool as closed
        from buuchinh.exam import judges, record
        from buuchinh.questions import question_bank

        unit = course.unit_named(unit, [exam for exam in course.graded_units() if not course.is_exercise(exam)])
        drawn = record.read(unit)
        if read:
            _standard(drawn, read)
            return
        wanted = {item for form in drawn.forms.values() for item in form}
        items = [item for item in closed.load() if pool or item.id in wanted]
        print(say("cli.exam.angoff.written", count=len(items), path=question_bank.shown(judges.write(items, unit))))


def _show_families(count: int, words: str, most: int, **values: str) -> None:
    """Print the number of shared item families, with a warning if there are more than ``most``."""
    print(say(f"cli.exam.{words}", count=count, most=most, **values))
    if count > most:
        print(say("cli.exam.shared_too_many"))


def _standard(drawn: ExamDraw, paths: Sequence[Path]) -> None:
    """Read the judges' completed rating sheets, print each test form's cut score, and store it."""
    from buuchinh.exam import angoff, cut_scores, judges
    from buuchinh.release import versions

    items = sorted({item for form in drawn.forms.values() for item in form})
    ratings = judges.read(paths, items)
    print(say("cli.exam.angoff.judges", count=len(ratings)))
    if len(ratings) < angoff.ENOUGH:
        print(say("cli.exam.angoff.few", enough=angoff.ENOUGH))
    standards = []
    for form, names in drawn.forms.items():
        cut = angoff.cut(ratings, dict(zip(names, drawn.points, strict=True)))
        values = {"low": min(cut.by_judge.values()), "high": max(cut.by_judge.values()), "cut": cut.cut, "se": cut.se}
        shown = {name: format_number(100 * value, 1) for name, value in values.items()}
        mark = format_number(100 * versions.pass_mark_for(drawn.unit, drawn.about.version))
        print(
            say(
                "cli.exam.angoff.form" if len(ratings) > 1 else "cli.exam.angoff.form_one",
                form=form.upper(),
                mark=mark,
                **shown,
            )
        )
        if len(ratings) >= angoff.ENOUGH:
            version = drawn.about.version
            standards.append(cut_scores.Standard(drawn.unit, form, version, len(ratings), cut.cut, cut.se))
    print(say("cli.exam.angoff.apart"))
    for spread in angoff.spreads(ratings, items)[:_FARTHEST]:
        shown = {name: format_number(100 * getattr(spread, name), 0) for name in ("mean", "low", "high")}
        print(say("cli.exam.angoff.apart_line", item=spread.item, **shown))
    if standards:
        cut_scores.store(standards)
        print(say("cli.exam.angoff.kept", path=cut_scores.STANDARDS))
