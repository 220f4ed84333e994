"""Publication of exercises: sources with keys, stored versions, corrections of released keys, the trainees' bundle."""
