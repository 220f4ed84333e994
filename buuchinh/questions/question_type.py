"""What a type of question says of itself: its shapes, its traits, and what other rooms need to know of it.

Each folder of ``types/`` gives one ``TYPE`` of this class. Another room never asks which type a question is; it
asks for a trait or calls a function. Where most types do nothing, so does the default.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from buuchinh.questions import answer_lines, reading

if TYPE_CHECKING:
    from buuchinh.questions.answer_lines import Line
    from buuchinh.questions.arrangement import Arrangement
    from buuchinh.questions.asked import Asked
    from buuchinh.questions.offers import Offer
    from buuchinh.questions.reading import Reading
    from buuchinh.questions.scored import Score

_Remarks = Sequence[Mapping[str, Any]]


def _as_it_is(*_: Any) -> None:
    """Change nothing."""


def _none(*_: Any) -> Iterator[Any]:
    return iter(())


def _never(*_: Any) -> bool:
    return False


def _no_text(*_: Any) -> str:
    return ""


def _stem(question: Any) -> str:
    return str(question.stem)


@dataclass(frozen=True, kw_only=True)
class QuestionType:
    """One type of question. ``place`` orders types where people see them; equal places go by name.

    Shapes (pydantic models with ``type: Literal[name]``): ``public`` has no room for a key; ``authored`` is the
    author's, with keys and notes; ``field`` is the author's within a form, None where the type may not stand in one.

    Traits: ``scored`` (there are points), ``short`` (answered in a minute, so follow-up packs hold it),
    ``may_stand_in_exam`` (a machine alone scores it and one answers without code), ``has_options`` (the answer is
    one option or several), ``typed`` (answered by typing), ``from_code`` (answered by ``values`` that code hands in),
    ``inner`` (the field that holds questions of their own: ``fields`` of a form). ``authors_fields`` never go out,
    ``filled_in`` are those that no author writes, since reading makes them; ``read_fields`` are those whose words a
    trainee reads, beside stem, title, text and feedback.

    Functions: ``score(question, answer, day)``; ``rearrange(question, arrangement)`` puts a question in JSON form,
    keys included, into the order and under the ids that go out; ``standin(question, words)`` gives HTML of what is
    offered, of a public question in JSON form; ``left_open(question, answer)`` says whether an answer to a public
    question lacks a part that is asked for; ``told_back(question, answer, remarks, parts)`` shows an answer
    again; ``offers(question, key)`` feeds the rules of ``check``; ``reading(question, key)`` is
    what is read of it, with the feedback where there is a key; ``files(question)`` names the files that it shows;
    ``stem_for_judges``, ``shown_to_judges(question)`` (what it offers) and ``key_to_judges(question, key)`` are for
    a standard setting; ``by_hand``, ``is_task`` and ``tells_a_story`` say whether a person grades it, grades it with
    the cells around it, and whether it needs a story before it can ask.
    """

    name: str
    place: int
    public: type[Asked]
    authored: type[Asked]
    score: Callable[[Any, Any, date], Score]
    field: type[Asked] | None = None
    scored: bool = True
    short: bool = False
    may_stand_in_exam: bool = False
    has_options: bool = False
    typed: bool = False
    from_code: bool = False
    inner: str | None = None
    authors_fields: frozenset[str] = frozenset()
    filled_in: frozenset[str] = frozenset()
    read_fields: frozenset[str] = frozenset()
    rearrange: Callable[[dict[str, Any], Arrangement], None] = _as_it_is
    standin: Callable[[Mapping[str, Any], Mapping[str, Any]], str] = _no_text
    left_open: Callable[[Any, Any], bool] = _never
    told_back: Callable[[Any, Any, _Remarks, Mapping[str, Any]], list[Line]] = answer_lines.of_written
    offers: Callable[[Any, Any], Iterable[Offer]] = _none
    reading: Callable[[Any, Any], Reading] = reading.of_one
    files: Callable[[Any], Iterable[str]] = _none
    stem_for_judges: Callable[[Any], str] = _stem
    shown_to_judges: Callable[[Any], str] = _no_text
    key_to_judges: Callable[[Any, Any], Iterable[str]] = _none
    by_hand: Callable[[Any], bool] = _never
    is_task: Callable[[Any], bool] = _never
    tells_a_story: Callable[[Any], bool] = _never

    @property
    def may_stand_in_form(self) -> bool:
        """Whether a form may have a field of this type."""
        return self.field is not None
