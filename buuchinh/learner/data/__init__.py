"""Payloads of screens, for pages and notebooks: JSON for each unit, without keys of graded questions."""
