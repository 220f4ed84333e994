"""Read and validate the contents of campaign sheets: YAML files in ``campaign/texts/`` with their legal basis.

A sheet is a list of blocks of a few kinds; the template determines their look. The line of each string in the file is
known, so that ``check`` and ``audit`` can report it.
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
"""The quick quiz for customers: five questions in the format of any question file."""
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Steps = tuple[int | str, ...]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SheetLine(_Strict):
    """One line: ``text`` first, ``more`` after it; ``provisions`` are its legal basis."""

    text: Text
    more: Text | None = None
    provisions: tuple[str, ...] = ()


class Points(_Strict):
    """Lines one below the other: ``steps`` are numbered, ``danger`` has a frame.

    A ``danger`` block without a title begins with the signs of the table of emergencies.
    """

    kind: Literal["steps", "points", "danger"]
    title: Text | None = None
    lines: tuple[SheetLine, ...] = Field(min_length=1)


class Paragraph(_Strict):
    """A paragraph; ``lead`` is the large one at the top."""

    kind: Literal["lead", "note"]
    text: Text
    provisions: tuple[str, ...] = ()


class EmergencyNumbers(_Strict):
    """The emergency numbers, taken from the table of law, since sheets never contain numbers of their own."""

    kind: Literal["numbers"]
    title: Text


class Fields(_Strict):
    """Blanks to be filled in by hand, each behind its label."""

    kind: Literal["fields"]
    title: Text | None = None
    labels: tuple[Text, ...] = Field(min_length=1)


class BlankTable(_Strict):
    """A table; a row shorter than the header is filled with empty cells, ``empty`` rows follow."""

    kind: Literal["table"]
    title: Text | None = None
    columns: tuple[Text, ...] = Field(min_length=2)
    rows: tuple[tuple[Text, ...], ...] = ()
    empty: int = Field(default=0, ge=0, le=30)
    provisions: tuple[str, ...] = ()


class Message(_Strict):
    """A message to copy into a group chat; ``link`` adds the address of a page below it, if the course has one."""

    kind: Literal["message"]
    title: Text
    lines: tuple[SheetLine, ...] = Field(min_length=1)
    link: Literal["", "start", "quiz", "goods", "shift"] = ""


Block = Annotated[Points | Paragraph | EmergencyNumbers | Fields | BlankTable | Message, Field(discriminator="kind")]


class CampaignSheet(_Strict):
    """One sheet; ``code`` is the target of its QR code, and ``nameless`` sheets ask for no name."""

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
    """One string of a sheet with its file (``path``), 1-based ``line`` and cited ``provisions``."""

    path: str
    line: int
    text: str
    provisions: tuple[str, ...]


@dataclass(frozen=True)
class SheetFile:
    """A sheet and the parsed tree of its file, which provides line numbers."""

    path: Path
    sheet: CampaignSheet
    tree: Any

    @property
    def shown(self) -> str:
        """The path for display, relative to the course folder."""
        return f"{FOLDER}/{self.path.name}"

    def line(self, *steps: int | str) -> int:
        """Return the 1-based line of the entry reached by ``steps`` (keys and indices)."""
        return yaml_lines.line_of(self.tree, steps)

    def texts(self) -> Iterator[SheetText]:
        """Yield every string of the sheet with its line."""
        yield SheetText(self.shown, self.line("title"), self.sheet.title, ())
        for number, block in enumerate(self.sheet.blocks):
            for steps, text, provisions in _texts(block):
                yield SheetText(self.shown, self.line("blocks", number, *steps), text, provisions)


def paths() -> list[Path]:
    """Return the files of all sheets, sorted; empty if the course has no campaign."""
    return sorted((course.root() / FOLDER).glob("*.yml"))


def quiz_path() -> Path | None:
    """Return the file of the quick quiz, or None if the course has none."""
    path = course.root() / QUIZ
    return path if path.is_file() else None


def sheets() -> list[SheetFile]:
    """Return every sheet; raise ``KitError`` with every fault in them, each with its file and line."""
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
        raise KitError([Problem(shown, 0, say("campaign.not_yaml", reason="UTF-8"))]) from error
    except yaml_lines.NotYaml as error:
        raise KitError([Problem(shown, error.line, say("campaign.not_yaml", reason=error.reason))]) from error
    except ValidationError as error:
        raise KitError(list(dict.fromkeys(_faults(shown, tree, error)))) from error
    if sheet.id != path.stem:
        raise KitError([Problem(shown, yaml_lines.line_of(tree, ("id",)), say("campaign.wrong_id", name=path.stem))])
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
