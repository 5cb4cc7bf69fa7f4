"""The command line: data on stdout, messages on stderr, one line for each error."""

from __future__ import annotations

from journey.cli.entry import main, run

__all__ = ["main", "run"]
