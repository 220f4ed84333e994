"""After grading: feedback, reports, item statistics, learning gain."""
