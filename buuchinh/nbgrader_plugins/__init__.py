"""nbgrader's extension points, named in ``nbgrader_config.py``: steps that nbgrader loads by name."""
