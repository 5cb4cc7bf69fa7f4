"""The exceptions of journey: one line each, with the value, what was expected and the remedy."""

from __future__ import annotations

import difflib
from contextlib import contextmanager
from datetime import date
from operator import index
from typing import TYPE_CHECKING, SupportsIndex
from unicodedata import category

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
LONGEST_SHOWN = 80
DEEPEST_SHOWN = 2


class JourneyError(Exception):
    """Anything a caller can put right; the message is one line and names the remedy.

    Examples
    --------
    >>> import journey
    >>> try:
    ...     journey.load_network().station("Hasan")
    ... except journey.JourneyError as error:
    ...     print(error)
    'Hasan' is no station of the network; did you mean Khasan, Chasan or Raksan?
    """

    exit_status = 2


class InputError(JourneyError, ValueError):
    """A value, an argument or a file that cannot be used as it stands."""


class ImpossibleError(InputError):
    """Reports that are held for certain, of which no journey is."""


class UnknownPlaceError(InputError):
    """A place, line or scenario name that nothing is known by."""


class NoRouteError(JourneyError):
    """Two places that no track of the network connects."""

    exit_status = 3


class StalledError(JourneyError):
    """A train that resistance and gradient bring to a stand, or do not let start."""


class OutputError(JourneyError, OSError):
    """A file that could not be written; whatever stood there before still does."""


@contextmanager
def naming(where: str) -> Iterator[None]:
    """Put a file or a key before the message of any error raised within."""
    try:
        yield
    except JourneyError as error:
        raise type(error)(f"{where}: {error}") from None


def printable(text: str) -> str:
    """Replace what would steer a terminal or turn the direction of writing.

    Parameters
    ----------
    text : str
        Text that came from a file or an argument.

    Returns
    -------
    str
        The text with U+FFFD in place of control, format and surrogate characters.
    """
    return "".join("\ufffd" if category(letter) in UNPRINTABLE else letter for letter in text)


def plain(number: float) -> str:
    """Write a number with all the digits that tell it from any other: ``1234567``, ``0.1``."""
    return repr(float(number)).removesuffix(".0")


def whole(name: str, value: object, least: int, most: int | None = None) -> int:
    """Take a whole number, such as a count of draws.

    Raises
    ------
    InputError
        If it is none, or out of range.
    """
    if not isinstance(value, SupportsIndex):
        raise InputError(f"{name} {shown(value)}: expected a whole number")
    number = index(value)
    if number < least or (most is not None and number > most):
        reach = f"{least} or more" if most is None else f"{least} to {most:,}"
        raise InputError(f"{name} {number}: expected {reach}")
    return number


def shown(value: object) -> str:
    """Write a value for a message as a file has it; what is long is cut short.

    Examples
    --------
    >>> shown(True), shown([60.0, "fast"])
    ('true', "[60.0, 'fast']")
    """
    text = _as_written(value, DEEPEST_SHOWN)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _as_written(value: object, depth: int) -> str:
    match value:
        case None | bool():
            return "null" if value is None else str(value).lower()
        case date():
            return value.isoformat()
        case dict():
            return "a table"
        case list() | tuple():
            within = (_as_written(one, depth - 1) for one in value[:LONGEST_SHOWN])
            return f"[{', '.join(within) if depth else '…'}]"
    try:
        return repr(value)
    except ValueError:
        # Python refuses to write out a number of many thousand digits.
        return "a number too long to write"


def nearest_names(wanted: str, known: Iterable[str], count: int = 3) -> str:
    """Say which known names look most like a wanted one.

    Parameters
    ----------
    wanted : str
        What the user wrote.
    known : iterable of str
        The names that would have been understood.
    count : int
        How many names to offer at most.

    Returns
    -------
    str
        ``"did you mean A, B or C?"``, or an empty string where nothing comes near.
    """
    folded = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(wanted.casefold(), folded, n=count, cutoff=0.6)
    names = [folded[name] for name in close]
    if not names:
        return ""
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
    return f"did you mean {listed}?"
