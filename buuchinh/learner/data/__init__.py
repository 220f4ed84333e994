"""Payloads of screens, on pages and in notebooks: JSON by unit, without keys of graded questions."""
