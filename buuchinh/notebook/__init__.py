"""Functions for notebook cells: questions, submissions, start page, hand-in, citations."""
