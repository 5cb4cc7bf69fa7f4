"""How far a train can be: the track and the stations that it can have reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.units import HOUR_S, format_duration

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from journey.attribution import Provenance
    from journey.track import Station

BOUNDS = ("earliest", "central", "latest")
"""At the highest speed, at the middle one, at the lowest."""


CHANGES = ("no", "perhaps", "yes")
"""Whether stock gets somewhere only after a change of gauge."""


def hours_in_words(hours: float) -> str:
    """``48 min``, ``3 h 57 min``: to the minute, of whole seconds as a page has them."""
    return format_duration(round(hours * HOUR_S))


class Bounds(NamedTuple):
    """The least, the middle and the greatest value of something that is not known exactly."""

    low: float
    central: float
    high: float


class Origin(NamedTuple):
    """A place from which the train may start, degrees, WGS 84, and how probable it is."""

    lon: float
    lat: float
    share: float


class ReachedTrack(NamedTuple):
    """A piece of track that can be reached, as a line.

    Between two vertices every time is linear. A piece ends where the time is up at the earliest,
    at the ends of a section, and where a train from one side meets a train from the other.

    Attributes
    ----------
    line : str
        The line it belongs to.
    gauge : str
        ``"1435"``, ``"1520"`` or ``"1435+1520"``, millimetres.
    lon, lat : ndarray, shape (k,)
        The vertices, degrees, WGS 84.
    hours_low, hours_central, hours_high : ndarray, shape (k,)
        Hours after the start at which the train can be at each vertex: at the earliest, in the
        middle, at the latest; inf where that is not within the hours asked for.
    """

    line: str
    gauge: str
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    hours_low: NDArray[np.float64]
    hours_central: NDArray[np.float64]
    hours_high: NDArray[np.float64]

    def hours(self, bound: str) -> NDArray[np.float64]:
        """Hours to each vertex in one of the `BOUNDS`."""
        times = (self.hours_low, self.hours_central, self.hours_high)
        return times[BOUNDS.index(bound)]


class ReachedStation(NamedTuple):
    """A station that can be reached.

    Attributes
    ----------
    station : Station
        The station.
    km : float
        The least length of track to it, km. Of several places from which the train may start, the
        median; the 5 % quantile where fewer than half of them have a way.
    hours_low, hours_central, hours_high : float
        Hours after the start at the earliest, in the middle, at the latest. The latter two may be
        more than were asked for; inf where no track leads there.
    gauge_change : str
        Whether it gets there only after a change of gauge: ``"no"``, ``"yes"``, or ``"perhaps"``
        where that depends on the gauge that its stock may have, or on the place of several at
        which it starts.
    """

    station: Station
    km: float
    hours_low: float
    hours_central: float
    hours_high: float
    gauge_change: str


class Frontier(NamedTuple):
    """A point of track at which the time is up.

    Attributes
    ----------
    bound : str
        ``"earliest"``, ``"central"`` or ``"latest"``.
    line : str
        The line on which it is.
    lon, lat : float
        The point, degrees, WGS 84.
    km : float
        The least length of track to it, km.
    last : Station or None
        The last station before it on the section; None where there is none.
    beyond_km : float
        How far beyond that station it is along the track, km.
    near : Station
        The same station, or where there is none the nearest of all.
    towards : Station or None
        The next station beyond it on the section; None where there is none.
    """

    bound: str
    line: str
    lon: float
    lat: float
    km: float
    last: Station | None
    beyond_km: float
    near: Station
    towards: Station | None

    @property
    def place(self) -> str:
        """``Bureya, 8.0 km beyond, towards Arkhara``, or ``near Bureya``."""
        near = f"near {self.near.name}"
        said = near if self.last is None else f"{self.last.name}, {self.beyond_km:.1f} km beyond"
        ahead = self.towards is not None and self.towards.id != self.near.id
        return f"{said}, towards {self.towards.name}" if self.towards and ahead else said


@dataclass(frozen=True, eq=False)
class Reach:
    """How far a train can be after some hours, on every line.

    Attributes
    ----------
    place : str
        What is said of where it starts.
    hours : float
        The time it has.
    speed_kmh : Bounds
        Its average speed, with halts and reversals.
    gauge_change_h : Bounds
        How long a change of gauge takes.
    gauge : str
        The gauges that its stock may have, such as ``"1435"`` or ``"1435 or 1520"``.
    after : datetime or None
        When it starts; None where only hours are asked for.
    origins : tuple of Origin
        Where it may start.
    tracks : tuple of ReachedTrack
        The track that it can have reached.
    stations : tuple of ReachedStation
        The stations that it can have reached at the earliest, the nearest first.
    frontiers : tuple of Frontier
        Where the time is up.
    notes : tuple of str
        What the result rests on, in sentences.
    provenance : Provenance
        Whose work the network rests on.
    """

    place: str
    hours: float
    speed_kmh: Bounds
    gauge_change_h: Bounds
    gauge: str
    after: datetime | None
    origins: tuple[Origin, ...]
    tracks: tuple[ReachedTrack, ...]
    stations: tuple[ReachedStation, ...]
    frontiers: tuple[Frontier, ...]
    notes: tuple[str, ...]
    provenance: Provenance

    @property
    def is_spread(self) -> bool:
        """Whether the train can be anywhere at the latest later than at the earliest."""
        return (
            self.speed_kmh.low != self.speed_kmh.high
            or any(each.hours_low != each.hours_high for each in self.stations)
            or any((each.hours_low != each.hours_high).any() for each in self.tracks)
        )

    @property
    def until(self) -> datetime | None:
        """The moment at which the time is up."""
        return self.moment(self.hours)

    def moment(self, hours: float) -> datetime | None:
        """The moment so many hours after the start; None where that has no date."""
        if self.after is None or not np.isfinite(hours):
            return None
        # Counted in UTC: across a change of the clock an hour stays one.
        moment = self.after.astimezone(UTC) + timedelta(hours=float(hours))
        return moment.astimezone(self.after.tzinfo)
