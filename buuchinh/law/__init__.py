"""Look up legal documents and provisions in the law register, as they read on a given day, and cite them.

A *reference* names a document (``LBC-2010``), an article (``BLTTHS-2015/12``), a clause (``LBC-2010/29.3``) or a point
(``ND282-2025/12.4.dd``, displayed as điểm đ). A reference may end in a day: ``LBC-2010/29.3@2026-07-01`` asks for the
wording in force on that day.
"""

from __future__ import annotations

from buuchinh.law.citation import cite, cite_together, confidence_words, status_words
from buuchinh.law.emergency_acts import EmergencyAct, acts, all_acts, person, sign_line
from buuchinh.law.emergency_numbers import EmergencyNumber, all_numbers, named_in, numbers_on
from buuchinh.law.law_checks import check
from buuchinh.law.law_register import (
    Document,
    Force,
    Provision,
    all_documents,
    all_provisions,
    document,
    histories,
    in_force,
    periods,
    provision,
)
from buuchinh.law.references import Reference, parse, references_in
from buuchinh.law.timeline import timeline

__all__ = [
    "Document",
    "EmergencyAct",
    "EmergencyNumber",
    "Force",
    "Provision",
    "Reference",
    "acts",
    "all_acts",
    "all_documents",
    "all_numbers",
    "all_provisions",
    "check",
    "cite",
    "cite_together",
    "confidence_words",
    "document",
    "histories",
    "in_force",
    "named_in",
    "numbers_on",
    "parse",
    "periods",
    "person",
    "provision",
    "references_in",
    "sign_line",
    "status_words",
    "timeline",
]
