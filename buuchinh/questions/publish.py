"""From the author's shape to what goes out: keys left behind, ids made opaque, order fixed by a seed.

An opaque id is a keyed hash of the seed and the author's id, so nobody without the
seed can tell ``o7k2…`` from its author's name, and the same release always gives the
same ids. The scorer obscures the author's question the same way, so answers need no
translation.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter

from buuchinh.questions import pictures
from buuchinh.questions.authored import WITHHELD, AuthoredQuestion, QuestionFile
from buuchinh.questions.model import Question, QuestionSheet

_AUTHORED: TypeAdapter[AuthoredQuestion] = TypeAdapter(AuthoredQuestion)
_PUBLIC: TypeAdapter[Question] = TypeAdapter(Question)
_PRIVATE_FIELDS = WITHHELD | {"keys"}
_Rename = Callable[[str], str]


def obscure(question: AuthoredQuestion, seed: str) -> AuthoredQuestion:
    """Return ``question``, keys included, with opaque option ids in the order that ``seed`` fixes."""
    return _AUTHORED.validate_python(_rearranged(_plain(question), seed, rename=True))


def shuffle(question: AuthoredQuestion, seed: str) -> AuthoredQuestion:
    """Return ``question`` in the order that ``seed`` fixes, ids kept: how practice is shown."""
    return _AUTHORED.validate_python(_rearranged(_plain(question), seed, rename=False))


def publish(question: AuthoredQuestion, seed: str) -> Question:
    """Return the public shape of ``question``: obscured, without keys and notes."""
    return _PUBLIC.validate_python(_without_keys(_rearranged(_plain(question), seed, rename=True)))


def sheet(file: QuestionFile) -> QuestionSheet:
    """Return the public file of one exercise."""
    questions = tuple(publish(question, file.seed) for question in file.questions)
    return QuestionSheet(unit=file.unit, version=file.version, title=file.title, questions=questions)


def public_json(question: Question) -> dict[str, Any]:
    """Return a public question as the JSON that is released and shown."""
    return _PUBLIC.dump_python(question, mode="json", by_alias=True, exclude_defaults=True)  # type: ignore[no-any-return]  # TypeAdapter of a union dumps a dict


def _plain(question: AuthoredQuestion) -> dict[str, Any]:
    return question.model_dump(mode="json", by_alias=True)


def _without_keys(question: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in question.items() if name not in _PRIVATE_FIELDS}
    if question["type"] == "form":
        kept["fields"] = [_without_keys(field) for field in question["fields"]]
    return kept


def _token(seed: str, *path: str) -> str:
    digest = hmac.new(seed.encode("utf-8"), "/".join(path).encode("utf-8"), hashlib.sha256).digest()
    return "o" + base64.b32encode(digest).decode("ascii").lower()[:9]


def _rearranged(question: dict[str, Any], seed: str, *, rename: bool, within: str = "") -> dict[str, Any]:
    """Sort all that is offered by its token and, with ``rename``, put the token in place of the id."""
    name = f"{within}{question['id']}"

    def renamer(place: str) -> _Rename:
        return (lambda one: _token(seed, name, place, one)) if rename else (lambda one: one)

    def arranged(place: str, offered: list[dict[str, Any]]) -> list[dict[str, Any]]:
        ordered = sorted(offered, key=lambda one: _token(seed, name, place, one["id"]))
        return [one | {"id": renamer(place)(one["id"])} for one in ordered]

    match question["type"]:
        case "single" | "multiple" | "picture":
            if question["type"] == "picture":
                names = [one["id"] for one in question["options"]]
                question["svg"] = pictures.with_regions(question["svg"], renamer("options"), names)
            question["options"] = arranged("options", question["options"])
            _rename_choice_keys(question["keys"], renamer("options"))
        case "ordering":
            question["items"] = arranged("items", question["items"])
            _rename_choice_keys(question["keys"], renamer("items"))
        case "matching":
            question["left"] = arranged("left", question["left"])
            question["right"] = arranged("right", question["right"])
            _rename_matching_keys(question["keys"], renamer("left"), renamer("right"))
        case "scenario":
            _rearrange_scenario(question, renamer("nodes"), lambda node: renamer(f"choices/{node}"), seed)
        case "form":
            question["fields"] = [
                _rearranged(field, seed, rename=rename, within=f"{name}/") for field in question["fields"]
            ]
        case _:
            pass
    return question


def _rename_choice_keys(keys: list[dict[str, Any]], rename: _Rename) -> None:
    for key in keys:
        correct = key["correct"]
        key["correct"] = rename(correct) if isinstance(correct, str) else [rename(one) for one in correct]
        key["feedback"] = {rename(one): text for one, text in key["feedback"].items()}


def _rename_matching_keys(keys: list[dict[str, Any]], left: _Rename, right: _Rename) -> None:
    for key in keys:
        key["correct"] = {left(one): right(other) for one, other in key["correct"].items()}
        key["feedback"] = {left(one): text for one, text in key["feedback"].items()}


def _rearrange_scenario(
    question: dict[str, Any], place: _Rename, choice_of: Callable[[str], _Rename], seed: str
) -> None:
    """Nodes and ends share one space of names; choices are sorted and renamed within their node."""
    nodes = {}
    for name, node in question["nodes"].items():
        choice = choice_of(name)
        choices = sorted(node["choices"], key=lambda one: _token(seed, question["id"], name, one["id"]))
        nodes[place(name)] = node | {
            "choices": [one | {"id": choice(one["id"]), "next": place(one["next"])} for one in choices]
        }
    for key in question["keys"]:
        for table in ("correct", "feedback"):
            key[table] = {
                place(name): {choice_of(name)(one): value for one, value in row.items()}
                for name, row in key[table].items()
            }
        key["ends"] = {
            place(name): end | ({"back_to": place(end["back_to"])} if end["back_to"] else {})
            for name, end in key["ends"].items()
        }
    question["start"] = place(question["start"])
    question["nodes"] = dict(sorted(nodes.items()))
    question["ends"] = dict(sorted((place(name), end) for name, end in question["ends"].items()))
