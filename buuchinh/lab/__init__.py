"""JupyterLab as a course: one profile for trainees, one for instructors and authors.

Each profile is a folder that Jupyter reads as a configuration folder (``labconfig/`` and
``custom/``), so nothing is written into the environment and two profiles live side by side.
"""
