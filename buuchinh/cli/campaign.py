"""Define the command for the campaign's organisers, which prints results by office without names."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from buuchinh.messages import say
from buuchinh.text import visible

if TYPE_CHECKING:
    from buuchinh.results.campaign_results import Summary
    from buuchinh.spreadsheet import Cell


def register(app: typer.Typer) -> None:
    """Add ``campaign`` to ``app``."""

    @app.command(help=say("cli.campaign.help"))
    def campaign(
        folder: Annotated[Path, typer.Argument(help=say("cli.campaign.folder"), show_default=False)],
        csv: Annotated[Path | None, typer.Option(help=say("cli.campaign.csv"), show_default=False)] = None,
    ) -> None:
        from buuchinh.files import write_bytes
        from buuchinh.results import campaign_results
        from buuchinh.spreadsheet import as_csv

        summary = campaign_results.summed_up(folder)
        rows = campaign_results.table(summary)
        if summary.rows:
            _show(rows)
            print(say("cli.campaign.caution"))
        else:
            print(say("cli.campaign.nothing"))
        if summary.pooled:
            print(say("cli.campaign.pooled"))
        if summary.left_out:
            print(say("cli.campaign.left_out"))
        _show_bad(summary)
        if csv and summary.rows:
            write_bytes(csv, as_csv(rows))
            print(say("cli.campaign.written", path=csv))


def _show(rows: list[list[Cell]]) -> None:
    """Print the rows as a table on a terminal, or as plain lines otherwise; the first of ``rows`` is the header."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    text = [["" if cell is None else visible(str(cell)) for cell in row] for row in rows]
    if not console.is_terminal:
        print("\n".join(" | ".join(row) for row in text))
        return
    table = Table(*text[0])
    for before, row in pairwise(text):
        name = "" if row[0] == before[0] else row[0]
        table.add_row(*(Text(cell) for cell in (name, *row[1:])))
    console.print(table)


def _show_bad(summary: Summary) -> None:
    """Print each file that could not be used on its own line on stderr."""
    import sys

    if summary.bad:
        print(say("cli.campaign.bad", count=len(summary.bad)), file=sys.stderr)
    for file in summary.bad:
        print(visible(f"  {file.path}: {file.words}"), file=sys.stderr)
