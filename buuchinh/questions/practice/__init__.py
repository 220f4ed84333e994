"""Practise without points: short tests, spaced repetition, and questions as of another day."""
