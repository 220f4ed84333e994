"""Simulate incidents for practising data cleaning; the same seed gives the same bytes on every machine.

None of the data are real. ``clean_incidents`` returns the records before soiling, which careful cleaning recovers;
``incidents_csv`` returns the soiled table in the repository.
"""

from __future__ import annotations

from simulation.dirt import DIRT, Incident
from simulation.incidents import SEED, clean_incidents, incidents_csv, rows

DERIVED = {"datasets/statistics/incidents-simulated.csv": incidents_csv}

__all__ = ["DERIVED", "DIRT", "SEED", "Incident", "clean_incidents", "incidents_csv", "rows"]
