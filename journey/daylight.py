"""When the sun is below the horizon at a place."""

from __future__ import annotations

import math
from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from itertools import cycle, pairwise

import ephem

from journey.errors import InputError, plain
from journey.spots import MOST_LAT, MOST_LON

HORIZON_DEG = -50 / 60
"""Height of the sun's centre at sunset and sunrise: 34' of refraction and 16' of radius."""

_DAY_S = 86_400
_EPOCH = datetime(1899, 12, 31, 12, tzinfo=UTC)  # ephem's dates are days since then


def nights(
    lat: float, lon: float, start: datetime, end: datetime
) -> list[tuple[datetime, datetime]]:
    """Periods in which the whole sun is below the horizon.

    From sunset to sunrise as almanacs have them: the sun's centre is 50' (0.8333 degrees) below
    the horizon of a place at sea level (U.S. Naval Observatory, "Rise, Set, and Twilight
    Definitions"). Hills and weather move sunset and sunrise by minutes.

    Parameters
    ----------
    lat, lon : float
        Degrees, WGS 84.
    start, end : datetime
        What to look at, with offsets.

    Returns
    -------
    list of (datetime, datetime)
        Beginning and end in UTC, in order, cut at `start` and `end`, otherwise in whole seconds:
        none in polar day, the whole period in polar night. As these set in, a night or a day of
        less than two minutes may be left out; within 15 degrees of a pole a longer one.

    Raises
    ------
    InputError
        If there is no such position, a time has no offset, or the end is before the start.
    """
    _check(lat, lon, start, end)
    place = ephem.Observer()
    # Numbers are radians to ephem; without air, since refraction is in the horizon already.
    place.lat, place.lon, place.pressure = math.radians(lat), math.radians(lon), 0
    edges = _edges(place, start.astimezone(UTC), end.astimezone(UTC))
    return [(dusk, dawn) for dusk, dawn in zip(edges[::2], edges[1::2], strict=True) if dusk < dawn]


def _edges(place: ephem.Observer, start: datetime, end: datetime) -> list[datetime]:
    """Beginning and end of each night by turns."""
    turns_s = _turns_s(place, *((moment - _EPOCH).total_seconds() for moment in (start, end)))
    dark = [_is_dark(place, turn_s) for turn_s in turns_s]
    pairs = zip(pairwise(turns_s), pairwise(dark), strict=True)
    changes_s = [_change_s(place, *pair_s) for pair_s, (before, after) in pairs if before != after]
    # The first whole second after a change may lie beyond the end.
    changes = [min(_EPOCH + timedelta(seconds=change_s), end) for change_s in changes_s]
    return [start] * dark[0] + changes + [end] * dark[-1]


def _turns_s(place: ephem.Observer, first_s: float, last_s: float) -> list[float]:
    """Ends of a period and noons and midnights within: between two the sun only rises or sinks."""
    sun, turns_s = ephem.Sun(), [first_s - _DAY_S]
    searches = cycle((place.next_transit, place.next_antitransit))
    while turns_s[-1] < last_s:
        turns_s.append(next(searches)(sun, turns_s[-1] / _DAY_S) * _DAY_S)
    return [first_s, *(turn_s for turn_s in turns_s if first_s < turn_s < last_s), last_s]


def _change_s(place: ephem.Observer, before_s: float, after_s: float) -> int:
    """First whole second after a sunset or sunrise."""
    seconds = range(math.ceil(before_s), math.floor(after_s) + 1)
    before = _is_dark(place, before_s)
    return seconds.start + bisect_left(seconds, 1, key=lambda at_s: _is_dark(place, at_s) != before)


def _is_dark(place: ephem.Observer, moment_s: float) -> bool:
    place.date = moment_s / _DAY_S
    return bool(ephem.Sun(place).alt < math.radians(HORIZON_DEG))


def _check(lat: float, lon: float, start: datetime, end: datetime) -> None:
    for name, degrees, most in (("lat", lat, MOST_LAT), ("lon", lon, MOST_LON)):
        if not -most <= degrees <= most:
            expected = f"degrees from {-most:g} to {most:g}"
            raise InputError(f"{name} {plain(degrees)}: expected {expected}")
    for name, moment in (("start", start), ("end", end)):
        if moment.utcoffset() is None:
            raise InputError(f"{name} {moment.isoformat()}: expected an offset, such as +00:00")
    if end < start:
        raise InputError(f"end {end.isoformat()}: expected {start.isoformat()} or later")
