"""``python -m journey``."""

from journey.cli import main

main()
