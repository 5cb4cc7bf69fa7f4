"""What was reported of a journey, what was claimed of it, and what else it may have been."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from journey.clock import parse_moment
from journey.compass import TOWARDS, bearing_deg
from journey.errors import InputError, naming, nearest_names, shown
from journey.spots import Between

if TYPE_CHECKING:
    from collections.abc import Collection

    from journey.spots import Spot

EVENTS = ("depart", "arrive", "pass", "at", "not yet at")
"""What a sighting may say."""
UNIT_OF_CLAIM = {
    "rail distance": "km",
    "straight distance": "km",
    "running time": "h",
    "average speed": "km/h",
    "highest speed": "km/h",
}
"""What a claim may be a figure of, and its unit."""
BOUNDS = ("about", "at least", "at most")
"""What the figure of a claim may be."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A report that the train did something at a place within a time.

    It is right if what it says held at some moment from `earliest` to `latest`.

    Attributes
    ----------
    at : str or Spot
        Where: a station by any of its names, or a spot of `journey.spots`.
    event : {"depart", "arrive", "pass", "at", "not yet at"}
        What the train did there.
    earliest, latest : datetime
        When, in UTC; what is given with another offset is converted, text is read.
    trust : float
        Probability that the report is right, 0 to 1; otherwise it says nothing.
    direction : str or None
        Where the train was heading: a point of the compass such as ``"north"`` or
        ``"north-west"``, or ``"towards"`` and a station.
    source, reason, wording : str or None
        Who says so, why it is read so, and the few words that carry the time or the place.

    Raises
    ------
    InputError
        If the times are not in order or have no offset, the event or the direction is unknown, or
        the trust is not a share.

    Examples
    --------
    >>> from journey import Sighting
    >>> seen = Sighting("Khasan", "arrive", "2023-09-12T06:00+10:00", "2023-09-12T06:30+10:00", 0.9)
    >>> seen.earliest.isoformat()
    '2023-09-11T20:00:00+00:00'
    """

    at: Spot
    event: str
    earliest: datetime
    latest: datetime
    trust: float = 1.0
    source: str | None = None
    reason: str | None = None
    wording: str | None = None
    direction: str | None = None

    def __post_init__(self) -> None:
        """Check what is said, and put the times in UTC."""
        for name in ("earliest", "latest"):
            with naming(f"sighting at {str(self.at)!r}: {name}"):
                moment = parse_moment(getattr(self, name)).astimezone(UTC)
            object.__setattr__(self, name, moment)
        with naming(f"sighting at {str(self.at)!r}"):
            _check_sighting(self)

    @property
    def said(self) -> tuple[object, ...]:
        """What it says, whoever says it: reports that agree in this are one."""
        return (self.at, self.event, self.earliest, self.latest, self.direction)


@dataclass(frozen=True, slots=True)
class Claim:
    """A published figure about a journey, to be computed anew.

    Attributes
    ----------
    what : {"rail distance", "straight distance", "running time", "average speed", "highest speed"}
        What it is a figure of.
    between : tuple of str
        From where to where; stations by any of their names.
    value : float
        The figure: km, h or km/h.
    bound : {"about", "at least", "at most"}
        What it is.
    source, wording : str or None
        Who says so, and the few words.

    Raises
    ------
    InputError
        If there is no such figure.

    Examples
    --------
    >>> from journey import Claim
    >>> Claim("running time", ("Pyongyang", "Vladivostok"), 20, "at least").bound
    'at least'
    """

    what: str
    between: tuple[str, str]
    value: float
    bound: str = "about"
    source: str | None = None
    wording: str | None = None

    def __post_init__(self) -> None:
        """Check that there is such a figure."""
        with naming(f"claim of {self.what}"):
            _check_known("what", self.what, UNIT_OF_CLAIM)
            _check_known("bound", self.bound, BOUNDS)
            if not 0 < self.value < math.inf:
                raise InputError(f"value {self.value:g}: expected above 0")
            if len(set(self.between)) != 2:  # noqa: PLR2004 - from where to where
                raise InputError(f"between {shown(self.between)}: expected two stations")

    @property
    def unit(self) -> str:
        """Unit of the figure: km, h or km/h."""
        return UNIT_OF_CLAIM[self.what]


@dataclass(frozen=True, slots=True)
class Rival:
    """Another scenario for the same reports, and how likely it was held before them.

    `scenario` is the name of a bundled one or the path of a file; `weight` a share of probability.
    """

    scenario: str
    weight: float
    reason: str | None = None


def _check_sighting(sighting: Sighting) -> None:
    _check_known("event", sighting.event, EVENTS)
    if sighting.latest < sighting.earliest:
        raise InputError(
            f"latest {sighting.latest.isoformat()} is before earliest "
            f"{sighting.earliest.isoformat()}; exchange them or mend an offset"
        )
    if not 0 <= sighting.trust <= 1:
        raise InputError(f"trust {sighting.trust:g}: expected a share from 0 to 1")
    if sighting.direction is not None:
        check_direction(sighting.direction)


def stations_of(sighting: Sighting) -> list[str]:
    """Every name in a report that must be that of a station."""
    names = []
    if isinstance(sighting.at, str):
        names = [sighting.at]
    elif isinstance(sighting.at, Between):
        names = [sighting.at.start, sighting.at.end]
    if sighting.direction and sighting.direction.startswith(TOWARDS):
        names.append(sighting.direction.removeprefix(TOWARDS).strip())
    return names


def check_direction(direction: str) -> None:
    """Refuse a direction that is neither a point of the compass nor towards a station."""
    if not direction.startswith(TOWARDS) or not direction.removeprefix(TOWARDS).strip():
        bearing_deg(direction)


def _check_known(key: str, value: str, known: Collection[str]) -> None:
    if value not in known:
        offer = nearest_names(value, known)
        raise InputError(f"{key} {value!r}: expected {', '.join(known)}{offer and '; ' + offer}")
