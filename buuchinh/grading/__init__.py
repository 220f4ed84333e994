"""Grade a class: execute and score its submissions, and record them in the gradebook and as outcomes."""
