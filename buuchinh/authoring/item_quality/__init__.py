"""Statistics of whether single choices measure knowledge: without it nobody should find the right option.

``check --items`` prints the counts of these modules; ``docs/quality.md`` stores them. Nothing here knows what an option
means: the modules count how options look (``blind``, ``guessing``), which are right under another stem (``twins``) and
what a graded question shares with a practice question, whose key a trainee has (``copies``). The stem alone should not
reveal the right option either: its cues are counted (``stems``), how often the people who speak in it are right
(``voices``), and how much feedback states the belief, the reason and the action in three fields (``feedback_fields``).
"""
