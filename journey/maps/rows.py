"""Rows of the table of windows, in words: local clock with its offset, UTC beside it."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from journey.clock import format_local, format_offset
from journey.ensemble.windows import MOMENTS
from journey.track import PRINCIPAL
from journey.views import same_event

if TYPE_CHECKING:
    from datetime import datetime

    from journey.ensemble.windows import Window


def rows_of(
    windows: tuple[Window, ...], others: tuple[Window, ...], name: str
) -> list[dict[str, Any]]:
    """Rows of the principal stations and of both ends.

    Parameters
    ----------
    windows : tuple of Window
        Of every event.
    others : tuple of Window
        Those of another view, told below; may be empty.
    name : str
        What that view is called.
    """
    ends = (windows[0], windows[-1])
    return [
        {"event": number, **_row(window), "beside": _beside(same_event(window, others), name)}
        for number, window in enumerate(windows)
        if window.station.rank == PRINCIPAL or window in ends
    ]


def _row(window: Window) -> dict[str, Any]:
    moments = {}
    for each in MOMENTS:
        at = getattr(window, each)
        day, _, clock = format_local(at, window.zone).rpartition(" ")
        moments[each] = {"day": day, "clock": clock, "utc": second_clock(at)}
    return {
        "station": window.station.id,
        "name": window.station.name,
        "km": f"{window.km:,.1f}",
        "kind": window.event,
        "offset": format_offset(window.central, window.zone),
        "moments": moments,
    }


def second_clock(moment: datetime) -> str:
    """``Mon 20:00 UTC``, with the day of the week in case it is another one there."""
    weekday, *_, clock = format_local(moment, UTC).split()
    return f"{weekday} {clock} UTC"


def _beside(window: Window | None, name: str) -> str | None:
    """``Headline: Mon 11 Sep 03:32 to 09:32 (UTC+10), central 06:32``."""
    return None if window is None else f"{name.capitalize()}: {in_short(window)}"


def in_short(window: Window) -> str:
    """``Mon 11 Sep 03:32 to 09:32 (UTC+10), central 06:32``; the day again where it is another."""
    told = [format_local(getattr(window, name), window.zone) for name in MOMENTS]
    day = told[0].rpartition(" ")[0]
    if all(each.startswith(day) for each in told):
        told[1:] = [each.rpartition(" ")[2] for each in told[1:]]
    earliest, central, latest = told
    return (
        f"{earliest} to {latest} ({format_offset(window.central, window.zone)}), central {central}"
    )
