"""Receive files, and gather what was taken in and what of it needs a decision."""
