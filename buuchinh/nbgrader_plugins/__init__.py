"""Extend nbgrader: preprocessors named in ``nbgrader_config.py``, which nbgrader loads by name, and server pages."""
