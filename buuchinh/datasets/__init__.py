"""The course's tables: a Data Package on disk, a DataFrame that knows its provenance in a notebook.

Lessons call ``load``, checks call ``read`` (rows that know their line); ``resources`` returns the descriptor, ``check``
every fault of every table at once. Each file is parsed once in a process.
"""

from __future__ import annotations

from buuchinh.datasets.dataset_checks import check
from buuchinh.datasets.descriptor import Field, ForeignKey, Resource, folder, resources
from buuchinh.datasets.frame import load
from buuchinh.datasets.table import Row, Table, made_of, read

__all__ = ["Field", "ForeignKey", "Resource", "Row", "Table", "check", "folder", "load", "made_of", "read", "resources"]
