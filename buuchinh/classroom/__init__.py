"""The class: roster, trainees' codes, the gradebook's connection."""
