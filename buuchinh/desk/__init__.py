"""The instructor's desk: a page of the instructor's Jupyter server, on which a click does what a command does."""
