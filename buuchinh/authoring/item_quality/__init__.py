"""Measure whether single-choice questions test knowledge or can be answered without it.

``check --items`` prints the figures of these modules, and ``docs/quality.md`` stores them. The modules do not know what
an option means. They measure how well the form of an option gives it away (``cues``, ``blind``, ``guessing``), whether
wrong options are right under another stem (``twins``), and how much a graded question resembles a practice question,
whose answer key trainees have (``copies``). They also measure how often the stem reveals the right option (``stems``),
how often people who speak in a stem are right (``voices``), how much wrong choices change a scenario's course
(``scenario_changes``), and the form of the feedback (``formula``, ``feedback_fields``).
"""
