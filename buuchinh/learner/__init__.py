"""What a learner sees, written once in JavaScript (``src/``) and bundled for pages and notebooks (``dist/``)."""
