"""Whether single choices measure what they ask: who has not learnt should not find the right option.

``check --items`` prints what these modules count; ``docs/quality.md`` keeps it. Nothing here knows what an option
means: it counts how options look (``blind``, ``guessing``), which are right under another stem (``twins``) and what a
graded question shares with a practice question, whose key a trainee has (``copies``). Who reads the stem alone should
not find it either: what the stem gives away is counted (``stems``), how often those who speak in it are right
(``voices``), and how much feedback says what one believed, why it is different here and what to do (``parted``).
"""
