"""nbgrader's extension points: the steps that ``nbgrader_config.py`` names and nbgrader loads by name."""
