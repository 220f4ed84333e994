"""JupyterLab as a course: one profile for trainees, one for instructors and authors.

Each profile is a folder that Jupyter reads as a configuration folder (``labconfig/`` and
``custom/``), so nothing is written into the environment and two profiles live side by side.
``extensions/`` holds the kit's own JupyterLab extension, as JupyterLab loads it: no build. Both
profiles have its button; only trainees have its quiet keyboard, and pages without code that need no kernel.
"""
