"""`python -m casebook`: the same as the command `casebook`."""

from __future__ import annotations

import sys

from casebook.cli import main

if __name__ == "__main__":
    sys.exit(main())
