"""Whether single choices measure what they ask: who does not read the stem should not find the right option.

``check --items`` prints what these modules count; ``docs/quality.md`` keeps it. Nothing here knows what an option
means: it counts how options look (``blind``, ``guessing``), which are right under another stem (``twins``) and what a
graded question shares with a practice question, whose key a trainee has (``copies``).
"""
