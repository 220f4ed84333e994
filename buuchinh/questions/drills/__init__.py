"""Run drills: timed series of parcel pictures, composed of parts, in which trainees look for signs of danger."""
