"""Exams: blueprint, closed pool, test forms drawn and recorded before release, cut scores."""
