"""Read the course's tables, which are a Data Package on disk and DataFrames with provenance in notebooks.

Lessons call ``load``; checks call ``read``, whose rows know their line numbers. ``resources`` returns the description
of all tables, and ``check`` every problem in them. Each file is parsed once per process.
"""

from __future__ import annotations

from buuchinh.datasets.dataset_checks import check
from buuchinh.datasets.descriptor import Field, ForeignKey, Resource, folder, resources
from buuchinh.datasets.frame import load
from buuchinh.datasets.table import Row, Table, made_of, read

__all__ = ["Field", "ForeignKey", "Resource", "Row", "Table", "check", "folder", "load", "made_of", "read", "resources"]
