"""``python -m buuchinh``: the command line where no script was installed, as in a trainee's bundle."""

from __future__ import annotations

from buuchinh.cli import main

if __name__ == "__main__":
    main()
