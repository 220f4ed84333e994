"""The register of law: texts in force on a date, their successors, and their citation.

A *reference* names a document (``LBC-2010``), an article (``BLTTHS-2015/12``), a clause (``LBC-2010/29.3``) or a point
(``ND282-2025/12.4.dd``, shown as điểm đ); ``@2026-07-01`` after it asks for the text of that day.
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
