"""Build the JSON payloads of screens, for the site and for notebooks, without answer keys of graded questions."""
