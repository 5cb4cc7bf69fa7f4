"""Moments as people write them on the clock of a place, and back.

Inside the package a moment is in UTC; the clock of a place follows the tz database by date.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from journey.errors import InputError, shown

if TYPE_CHECKING:
    from datetime import tzinfo

FIRST_YEAR, LAST_YEAR = 1900, 2200
FIRST_OFFSET, LAST_OFFSET = timedelta(hours=-12), timedelta(hours=14)

# Not strftime's %a and %b: their words follow the locale of the machine.
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def parse_moment(value: object) -> datetime:
    """Read a moment with its offset, as ISO 8601 text or a datetime.

    Returns
    -------
    datetime
        The moment, with the offset it was written with.

    Raises
    ------
    InputError
        If it is no time, one without an offset (its clock would be a guess), one with an offset
        that no clock has, or of another age.
    """
    moment = value if isinstance(value, datetime) else _from_iso(value)
    offset = moment.utcoffset()
    if offset is None:
        wanted = f"{moment.isoformat()}+09:00"
        raise InputError(f"time {moment.isoformat()} has no offset; write for instance {wanted}")
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise InputError(
            f"time {moment.isoformat()}: expected a year from {FIRST_YEAR} to {LAST_YEAR}"
        )
    if not FIRST_OFFSET <= offset <= LAST_OFFSET:
        raise InputError(f"time {moment.isoformat()}: expected an offset from -12:00 to +14:00")
    return moment


def format_local(moment: datetime, zone: tzinfo) -> str:
    """Write a moment on the clock of a place: ``Tue 12 Sep 06:00``."""
    return f"{_day(moment, zone)} {to_minute(moment).astimezone(zone):%H:%M}"


def format_interval(earliest: datetime, latest: datetime, zone: tzinfo) -> str:
    """Write two moments on the clock of a place: ``Tue 12 Sep 2023 07:18 to 13:18 (UTC+9)``."""
    ends = [to_minute(moment).astimezone(zone) for moment in (earliest, latest)]
    first = f"{_day(earliest, zone)} {ends[0].year} {ends[0]:%H:%M}"
    offset = format_offset(latest, zone)
    if ends[0] == ends[1]:
        return f"{first} ({offset})"
    day = "" if ends[0].date() == ends[1].date() else f"{_day(latest, zone)} {ends[1].year} "
    return f"{first} to {day}{ends[1]:%H:%M} ({offset})"


def format_offset(moment: datetime, zone: tzinfo) -> str:
    """Write the offset of a place's clock at a moment: ``UTC+10`` or ``UTC+09:30``."""
    offset = moment.astimezone(zone).utcoffset()
    minutes = 0 if offset is None else round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")


def format_utc(moment: datetime) -> str:
    """Write a moment in UTC to the minute: ``2023-09-11T20:00Z``."""
    return f"{to_minute(moment).astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def to_minute(moment: datetime) -> datetime:
    """Round a moment to the minute, in UTC."""
    return datetime.fromtimestamp(round(moment.timestamp() / 60) * 60, tz=UTC)


def _day(moment: datetime, zone: tzinfo) -> str:
    local = to_minute(moment).astimezone(zone)
    return f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]}"


def _from_iso(value: object) -> datetime:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        expected = "ISO 8601 with an offset, such as 2023-09-10T12:00:00+09:00"
        raise InputError(f"time {shown(value)}: expected {expected}") from None
