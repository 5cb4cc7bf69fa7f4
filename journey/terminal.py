"""Writing to the terminal: results on stdout, messages on stderr."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from journey.errors import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

NARROWEST, WIDEST = 92, 200


def show(parts: Iterable[RenderableType]) -> None:
    """Write tables and lines of text to stdout."""
    # Loaded here, since help must come at once.
    from rich.console import Console  # noqa: PLC0415

    # A name stands as it is written: nothing in it is an emoji's code, and nothing is coloured.
    console = Console(highlight=False, emoji=False)
    # A pipe has no width; and a number cut off by a narrow terminal would be a wrong number.
    console.width = max(NARROWEST, console.width) if console.is_terminal else WIDEST
    for part in parts:
        console.print(part)


def say(message: str, *, quiet: bool) -> None:
    """Write a message to stderr, unless it is to be quiet."""
    if not quiet:
        print(printable(message), file=sys.stderr)  # noqa: T201


def fail(message: str, status: int) -> int:
    """Write an error as one line to stderr and return the exit status."""
    print(f"journey: {printable(' '.join(message.split()))}", file=sys.stderr)  # noqa: T201
    return status


def abandon_stdout() -> None:
    """Give up on stdout: what could not be written would be tried again at exit, and fail."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
