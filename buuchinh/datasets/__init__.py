"""Read the course's tables: a Data Package on disk, DataFrames with provenance in notebooks.

Lessons call ``load``; checks call ``read``, whose rows know their line. ``resources`` returns the descriptor, ``check``
every problem in every table. Each file is parsed once per process.
"""

from __future__ import annotations

from buuchinh.datasets.dataset_checks import check
from buuchinh.datasets.descriptor import Field, ForeignKey, Resource, folder, resources
from buuchinh.datasets.frame import load
from buuchinh.datasets.table import Row, Table, made_of, read

__all__ = ["Field", "ForeignKey", "Resource", "Row", "Table", "check", "folder", "load", "made_of", "read", "resources"]
