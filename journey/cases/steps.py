"""Alternatives as one text: separated by commas, or from LOW to HIGH in steps."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from journey.clock import parse_moment
from journey.errors import InputError, plain, shown
from journey.units import HOUR_S, parse_duration_s, parse_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

MOST_VALUES = 100_000


class Scale(NamedTuple):
    """What can be stepped along: how its points and steps are read, and its points written.

    `example` is a text of that form, for messages.
    """

    read: Callable[[str], Any]
    read_step: Callable[[str], Any]
    write: Callable[[Any], str]
    example: str


def spread(text: str, scale: Scale) -> Iterator[str]:
    """Divide a text into its alternatives.

    Parameters
    ----------
    text : str
        Such as ``"40..80/5"`` or ``"45, 50..70, 59"``. ``LOW..HIGH/STEP`` stands for every step
        from LOW up to HIGH, which is reached if the steps hit it.
    scale : Scale
        What is stepped along.

    Yields
    ------
    str
        Each alternative.

    Raises
    ------
    InputError
        If a part is empty, or steps do not lead upwards from LOW to HIGH.

    Examples
    --------
    >>> list(spread("40..55/5, 50..70", NUMBERS))
    ['40', '45', '50', '55', '50..70']
    """
    for part in (" ".join(each.split()) for each in text.split(",")):
        if not part:
            raise InputError(f"{shown(text)}: expected a value on each side of a comma")
        bounds, slash, step = part.rpartition("/")
        if slash and ".." in bounds and "|" not in part:
            yield from _stepped(part, bounds.split(".."), step, scale)
        else:
            yield part


def _stepped(part: str, bounds: list[str], step_text: str, scale: Scale) -> Iterator[str]:
    expected = f"{shown(part)}: expected LOW..HIGH/STEP such as {scale.example}"
    if len(bounds) != 2:  # noqa: PLR2004 - two ends
        raise InputError(expected)
    low, high = (scale.read(bound.strip()) for bound in bounds)
    step = scale.read_step(step_text.strip())
    if high < low or step <= 0 * step:
        raise InputError(f"{expected}, with LOW at most HIGH and a STEP above 0")
    count = int((high - low) // step) + 1
    if count > MOST_VALUES:
        raise InputError(f"{shown(part)}: expected {MOST_VALUES:,} values at most; widen the STEP")
    return (scale.write(low + number * step) for number in range(count))


def _read_number(text: str) -> Fraction:
    # Not binary: 40..41/0.1 has eleven values, and 40.3 is one of them.
    return Fraction(str(parse_number(text)))


def _write_number(number: Fraction) -> str:
    return plain(float(number))


def _read_duration(text: str) -> Fraction:
    return Fraction(str(parse_duration_s(text))) if text != "0" else Fraction(0)


def _write_duration(seconds: Fraction) -> str:
    if seconds % 1:
        return f"{plain(float(seconds))} s"
    hours, rest = divmod(int(seconds), int(HOUR_S))
    minutes, rest = divmod(rest, 60)
    return f"{hours}:{minutes:02d}" + (f":{rest:02d}" if rest else "")


def _read_interval(text: str) -> timedelta:
    return timedelta(seconds=parse_duration_s(text))


NUMBERS = Scale(_read_number, _read_number, _write_number, "40..80/5")
DURATIONS = Scale(_read_duration, _read_duration, _write_duration, "0:30..6:00/0:30")
MOMENTS = Scale(
    parse_moment,
    _read_interval,
    datetime.isoformat,
    "2023-09-10T12:00+09:00..2023-09-10T18:00+09:00/1:00",
)
