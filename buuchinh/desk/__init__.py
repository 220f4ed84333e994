"""Serve the instructor's desk: one page on which a class is taken in, graded, sent feedback and looked after."""
