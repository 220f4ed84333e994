"""Simulated incidents to practise data cleaning on: the same bytes from the same seed on every machine.

No data here are real. ``clean_incidents`` returns the records before soiling, which careful cleaning
recovers; ``incidents_csv`` returns the soiled table of the repository.
"""

from __future__ import annotations

from simulation.dirt import DIRT, Incident
from simulation.incidents import SEED, clean_incidents, incidents_csv, rows

DERIVED = {"datasets/statistics/incidents-simulated.csv": incidents_csv}

__all__ = ["DERIVED", "DIRT", "SEED", "Incident", "clean_incidents", "incidents_csv", "rows"]
