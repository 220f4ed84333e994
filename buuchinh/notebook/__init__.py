"""Functions called in notebook cells: show questions, submit answers, explain errors, draw charts, cite the law."""
