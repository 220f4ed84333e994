"""Write questions for learning management systems, with their answer keys: for authors, never for trainees."""
