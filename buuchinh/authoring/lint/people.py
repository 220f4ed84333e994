"""Check safety rules: the emergency call comes before the report, and a harmful scenario end is labelled dangerous.

The rules search for words (listed in ``words.toml``), so they find obvious faults but not all faults.
"""

from __future__ import annotations

from collections.abc import Iterator

from buuchinh import law
from buuchinh.authoring.foundations import keyed
from buuchinh.authoring.lint.duties import sentences
from buuchinh.authoring.lint.item import Item, ItemFault
from buuchinh.authoring.lint.wordlists import any_of


def call_first(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each right answer that informs the office before, or instead of, an emergency number."""
    for offer in item.offers():
        for number, (name, text) in enumerate(offer.options):
            if name in offer.right and office_first(text, danger=offer.one and _danger(item.question.stem)):
                yield ItemFault((*offer.steps, number, "text"), {"text": text})
    for _, part, steps in keyed(item.question):
        texts = {row.id: row.text for row in getattr(part, "items", ())}
        for key in part.keys if texts else ():
            order = [texts[name] for name in key.correct]
            call = next((number for number, text in enumerate(order) if _calls(text)), len(order))
            if (call < len(order) and any(map(_heads, order[:call]))) or any(map(_leaves, order[call + 1 :])):
                yield ItemFault((*item.place, *steps, "items"), {"text": " → ".join(order)})
        for side in ("left", "right"):
            for number, row in enumerate(getattr(part, side, ())):
                if row.text and office_first(row.text, danger=_danger(row.text)):
                    yield ItemFault((*item.place, *steps, side, number, "text"), {"text": row.text})


def office_first(text: str, *, danger: bool) -> bool:
    """Whether ``text`` informs the office before calling an emergency number or, in ``danger``, without calling one."""
    head = any_of("call-first", "heads").search(text)
    if head is None or any_of("call-first", "done").search(text):
        return False
    return not _calls(text[: head.start()]) if _calls(text) else danger


def number_cue(item: Item) -> Iterator[ItemFault]:
    """Yield a fault if only some options of a choice contain an emergency number, which would be a cue."""
    for offer in {offer.places: offer for offer in item.offers()}.values():
        calling = [_calls(text) for _, text in offer.options]
        if any(calling) and not all(calling):
            number = calling.index(True)
            yield ItemFault((*offer.places[number], "text"), {"text": offer.options[number][1]})


def powder_call(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each sentence on unknown powder that names some, but not all, of the numbers to call."""
    for passage in item.texts:
        for sentence in half_called(passage.text):
            yield ItemFault(passage.steps, {"words": sentence})


def half_called(text: str) -> Iterator[str]:
    """Yield each sentence that mentions powder and names some, but not all, of the emergency numbers to call for it."""
    powder = any_of("powder-call", "signs")
    numbers = {row.number for row in law.all_numbers() if row.to is None and powder.search(row.short)}
    for sentence in sentences(text):
        if powder.search(sentence) and 0 < len(numbers & set(law.named_in(sentence))) < len(numbers):
            yield sentence


def danger_end(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each scenario end that describes people in danger but is not of kind "danger"."""
    for foundation in item.founded:
        ends = getattr(foundation.key, "ends", None) or {}
        for name, end in ends.items():
            if end.kind == "danger":
                continue
            for text in (item.end_text(name), end.feedback):
                harm = any_of("danger-end", "harm").search(text)
                if harm:
                    yield ItemFault((*foundation.steps, "ends", name, "kind"), {"name": name, "words": harm[0]})
                    break


def telling_end(item: Item) -> Iterator[ItemFault]:
    """Yield a fault for each scenario end whose text, which is public, passes judgement on the choices made."""
    for name in getattr(item.question, "ends", None) or {}:
        verdict = any_of("telling-end", "words", whole_words=True).search(item.end_text(name))
        if verdict:
            yield ItemFault((*item.place, "ends", name, "text"), {"name": name, "words": verdict[0]})


def _danger(text: str) -> bool:
    return bool(any_of("call-first", "signs").search(text))


def _calls(text: str) -> bool:
    return bool(law.named_in(text))


def _heads(text: str) -> bool:
    return bool(any_of("call-first", "heads").search(text))


def _leaves(text: str) -> bool:
    return bool(any_of("call-first", "leaving").search(text))


RULES = {
    "call-first": call_first,
    "number-cue": number_cue,
    "powder-call": powder_call,
    "danger-end": danger_end,
    "telling-end": telling_end,
}
