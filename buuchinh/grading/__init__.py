"""From a roster to a report: what the instructor's side does with exercises and hand-ins."""
