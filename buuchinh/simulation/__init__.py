"""Made-up incidents to practise on: the same bytes from the same seed on every machine.

Nothing here is a count of anything real. ``clean_incidents`` is the truth that a careful
person finds again, ``incidents_csv`` the table as a careless office might have kept it.
"""

from __future__ import annotations

from buuchinh.simulation.dirt import DIRT, Incident
from buuchinh.simulation.incidents import SEED, clean_incidents, incidents_csv, rows

__all__ = ["DIRT", "SEED", "Incident", "clean_incidents", "incidents_csv", "rows"]
