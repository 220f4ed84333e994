"""Render campaign sheets as printable, self-contained HTML pages, with a QR code if the sheet links to the website.

``campaign/to-in/<id>.html`` is derived from ``campaign/texts/<id>.yml`` and the course settings, and does not depend on
the current date.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from buuchinh import course, law, pages, routes
from buuchinh.campaign import square_code
from buuchinh.campaign.sheet_texts import Message, SheetFile
from buuchinh.messages import say, section
from buuchinh.text import format_date, raised

PAGES = "campaign/to-in"
ROUTES: dict[str, str] = {
    "start": "",
    "quiz": routes.QUICK_QUIZ,
    "goods": routes.GOODS,
    "shift": routes.ALONE_LIST,
}
"""Maps the pages to which a sheet's QR code may lead to their routes on the website."""
_TEMPLATE = Path(__file__).with_name("sheet.html.j2")


def page_path(sheet_id: str) -> str:
    """Return the path of a sheet's HTML page, relative to the course folder."""
    return f"{PAGES}/{sheet_id}.html"


def page(written: SheetFile) -> str:
    """Return a sheet as an HTML page; raise ``ImportError`` if a QR code is needed and segno is not installed."""
    settings, sheet = course.settings(), written.sheet
    words = section("campaign.sheet")
    address = settings.site.address(ROUTES[sheet.code]) if sheet.code else ""
    code = square_code.drawing(address) if address else ""
    messages = any(isinstance(block, Message) for block in sheet.blocks)
    return (
        pages.template(_TEMPLATE).render(
            sheet=sheet,
            course=settings.title,
            words=words,
            print=say("campaign.sheet.print", paper=sheet.paper),
            numbers=law.numbers_on(settings.reviewed_on),
            signs=raised(law.sign_line()),
            beside={act.calls[0]: raised(act.text) for act in law.acts("person")},
            address=address,
            code=code,
            code_alt=say("campaign.sheet.code_alt", address=address),
            no_code=words["no_code"] if sheet.code and not address else "",
            links={name: settings.site.address(route) for name, route in ROUTES.items()},
            basis="" if messages else law.cite_together(_refs(written), settings.reviewed_on),
            cited={
                number: law.cite_together(_of_block(block), settings.reviewed_on)
                for number, block in enumerate(sheet.blocks)
            },
            script=_script(words) if messages else "",
            reviewed=say("campaign.sheet.reviewed", day=format_date(settings.reviewed_on), version=settings.version),
            made=say("campaign.sheet.made", path=written.shown),
        )
        + "\n"
    )


def _refs(written: SheetFile) -> list[str]:
    """Return the provisions cited by a sheet and by the emergency numbers on the sheet, without duplicates."""
    refs = [ref for text in written.texts() for ref in text.provisions]
    if any(block.kind == "numbers" for block in written.sheet.blocks):
        refs += [one.provision for one in law.numbers_on(course.settings().reviewed_on)]
    return list(dict.fromkeys(refs))


def _of_block(block: Any) -> list[str]:
    lines = getattr(block, "lines", ())
    return list(dict.fromkeys(ref for line in lines for ref in line.provisions))


def _script(words: dict[str, str]) -> str:
    """Return the JavaScript that copies a message or, if the browser forbids copying, selects the message."""
    data = pages.inline_json({name: words[name] for name in ("copied", "by_hand")})
    text = (Path(__file__).with_name("copying.js")).read_text(encoding="utf-8")
    return f"const WORDS = {data};\n{text}"
