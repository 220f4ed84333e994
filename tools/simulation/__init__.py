"""Simulated incidents to practise data cleaning on: the same bytes from the same seed on every machine.

Nothing here counts anything real. ``clean_incidents`` gives the records before soiling, which careful
cleaning recovers; ``incidents_csv`` gives the soiled table that the repository holds.
"""

from __future__ import annotations

from simulation.dirt import DIRT, Incident
from simulation.incidents import SEED, clean_incidents, incidents_csv, rows

DERIVED = {"datasets/statistics/incidents-simulated.csv": incidents_csv}

__all__ = ["DERIVED", "DIRT", "SEED", "Incident", "clean_incidents", "incidents_csv", "rows"]
