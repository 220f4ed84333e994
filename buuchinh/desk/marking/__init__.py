"""Gather the answers that a person marks, show them without names, and store the marks."""
