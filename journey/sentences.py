"""Windows as sentences, such as an article quotes them, in one place, so that others can follow."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from journey.clock import format_offset, to_minute

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

DOES = {"depart": "departs from", "arrive": "arrives at", "pass": "passes"}
WEEK = timedelta(days=6)
"""Less than this a window has no day of the week twice."""
# Not strftime's %A and %B: their words follow the locale of the machine.
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_in_words(moment: datetime, zone: tzinfo, *, month: bool = True, year: bool = False) -> str:
    """Write a day on the clock of a place: ``Tuesday 12 September``, with or without its month."""
    local = to_minute(moment).astimezone(zone)
    parts = [
        f"{_DAYS[local.weekday()]} {local.day}",
        *([_MONTHS[local.month - 1]] if month else []),
        *([str(local.year)] if year else []),
    ]
    return " ".join(parts)


def days_in_words(first: tuple[datetime, tzinfo], last: tuple[datetime, tzinfo]) -> str:
    """Write the days from one moment to another, each on its clock, with what both differ in.

    ``Sunday 10 to Wednesday 13 September 2023``, ``Sunday 31 December 2023 to Monday 1 January
    2024`` or only one day.
    """
    one, other = (to_minute(moment).astimezone(zone) for moment, zone in (first, last))
    last_day = day_in_words(*last, year=True)
    if one.date() == other.date():
        return last_day
    year = one.year != other.year
    return (
        f"{day_in_words(*first, month=year or one.month != other.month, year=year)} to {last_day}"
    )


def window_in_words(
    earliest: datetime,
    central: datetime,
    latest: datetime,
    zone: tzinfo,
    *,
    year: bool = False,
) -> str:
    """Say when something happens: ``between 03:10 and 07:40 on Tuesday 12 September (UTC+10), …``.

    Parameters
    ----------
    earliest, central, latest : datetime
        Bounds and median.
    zone : tzinfo
        The clock of the place.
    year : bool
        Whether to name it.

    Returns
    -------
    str
        Bounds with their days and the offset of the clock, and the median as what is most likely;
        of a single moment only that. To the minute.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> moments = [datetime(2023, 9, 12, hour, minute, tzinfo=UTC) for hour, minute in
    ...            ((3, 10), (5, 0), (7, 40))]
    >>> window_in_words(*moments, UTC)
    'between 03:10 and 07:40 on Tuesday 12 September (UTC+0), most likely about 05:00'
    """
    first, middle, last = (
        to_minute(moment).astimezone(zone) for moment in (earliest, central, latest)
    )
    last_day = day_in_words(last, zone, year=year)
    offset = f"({format_offset(latest, zone)})"
    if first == last:
        return f"at {last:%H:%M} on {last_day} {offset}"
    if first.date() == last.date():
        bounds, about = f"between {first:%H:%M} and {last:%H:%M} on {last_day}", f"{middle:%H:%M}"
    else:
        month = (first.year, first.month) != (last.year, last.month)
        first_day = day_in_words(first, zone, month=month, year=year and first.year != last.year)
        bounds = f"between {first:%H:%M} on {first_day} and {last:%H:%M} on {last_day}"
        # Within a week the name of a day says which it is.
        about_day = _DAYS[middle.weekday()] if last - first < WEEK else day_in_words(middle, zone)
        about = f"{middle:%H:%M} on {about_day}"
    return f"{bounds} {offset}, most likely about {about}"
