"""What a scenario states: when the train left, how fast it runs, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from journey.quantities import Range

if TYPE_CHECKING:
    from datetime import date, datetime

    from journey.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Source:
    """A published report.

    Attributes
    ----------
    id : str
        What statements refer to it by.
    publisher : str
        Who published it.
    date : date or None
        When.
    title, url : str or None
        Where it can be read.
    wording : str or None
        The few words that carry the time or the place.
    """

    id: str
    publisher: str
    date: date | None = None
    title: str | None = None
    url: str | None = None
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class Departure:
    """When the journey began, in UTC: some time from `earliest` to `latest`.

    All of them are alike likely, or those nearer to `likeliest` are more so. Where several reports
    contradict each other, `weight` is the probability of this one.
    """

    earliest: datetime
    latest: datetime
    source: str | None = None
    reason: str | None = None
    likeliest: datetime | None = None
    weight: float = 1.0

    def after(self, epoch: datetime) -> Range:
        """Return the departure in seconds after a moment."""
        earliest_s = (self.earliest - epoch).total_seconds()
        latest_s = (self.latest - epoch).total_seconds()
        if self.likeliest is None:
            return Range(earliest_s, latest_s)
        return Range(earliest_s, latest_s, (self.likeliest - epoch).total_seconds())


@dataclass(frozen=True, slots=True)
class SpeedRule:
    """A speed while moving, km/h, and where it holds.

    `where` is a country (``"KP"``), a line (``"Trans-Siberian"``), a stretch between two
    stations (``"Khasan to Ussuriysk"``), or ``"default"`` for everywhere else.
    """

    where: str
    speed_kmh: Quantity
    source: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Speeds:
    """Speeds while moving: one for everywhere, and those of particular stretches.

    Where several rules hold, a stretch goes before a line, and a line before a country.

    Attributes
    ----------
    default : SpeedRule
        The speed where no rule holds.
    rules : tuple of SpeedRule
        Speeds of particular stretches.
    meaning : {"average", "maximum"}
        Whether the train covers the way between two stops at these speeds on average, braking and
        limits included, or never runs faster than they say.
    section_share : float
        Share of the variation of speed that each section of line has of its own, 0 to 1.
    country_share : float
        Share that each country has of its own, 0 to 1. The two sum to 1 at most; the rest the
        train has from start to end, so that with none of either a slow train stays slow.
    """

    default: SpeedRule
    rules: tuple[SpeedRule, ...] = ()
    meaning: Literal["average", "maximum"] = "average"
    section_share: float = 0.0
    country_share: float = 0.0

    @property
    def every(self) -> tuple[SpeedRule, ...]:
        """The default and then the rules."""
        return (self.default, *self.rules)


@dataclass(frozen=True, slots=True)
class Limit:
    """A speed limit between two stations, km/h: it holds until the rear has left the stretch."""

    between: tuple[str, str]
    speed_kmh: Quantity
    reason: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Margin:
    """Running time added in timetabling: per cent of it, and minutes for each 100 km."""

    percent: Quantity
    min_per_100km: Quantity
    reason: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """A halt at a station, s.

    An `optional` one is left out of routes that do not pass there, or only start or end there.
    """

    at: str
    duration_s: Quantity
    reason: str | None = None
    source: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class UnreportedHalts:
    """Halts that nobody reported, anywhere on the way: a Poisson process along the line.

    Attributes
    ----------
    per_1000_km : Quantity
        How many there are on average for each 1,000 km.
    duration_s : Quantity
        The time that each costs, s, braking and acceleration included.
    where : str
        As of a `SpeedRule`; of several tables the more particular holds.
    """

    per_1000_km: Quantity
    duration_s: Quantity
    reason: str | None = None
    source: str | None = None
    where: str = "default"


@dataclass(frozen=True, slots=True)
class Headline:
    """What is said of a journey in short: one speed all the way, km/h, and no halt."""

    speed_kmh: float
    source: str | None = None
    reason: str | None = None
