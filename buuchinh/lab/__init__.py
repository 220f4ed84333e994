"""Configure and start JupyterLab, with one profile for trainees and one for instructors and authors.

Each profile is a folder that Jupyter reads as a configuration folder (``labconfig/`` and ``custom/``), so nothing is
written into the environment and both profiles can be used side by side. The kit's own JupyterLab extension adds a
button in both profiles. For trainees only, the extension also suppresses JupyterLab's keyboard shortcuts and shows
pages without code that need no kernel.
"""
