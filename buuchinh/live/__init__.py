"""Pages without code are alive when they open: the lab's server shows and keeps what cells ask, and no kernel runs.

``learner/server/cell_parts`` reads what a cell asks for, ``page`` calls it and keeps its widgets, ``extension`` is what
the Jupyter server loads; ``lab/extensions/buuchinh-lab/static/live.js`` is the page's side.
"""
