"""Decide what an instructor should do now, in the order of urgency."""
