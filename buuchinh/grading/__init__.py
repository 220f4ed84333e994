"""Grade a class: run, score, write the gradebook, remember outcomes."""
