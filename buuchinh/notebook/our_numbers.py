"""``our_numbers()``: shows whom to call in one's own office, from a file that stays on this machine (``office``)."""

from __future__ import annotations

from dataclasses import asdict

from buuchinh import office
from buuchinh.messages import section
from buuchinh.notebook.parts import Part, shown

ITEMS = ("police", "head", "deputy", "duty", "meeting_point", "fan_switch", "posted_list", "procedure")


def our_numbers() -> None:
    """Show the office's numbers, or how to fill them in; what is wrong with the file is said and the rest shown."""
    values = office.sound()
    lines = [asdict(line) for line in office.lines(values, ITEMS)] if values else []
    faults = [str(problem) for problem in office.faults()]
    shown(
        OurNumbers(payload={"words": section("notebook")["our_numbers"], "lines": lines, "faults": faults}),
        "our_numbers",
    )


class OurNumbers(Part):
    """A short list; nothing of it is written into the notebook."""

    _esm = Part.script("our_numbers.js")
