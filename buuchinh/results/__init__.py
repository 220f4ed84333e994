"""Present the results of grading: feedback, class reports, item statistics and learning gain."""
