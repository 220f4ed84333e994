"""The Jupyter server's side of a notebook: what its screens are given and what they keep, by HTTP or by a call."""
