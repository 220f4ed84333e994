"""What screens are given, on pages and in notebooks: JSON by unit, and no key of a graded question."""
