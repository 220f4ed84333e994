"""Run the command line with ``python -m buuchinh`` if no script is installed, as in a trainee's bundle."""

from __future__ import annotations

from buuchinh.cli import main

if __name__ == "__main__":
    main()
