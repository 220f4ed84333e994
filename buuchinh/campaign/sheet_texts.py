"""Read and validate campaign sheets, which are written as YAML files in ``campaign/texts/`` and cite their legal basis.

A sheet is a list of blocks of a few kinds; the template determines what they look like. Each string's line in the file
is known, so that ``check`` and ``audit`` can report it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from buuchinh import course, yaml_lines
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say
from buuchinh.parsed import parsed

FOLDER = "campaign/texts"
QUIZ = "campaign/donhanh.yml"
"""Quick quiz for customers: five questions in the usual format of question files."""
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Steps = tuple[int | str, ...]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SheetLine(_Strict):
    """One line of a block: ``text`` followed by ``more``, if any; ``provisions`` are the line's legal basis."""

    text: Text
    more: Text | None = None
    provisions: tuple[str, ...] = ()


class Points(_Strict):
    """A list of lines: ``steps`` are numbered, ``points`` have bullets, and ``danger`` is numbered and framed.

    A ``danger`` block without a title begins with the warning signs listed in the table of emergencies.
    """

    kind: Literal["steps", "points", "danger"]
    title: Text | None = None
    lines: tuple[SheetLine, ...] = Field(min_length=1)


class Paragraph(_Strict):
    """A paragraph; the kind ``lead`` is set in large type at the top of the sheet."""

    kind: Literal["lead", "note"]
    text: Text
    provisions: tuple[str, ...] = ()


class EmergencyNumbers(_Strict):
    """The emergency telephone numbers, taken from the legal tables, since sheets never state numbers themselves."""

    kind: Literal["numbers"]
    title: Text


class Fields(_Strict):
    """Labelled blanks to be filled in by hand."""

    kind: Literal["fields"]
    title: Text | None = None
    labels: tuple[Text, ...] = Field(min_length=1)


class BlankTable(_Strict):
    """A table to be filled in by hand: ``rows``, followed by ``empty`` blank rows.

    A row shorter than the header is extended with empty cells.
    """

    kind: Literal["table"]
    title: Text | None = None
    columns: tuple[Text, ...] = Field(min_length=2)
    rows: tuple[tuple[Text, ...], ...] = ()
    empty: int = Field(default=0, ge=0, le=30)
    provisions: tuple[str, ...] = ()


class Message(_Strict):
    """A message to copy into a group chat; ``link`` adds a page's address below it, if the course has a website."""

    kind: Literal["message"]
    title: Text
    lines: tuple[SheetLine, ...] = Field(min_length=1)
    link: Literal["", "start", "quiz", "goods", "shift"] = ""


Block = Annotated[Points | Paragraph | EmergencyNumbers | Fields | BlankTable | Message, Field(discriminator="kind")]


class CampaignSheet(_Strict):
    """A campaign sheet; ``code`` names the page to which its QR code leads, and ``nameless`` sheets ask for no name."""

    id: Id
    title: Text
    audience: Literal["customers", "staff", "head"]
    paper: Literal["A4", "A5"] = "A4"
    code: Literal["", "start", "quiz", "goods", "shift"] = ""
    code_label: Text | None = None
    nameless: bool = False
    blocks: tuple[Block, ...] = Field(min_length=1)


@dataclass(frozen=True)
class SheetText:
    """A string in a sheet, with the file's displayed ``path``, the 1-based ``line`` and the cited ``provisions``."""

    path: str
    line: int
    text: str
    provisions: tuple[str, ...]


@dataclass(frozen=True)
class SheetFile:
    """A sheet, and its file's parsed YAML tree, which provides line numbers."""

    path: Path
    sheet: CampaignSheet
    tree: Any

    @property
    def shown(self) -> str:
        """The file's path relative to the course folder, for display."""
        return f"{FOLDER}/{self.path.name}"

    def line(self, *steps: int | str) -> int:
        """Return the 1-based line of the entry to which ``steps`` (keys and 0-based indices) lead."""
        return yaml_lines.line_of(self.tree, steps)

    def texts(self) -> Iterator[SheetText]:
        """Yield all strings in the sheet, each with its line and cited provisions."""
        yield SheetText(self.shown, self.line("title"), self.sheet.title, ())
        for number, block in enumerate(self.sheet.blocks):
            for steps, text, provisions in _texts(block):
                yield SheetText(self.shown, self.line("blocks", number, *steps), text, provisions)


def paths() -> list[Path]:
    """Return the sorted paths of all sheets' YAML files, or [] if the course has no campaign."""
    return sorted((course.root() / FOLDER).glob("*.yml"))


def quiz_path() -> Path | None:
    """Return the path of the quick quiz's question file, or None if the course has no quick quiz."""
    path = course.root() / QUIZ
    return path if path.is_file() else None


def sheets() -> list[SheetFile]:
    """Read all sheets; raise ``KitError`` if any has faults, naming every fault with its file and line."""
    files: list[SheetFile] = []
    problems: list[Problem] = []
    for path in paths():
        try:
            files.append(parsed(_read, path))
        except KitError as error:
            problems += error.problems
    if problems:
        raise KitError(problems)
    return files


def _read(path: Path) -> SheetFile:
    shown = f"{FOLDER}/{path.name}"
    try:
        tree = yaml_lines.parse(path.read_text(encoding="utf-8-sig"))
        sheet = CampaignSheet.model_validate(tree)
    except UnicodeDecodeError as error:
        raise KitError(say("campaign.not_yaml", reason="UTF-8"), path=shown) from error
    except yaml_lines.NotYaml as error:
        raise KitError(say("campaign.not_yaml", reason=error.reason), path=shown, line=error.line) from error
    except ValidationError as error:
        raise KitError(list(dict.fromkeys(_faults(shown, tree, error)))) from error
    if sheet.id != path.stem:
        raise KitError(say("campaign.wrong_id", name=path.stem), path=shown, line=yaml_lines.line_of(tree, ("id",)))
    return SheetFile(path, sheet, tree)


def _faults(shown: str, tree: Any, error: ValidationError) -> Iterator[Problem]:
    for fault in error.errors():
        steps = tuple(step for step in fault["loc"] if not isinstance(step, str) or step not in _KINDS)
        key = ".".join(map(str, steps)) or "-"
        word = "missing" if fault["type"] == "missing" else "unknown" if fault["type"] == "extra_forbidden" else "bad"
        yield Problem(shown, yaml_lines.line_of(tree, steps), say(f"campaign.field.{word}", name=key))


_KINDS = frozenset({"steps", "points", "danger", "lead", "note", "numbers", "fields", "table", "message"})


def _texts(
    block: Points | Paragraph | EmergencyNumbers | Fields | BlankTable | Message,
) -> Iterator[tuple[Steps, str, tuple[str, ...]]]:
    if isinstance(block, Paragraph):
        yield ("text",), block.text, block.provisions
        return
    if block.title:
        yield ("title",), block.title, ()
    if isinstance(block, Points | Message):
        for number, line in enumerate(block.lines):
            yield ("lines", number), f"{line.text} {line.more or ''}".strip(), line.provisions
    elif isinstance(block, Fields):
        yield from ((("labels", number), label, ()) for number, label in enumerate(block.labels))
    elif isinstance(block, BlankTable):
        yield ("columns",), " · ".join(block.columns), ()
        for number, row in enumerate(block.rows):
            yield ("rows", number), " · ".join(row), block.provisions
