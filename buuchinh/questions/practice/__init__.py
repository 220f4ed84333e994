"""Provide practice without points: short tests, spaced repetition, and questions about the law of another day."""
