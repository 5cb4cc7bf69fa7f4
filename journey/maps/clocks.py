"""The clocks of a map as plain numbers, so that no reader's browser decides an hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable

STEP = timedelta(minutes=15)
"""No clock changes at other moments."""


def offsets(
    zones: Iterable[str], start: datetime, end: datetime
) -> dict[str, list[tuple[int, int]]]:
    """Offsets from UTC of some clocks over a time.

    Parameters
    ----------
    zones : iterable of str
        Names in the tz database.
    start, end : datetime
        From when to when, with their offset.

    Returns
    -------
    dict
        For each zone, from which moment on, in seconds of Unix time, which offset holds, in
        minutes; the first holds before, too.
    """
    return {zone: _offsets(ZoneInfo(zone), start, end) for zone in sorted(set(zones))}


def _offsets(zone: ZoneInfo, start: datetime, end: datetime) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    moment = _whole_step(start)
    while moment <= end:
        offset = moment.astimezone(zone).utcoffset() or timedelta()
        minutes = round(offset.total_seconds() / 60)
        if not found or found[-1][1] != minutes:
            found.append((round(moment.timestamp()), minutes))
        moment += STEP
    return found


def _whole_step(moment: datetime) -> datetime:
    step_s = STEP.total_seconds()
    return datetime.fromtimestamp(moment.timestamp() // step_s * step_s, tz=UTC)
