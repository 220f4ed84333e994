"""What several test files share: small courses, hand-ins, trainees, browsers."""
