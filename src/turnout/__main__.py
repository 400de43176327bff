"""``python -m turnout`` is the command ``forecast``."""

import sys

# Python puts the current folder first: a typing.py there would be loaded instead of Python's own.
if __name__ == "__main__" and not sys.flags.safe_path:
    del sys.path[0]

from turnout.cli import main

if __name__ == "__main__":
    main()
