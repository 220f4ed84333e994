"""Drills with pictures of parcels that are composed of parts, and their series."""
