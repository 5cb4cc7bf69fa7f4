"""Arrival windows: three moments, rounded to what their standard error supports."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from numpy.typing import NDArray

    from journey.plan import Event, Plan
    from journey.track import Station

MOMENTS = ("earliest", "central", "latest")
GRAINS_S = (1.0, 5.0, 10.0, 30.0, 60.0, 300.0, 600.0, 1800.0, 3600.0)
"""What moments are rounded to; each divides the next."""
ERRORS_PER_GRAIN = 2.0
OUTWARD = np.array([-0.5 + 1e-6, 0.0, 0.5 - 1e-6])
"""What makes rounding to the nearest a rounding down, or up, but for what computing loses."""


class Window(NamedTuple):
    """When the train does something at a timing point: three moments in UTC.

    Attributes
    ----------
    station : Station
        Where.
    km : float
        At which kilometre of the route.
    event : str
        ``"depart"``, ``"arrive"`` or ``"pass"``.
    earliest, central, latest : datetime
        Bounds and median. The bounds are rounded outward, so that the window holds what it says.
    basis : str
        What the figures rest on: the scenario ``"as stated"``, its ``"headline"``, or the scenario
        ``"as reported"``, after reports were taken in.
    standard_errors_s : tuple of float
        Of the three, before they were rounded, s: how far they may be from those of infinitely
        many draws. Not a number where too few were drawn to tell.
    grain_s : float
        What they are rounded to, s; but never beyond the bounds of the scenario.
    """

    station: Station
    km: float
    event: str
    earliest: datetime
    central: datetime
    latest: datetime
    basis: str
    standard_errors_s: tuple[float, ...]
    grain_s: float

    @property
    def zone(self) -> ZoneInfo:
        """The clock of the place."""
        return self.station.zone


def grain_s(standard_errors_s: NDArray[np.float64]) -> float:
    """What moments are rounded to, s: at most two standard errors.

    Parameters
    ----------
    standard_errors_s : ndarray
        Of some quantiles of the last event, s. The middle one of those that are known counts: one
        may lie in a gap.
    """
    known_s = standard_errors_s[~np.isnan(standard_errors_s)]
    if not known_s.size:
        return GRAINS_S[-1]
    largest_s = max(ERRORS_PER_GRAIN * float(np.median(known_s)), GRAINS_S[0])
    return max(each for each in GRAINS_S if each <= largest_s)


def cut(level: float) -> tuple[float, float, float]:
    """Shares of the draws below the earliest, the central and the latest.

    Raises
    ------
    InputError
        If `level` is not above 0 and at most 1.
    """
    if not 0 < level <= 1:
        raise InputError(f"level {level:g}: expected a share above 0, at most 1, such as 0.9")
    return (1 - level) / 2, 0.5, (1 + level) / 2


class Moments(NamedTuple):
    """Earliest, central and latest of some events.

    Attributes
    ----------
    unix_s : ndarray, shape (events, 3)
        As rounded, in seconds of Unix time.
    standard_errors_s : ndarray, shape (events, 3)
        Theirs before they were rounded, s.
    grain_s : ndarray, shape (events,)
        What they are rounded to, s.
    """

    unix_s: NDArray[np.float64]
    standard_errors_s: NDArray[np.float64]
    grain_s: NDArray[np.float64]


def windows_of(
    plan: Plan, events: tuple[Event, ...], moments: Moments, basis: str
) -> Iterable[Window]:
    """Make windows of moments.

    Parameters
    ----------
    plan : Plan
        The scenario on its route.
    events : tuple of Event
        What happens, in order along the route.
    moments : Moments
        When.
    basis : str
        What they rest on.
    """
    rows = (each.tolist() for each in moments)
    for event, bounds, errors_s, grain in zip(events, *rows, strict=True):
        station, chainage_m = plan.route.timing_points[event.station]
        earliest, central, latest = (datetime.fromtimestamp(each, tz=UTC) for each in bounds)
        km, errors = chainage_m / 1000, tuple(errors_s)
        yield Window(station, km, event.kind, earliest, central, latest, basis, errors, grain)


def rounded(
    times_s: NDArray[np.float64], to_s: NDArray[np.float64], allowed_s: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Round moments as `rounded_each` does, and keep them in order along the route."""
    # Steps of several widths could disturb it.
    in_order_s: NDArray[np.float64] = np.maximum.accumulate(
        rounded_each(times_s, to_s, allowed_s), axis=0
    )
    return in_order_s


def rounded_each(
    times_s: NDArray[np.float64], to_s: NDArray[np.float64], allowed_s: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Round moments, bounds outward but never beyond what is possible.

    Parameters
    ----------
    times_s : ndarray, shape (events, 3)
        Earliest, central and latest, s.
    to_s : ndarray, shape (events,)
        What to round to, s.
    allowed_s : ndarray, shape (events, 2)
        The earliest and the latest there can be, s; infinite where that is not sure.

    Returns
    -------
    ndarray, shape (events, 3)
        Whole seconds.
    """
    step_s = to_s[:, None]
    moments_s: NDArray[np.float64] = np.rint(times_s / step_s + OUTWARD) * step_s
    low_s, high_s = np.rint(allowed_s + OUTWARD[[0, 2]]).T[:, :, None]
    return moments_s.clip(low_s, high_s)
