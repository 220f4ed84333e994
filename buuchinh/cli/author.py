"""Define the commands for authors: ``check``, ``audit``, ``new``, ``derive`` and ``execute``."""

from __future__ import annotations

import json as json_format
from typing import TYPE_CHECKING, Annotated

import typer

from buuchinh.authoring.templates import kinds
from buuchinh.cli.vietnamese import show_help
from buuchinh.errors import KitError
from buuchinh.messages import say

if TYPE_CHECKING:
    import datetime as dt

    from buuchinh.authoring.audit import Audit, AuditLine
    from buuchinh.authoring.new import Created


def register(app: typer.Typer) -> None:
    """Add ``check``, ``audit``, ``new``, ``derive`` and ``execute`` to ``app``."""

    @app.command(help=say("cli.check.help"))
    def check(
        date: Annotated[str | None, typer.Option(help=say("cli.check.date"), show_default=False)] = None,
        rules: Annotated[bool, typer.Option("--rules", help=say("cli.check.rules"))] = False,
        items: Annotated[bool, typer.Option("--items", help=say("cli.check.items"))] = False,
        write: Annotated[bool, typer.Option("--write", help=say("cli.check.write"))] = False,
        remarks: Annotated[bool, typer.Option("--remarks", help=say("cli.check.remarks"))] = False,
    ) -> None:
        from buuchinh import course
        from buuchinh.authoring import check as checking
        from buuchinh.cli import show_problems

        if rules or remarks:
            (_show_rules if rules else _show_remarks)()
            return
        if items or write:
            _show_items(write=write)
            return
        day = course.read_day(date) if date else None
        problems = checking.check()
        show_problems(problems)
        for note in checking.notes():
            print(note)
        findings = checking.findings()
        if findings:
            print(say("cli.check.findings"))
            for finding in findings:
                print("  " + say("cli.check.finding", title=finding.title, words=finding.words))
        if day:
            _show_askable(day)
        if any(problem.level == "error" for problem in problems):
            raise typer.Exit(1)
        print(say("cli.check.warnings", count=len(problems)) if problems else say("cli.check.ok"))

    @app.command(help=say("cli.audit.help"))
    def audit(
        date: Annotated[str | None, typer.Option(help=say("cli.audit.date"), show_default=False)] = None,
        json: Annotated[bool, typer.Option("--json", help=say("cli.audit.json"))] = False,
    ) -> None:
        from buuchinh import course
        from buuchinh.authoring import audit as auditing

        outcome = auditing.audit(course.read_day(date))
        if json:
            print(json_format.dumps(outcome.as_json(), ensure_ascii=False, indent=2))
        else:
            _show_audit(outcome)
        if outcome.fails:
            raise typer.Exit(1)

    _register_making(app)


def _register_making(app: typer.Typer) -> None:
    new = typer.Typer(help=say("cli.new.help"), invoke_without_command=True, callback=show_help)
    app.add_typer(new, name="new")

    @new.command(help=say("cli.new.lesson.help"))
    def lesson(
        id: Annotated[str, typer.Argument(help=say("cli.new.lesson.id"), show_default=False)],
        title: Annotated[str | None, typer.Option(help=say("cli.new.title"), show_default=False)] = None,
    ) -> None:
        from buuchinh.authoring import new as making

        _show_made(making.lesson(id, title))

    @new.command(help=say("cli.new.exercise.help"))
    def exercise(
        id: Annotated[str, typer.Argument(help=say("cli.new.exercise.id"), show_default=False)],
        title: Annotated[str | None, typer.Option(help=say("cli.new.title"), show_default=False)] = None,
    ) -> None:
        from buuchinh.authoring import new as making

        _show_made(making.exercise(id, title))

    @new.command(help=say("cli.new.question.help"))
    def question(
        id: Annotated[str, typer.Argument(help=say("cli.new.question.id"), show_default=False)],
        type: Annotated[str, typer.Option(help=say("cli.new.question.type", kinds=", ".join(kinds())))] = "single",
    ) -> None:
        from buuchinh.authoring import new as making

        _show_made(making.question(id, type))

    @app.command(help=say("cli.derive.help"))
    def derive(check: Annotated[bool, typer.Option("--check", help=say("cli.derive.check"))] = False) -> None:
        from buuchinh.authoring import derive as deriving
        from buuchinh.questions import question_bank

        if check and (problems := deriving.differences()):
            raise KitError(problems)
        for path in [] if check else deriving.derive():
            print(say("cli.derive.wrote", path=question_bank.shown(path)))
        print(say("cli.derive.same"))

    @app.command(help=say("cli.execute.help"))
    def execute(
        names: Annotated[list[str] | None, typer.Argument(help=say("cli.execute.names"), show_default=False)] = None,
    ) -> None:
        from buuchinh.authoring import execute_notebooks

        paths = [execute_notebooks.notebook_named(name) for name in names or ()]
        changed = execute_notebooks.execute_all(list(dict.fromkeys(paths)))
        print(say("cli.execute.written", names=", ".join(changed)) if changed else say("cli.execute.unchanged"))


