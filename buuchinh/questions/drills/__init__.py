"""Run drills with series of parcel pictures that are composed of parts."""
