"""Simulated incidents to practise data cleaning on: the same bytes from the same seed on every machine.

Nothing here counts anything real. ``clean_incidents`` gives the records before soiling, which careful
cleaning recovers; ``incidents_csv`` gives the soiled table that the repository holds.
"""

from __future__ import annotations

from buuchinh.simulation.dirt import DIRT, Incident
from buuchinh.simulation.incidents import SEED, clean_incidents, incidents_csv, rows

__all__ = ["DIRT", "SEED", "Incident", "clean_incidents", "incidents_csv", "rows"]
