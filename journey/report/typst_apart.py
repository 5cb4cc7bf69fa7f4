"""Runs Typst in a process of its own: ``python -P typst_apart.py``, JSON in, PDF or JSON out.

This file is run, not imported, and knows no other of the package. The keyword arguments of
`typst.compile` come as a JSON object on the standard input; the answer is a PDF, or, with exit
status 1, a JSON object with what was wrong.
"""

from __future__ import annotations

import json
import sys

import typst


def main() -> int:
    """Compile, and answer."""
    try:
        sys.stdout.buffer.write(typst.compile(**json.load(sys.stdin)))
    except typst.TypstError as error:
        told = {"message": error.message, "diagnostic": error.diagnostic, "hints": error.hints}
        json.dump(told, sys.stdout)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
