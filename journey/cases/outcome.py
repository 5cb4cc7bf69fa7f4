"""What a case of a grid gives: windows at its places, and how they differ from the base."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from journey.ensemble import Ensemble
    from journey.ensemble.windows import Window

DECIMALS_S = 3


class Row(NamedTuple):
    """The window of one event of a case.

    Attributes
    ----------
    id, station, event : str
        Where, and what the train does there.
    km : float
        Kilometre on the route of the case.
    earliest, central, latest : str
        ISO 8601 on the clock of the place, with its offset.
    errors_s : tuple of float or None
        Standard errors of the three moments, s; None where they are not known.
    changes_s : tuple of float or None
        By how much they are later than those of the base, s; None where it does not pass.
    """

    id: str
    station: str
    event: str
    km: float
    earliest: str
    central: str
    latest: str
    errors_s: tuple[float | None, ...]
    changes_s: tuple[float | None, ...]


class Outcome(NamedTuple):
    """The rows of a case, by its number, in order along its route."""

    case: int
    rows: tuple[Row, ...]


class Reach(NamedTuple):
    """When the train does something at a station: seconds after the base's epoch, shape (3,)."""

    id: str
    event: str
    quantiles_s: NDArray[np.float64]


class Base(NamedTuple):
    """What cases are compared with: its epoch, its windows before they are rounded, its rows."""

    epoch: datetime
    reaches: tuple[Reach, ...]
    rows: tuple[Row, ...]


def base_of(ensemble: Ensemble, level: float) -> Base:
    """Take an ensemble for what others are compared with.

    Parameters
    ----------
    ensemble : Ensemble
        Drawn journeys.
    level : float
        Share of them that a window holds.
    """
    epoch = ensemble.plan.epoch
    base = Base(epoch, _reaches(ensemble, level, epoch), ())
    return base._replace(rows=rows_of(ensemble, level, base))


def rows_of(ensemble: Ensemble, level: float, base: Base) -> tuple[Row, ...]:
    """Windows of every event of an ensemble, beside those of the base.

    Parameters
    ----------
    ensemble : Ensemble
        The drawn journeys of a case.
    level : float
        Share of them that a window holds.
    base : Base
        What they are compared with.
    """
    own = _reaches(ensemble, level, base.epoch)
    windows = ensemble.window_list(level)
    return tuple(
        _row(window, reach, _same_in(base.reaches, own[:number], reach))
        for number, (window, reach) in enumerate(zip(windows, own, strict=True))
    )


def _reaches(ensemble: Ensemble, level: float, epoch: datetime) -> tuple[Reach, ...]:
    """Earliest, central and latest of every event, in seconds after an epoch."""
    later_s = (ensemble.plan.epoch - epoch).total_seconds()
    windows_s = ensemble.quantiles_s(level) + later_s
    points = ensemble.plan.route.timing_points
    return tuple(
        Reach(points[event.station].station.id, event.kind, window_s)
        for event, window_s in zip(ensemble.events, windows_s, strict=True)
    )


def _row(window: Window, reach: Reach, other: Reach | None) -> Row:
    beside_s = np.full(3, np.nan) if other is None else other.quantiles_s
    earliest, central, latest = (
        moment.astimezone(window.zone).isoformat()
        for moment in (window.earliest, window.central, window.latest)
    )
    return Row(
        window.station.id,
        window.station.name,
        window.event,
        round(window.km, 3),
        earliest,
        central,
        latest,
        errors_s=tuple(map(_known_s, window.standard_errors_s)),
        changes_s=tuple(map(_known_s, (reach.quantiles_s - beside_s).tolist())),
    )


def _same_in(base: tuple[Reach, ...], before: tuple[Reach, ...], reach: Reach) -> Reach | None:
    """What the base does where a case does something; None where it is not, or not as often.

    A train that passes arrives and departs at once; where the base halts and the case does not,
    passing is compared with arriving.
    """
    here = [each for each in base if each.id == reach.id]
    alike = [each for each in here if each.event == reach.event]
    if alike:
        times_before = sum(each[:2] == reach[:2] for each in before)
        return alike[times_before] if times_before < len(alike) else None
    if not here:
        return None
    return here[-1] if reach.event == "depart" else here[0]


def _known_s(seconds: float) -> float | None:
    """Seconds to the millisecond; None for what is not a number."""
    # Adding zero makes a negative zero a plain one.
    return None if math.isnan(seconds) else round(float(seconds), DECIMALS_S) + 0.0
