"""Functions for notebook cells: questions, submissions, the start page, the submission button, citations."""