def _show_rules() -> None:
    """Print every lint rule with its reason."""
    from buuchinh.authoring import lint

    for name, reason in lint.reasons().items():
        print(f"{name}\n    {reason}")


def _show_remarks() -> None:
    """Print trainees' remarks, grouped by question."""
    from buuchinh.intake import collected_remarks

    remarks = collected_remarks.latest()
    for line in collected_remarks.lines(remarks):
        print(line)
    if not remarks:
        print(say("intake.remarks.none"))


def _show_items(*, write: bool) -> None:
    """Print how strongly options reveal the right answer without the stem; exit with 1 if a goal is not met.

    With ``write``, also write the figures to ``docs/quality.md``.
    """
    from buuchinh.authoring.item_quality import quality_page
    from buuchinh.files import write_text

    counted = quality_page.quality_tables()
    for table in counted:
        print(table.title)
        for line in table.aligned():
            print("  " + line)
    if write:
        write_text(quality_page.path(), quality_page.page(counted))
        print(say("cli.check.written", path=quality_page.PAGE.as_posix()))
    if not all(table.met for table in counted):
        raise typer.Exit(1)


def _show_askable(day: dt.date) -> None:
    """Print how many practice questions can be asked about the law in force on ``day``, and list those that cannot."""
    from buuchinh.authoring import practice_on_day
    from buuchinh.text import format_date

    practice = practice_on_day.askable(day)
    count = len(practice.asked) + len(practice.without_key) + len(practice.off_basis)
    print(say("cli.check.askable", day=format_date(day), asked=len(practice.asked), count=count))
    if practice.without_key:
        print("  " + say("cli.check.without_key", names=", ".join(practice.without_key)))
    if practice.off_basis:
        named = "; ".join(f"{name} ({', '.join(refs)})" for name, refs in practice.off_basis.items())
        print("  " + say("cli.check.off_basis", names=named))


def _show_made(made: Created) -> None:
    from buuchinh.questions import question_bank

    for path in made.extended:
        print(say("cli.new.extended", path=question_bank.shown(path)))
    for path in made.paths:
        print(say("cli.new.wrote", path=question_bank.shown(path)))
    print(made.next)


def _show_audit(outcome: Audit) -> None:
    """Print a row for each kind of concern and legal basis: as a table on a terminal, as plain lines otherwise."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from buuchinh.text import format_date

    console = Console(highlight=False, soft_wrap=True)
    print(say("cli.audit.title", day=format_date(outcome.day)))
    lines = outcome.lines()
    for title, report in (("cli.audit.course", False), ("cli.audit.report", True)):
        rows = [(_audit_row(line), line.fails) for line in lines if line.report is report]
        if not rows:
            print(f"\n{say(title)}: {say('cli.audit.nothing')}")
        elif console.is_terminal:
            table = Table(title=say(title), title_justify="left")
            for column in ("kind", "basis", "places", "detail"):
                table.add_column(say(f"authoring.audit.column.{column}"), overflow="fold")
            for cells, fails in rows:
                table.add_row(*(Text(cell, style="red" if fails else "") for cell in cells))
            Console(highlight=False).print(table)
        else:
            print(f"\n{say(title)}")
            for cells, _ in rows:
                print("  " + " | ".join(filter(None, cells)))
    console.print(f"\n{say('cli.audit.fails' if outcome.fails else 'cli.audit.passes')}")


def _audit_row(line: AuditLine) -> tuple[str, ...]:
    def counted(counts: dict[str, int]) -> str:
        return ", ".join(say("cli.audit.counted", name=name, count=count) for name, count in counts.items())

    bases = "; ".join(line.bases) if line.report or len(line.bases) == 1 else counted(line.bases)
    places = "; ".join(line.places) if line.fails else counted(line.places)
    kind = say(f"authoring.audit.kind.{line.kind}")
    return say("cli.audit.named", kind=kind) if line.named else kind, bases, places, " ".join(line.details)
