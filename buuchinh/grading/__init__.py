"""Grade a class: run and score its submissions, and record the results as outcomes and in the gradebook."""
