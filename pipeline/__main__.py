"""`python -m pipeline` does what the command `congvan` does."""

import sys

from pipeline.cli import main

if __name__ == "__main__":  # worker processes import this module under another name
    sys.exit(main())
