"""Trajectories: where a train is that comes to every event at its earliest, median or latest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.along import ROUNDING_M
from journey.ensemble.windows import MOMENTS
from journey.export.features import TRAJECTORY, Feature, Passage, cleaned, feature_id, places
from journey.export.plain import clean, utc_texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from journey.ensemble import Ensemble
    from journey.export.features import Value
    from journey.route import Route
    from journey.views import View

MEANING = {
    "earliest": "the earliest bound of each event; not one journey",
    "central": "the median of each event, not one journey",
    "latest": "the latest bound of each event; not one journey",
}
MS_PER_S = 1000


class Timetable(NamedTuple):
    """When something comes to chainages.

    Attributes
    ----------
    chainage_m : ndarray, shape (n,)
        Where, m, never decreasing.
    unix_ms : ndarray of int, shape (n,)
        When, milliseconds of Unix time, strictly increasing.
    event : ndarray of int, shape (n,)
        The number of the event that happens there; -1 where none does.
    """

    chainage_m: NDArray[np.float64]
    unix_ms: NDArray[np.int64]
    event: NDArray[np.intp]


def trajectories_of(view: View) -> Iterable[Feature]:
    """The trajectories of a view: through all its earliest, its central and its latest times.

    Notes
    -----
    Between two events chainage is linear in time. Times are those of the windows before these were
    rounded, since rounded ones would have the train leap where two events fall on one moment.
    """
    ensemble = view.ensemble
    times_s = ensemble.quantiles_s(view.level) + ensemble.plan.epoch.timestamp()
    events_m = ensemble.plan.route.station_m[[each.station for each in ensemble.events]]
    for moment, each_s in zip(MOMENTS, times_s.T, strict=True):
        timetable = timetable_of(ensemble.plan.route, events_m, each_s)
        yield _feature(view, moment, timetable)


def timetable_of(
    route: Route, events_m: NDArray[np.float64], times_s: NDArray[np.float64]
) -> Timetable:
    """Time every event and every vertex of a route.

    Parameters
    ----------
    route : Route
        The way.
    events_m : ndarray, shape (events,)
        Chainage of each event, m, never decreasing, from the start of the route to its end.
    times_s : ndarray, shape (events,)
        When it happens, seconds of Unix time, never decreasing.

    Returns
    -------
    Timetable
        Of events and vertices at one moment, to the millisecond, only the first event is left,
        but always the last event of all.
    """
    events_ms = np.rint(times_s * MS_PER_S).astype(np.int64)
    kept = _first_of_each(events_ms)
    kept_m, kept_ms = events_m[kept], events_ms[kept]
    inner = route.chainage_m[_apart(route.chainage_m, kept_m)]
    inner_ms = np.rint(np.interp(inner, kept_m, kept_ms)).astype(np.int64)
    chainage_m = np.concatenate([kept_m, inner])
    unix_ms = np.concatenate([kept_ms, inner_ms])
    event = np.concatenate([kept, np.full(len(inner), -1)])
    # Where both fall on one moment an event goes before a vertex.
    order = np.lexsort((event < 0, unix_ms))
    order = order[np.unique(unix_ms[order], return_index=True)[1]]
    return Timetable(chainage_m[order], unix_ms[order], event[order])


def _first_of_each(times_ms: NDArray[np.int64]) -> NDArray[np.intp]:
    """Numbers of the first event at each moment; of those at the last moment, the last."""
    first = np.unique(times_ms, return_index=True)[1]
    first[-1] = len(times_ms) - 1
    return first


def _apart(chainage_m: NDArray[np.float64], from_m: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which chainages lie inside the way, and are none of others, but for rounding."""
    after = np.searchsorted(from_m, chainage_m).clip(1, len(from_m) - 1)
    off_m = np.minimum(np.abs(chainage_m - from_m[after - 1]), np.abs(chainage_m - from_m[after]))
    apart: NDArray[np.bool_] = off_m > ROUNDING_M
    return apart


def _feature(view: View, moment: str, timetable: Timetable) -> Feature:
    ensemble = view.ensemble
    lon, lat = ensemble.plan.route.at(timetable.chainage_m / 1000)
    times = tuple(utc_texts(timetable.unix_ms))
    name = f"{view.basis}, {moment}"
    properties: dict[str, Value] = {
        "kind": TRAJECTORY,
        "basis": view.basis,
        "level": view.level,
        "name": name,
        "moment": moment,
        "meaning": MEANING[moment],
        "earliest_utc": times[0],
        "latest_utc": times[-1],
    }
    return Feature(
        feature_id(view.basis, TRAJECTORY, moment),
        TRAJECTORY,
        name,
        (places(lon, lat),),
        cleaned(properties),
        (times[0], times[-1]),
        times,
        tuple(_passages(ensemble, timetable)),
    )


def _passages(ensemble: Ensemble, timetable: Timetable) -> Iterable[Passage]:
    points = ensemble.plan.route.timing_points
    for position in np.flatnonzero(timetable.event >= 0).tolist():
        event = ensemble.events[int(timetable.event[position])]
        station, chainage_m = points[event.station]
        yield Passage(position, round(chainage_m / 1000, 3), event.kind, clean(station.name))
