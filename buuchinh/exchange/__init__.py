"""Exchange units, submissions and feedback over nbgrader's folder on a shared disk, as on a JupyterHub."""
