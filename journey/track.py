"""What a railway is made of: stations, and track sections between the nodes of the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

import numpy as np

from journey.geodesy import line_length_m

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

Angle = TypeVar("Angle", float, "NDArray[np.float64]")

HEADING_BASE_M = 1_000.0

PRINCIPAL, LOWEST_RANK = 1, 3
"""Rank of principal places, and of halts, sidings and posts."""

SHARPEST_CURVE_DEG = 90.0
"""Two tracks that meet at a larger change of heading are joined by no curve, where the geometry is
simplified."""

SAME_GAUGE_MM = 5
"""Trains run through where gauges differ by no more, as 1520 and 1524 mm at the Finnish border."""

REVERSING_KINDS = frozenset({"station", "site"})
"""Kinds of station where a train can be turned round."""

END_KINDS = frozenset({"", "crossing", "slip", "meeting"})
"""What a node at the end of a section can be said to be, see `Section`."""


@dataclass(frozen=True, slots=True)
class Station:
    """A named point of the railway.

    Attributes
    ----------
    id : str
        Stable identifier, unique in a network.
    name, name_ko, name_ru : str
        Names in Latin, Korean and Russian script; empty where no source gives one.
    aliases : tuple of str
        Other names the place is asked for by.
    country : str
        ISO 3166-1 code, two letters.
    timezone : str
        Name in the tz database.
    kind : str
        ``station``, ``halt``, ``siding``, ``post``, ``junction``, ``border`` or ``site``.
    rank : int
        1 for principal places, 2 for other stations, 3 for halts, sidings and posts.
    lat, lon : float
        The point on the track, degrees, WGS 84.
    point_quality : str
        How the published point was found: ``station``, ``town``, ``interpolated``, ``estimated``.
    source : str
        Where the point and the kilometre come from.
    native : str
        The name as written on the spot, where it is neither Korean nor Russian.
    names_by_language : tuple of (str, str)
        Names in further languages: code, such as ``de``, and name.
    """

    id: str
    name: str
    name_ko: str
    name_ru: str
    aliases: tuple[str, ...]
    country: str
    timezone: str
    kind: str
    rank: int
    lat: float
    lon: float
    point_quality: str
    source: str
    native: str = ""
    names_by_language: tuple[tuple[str, str], ...] = ()

    @property
    def name_local(self) -> str:
        """The name in the script of the country, or the Latin one."""
        korean_or_russian = {"KP": self.name_ko, "RU": self.name_ru}.get(self.country)
        return self.native or korean_or_russian or self.name

    @property
    def can_reverse(self) -> bool:
        """Whether a train can be turned round here."""
        return self.kind in REVERSING_KINDS

    @property
    def zone(self) -> ZoneInfo:
        """The clock of the place."""
        return ZoneInfo(self.timezone)

    @property
    def own_names(self) -> tuple[str, ...]:
        """Its proper name in each script and language that a source gives."""
        further = (self.native, *(name for _, name in self.names_by_language))
        own = (self.name, self.name_ko, self.name_ru, *further)
        return tuple(dict.fromkeys(name for name in own if name))

    @property
    def names(self) -> tuple[str, ...]:
        """Every name the station is known by."""
        return (*self.own_names, *self.aliases)


class TrackLimits(NamedTuple):
    """Speed limits along a section, part by part, each holding as far as the next.

    Attributes
    ----------
    start_m : ndarray, shape (k,)
        Chainage from which each part holds, m; the first 0.
    posted_kmh : ndarray, shape (k,)
        The limit as a source gives it; nan where none does.
    low_kmh, high_kmh : ndarray, shape (k,)
        What the limit may be: as posted, or the range of what is usual on such a line.
    curve_kmh : ndarray, shape (k,)
        What the curvature of the track allows; inf where it is straight.
    """

    start_m: NDArray[np.float64]
    posted_kmh: NDArray[np.float64]
    low_kmh: NDArray[np.float64]
    high_kmh: NDArray[np.float64]
    curve_kmh: NDArray[np.float64]


class Structure(NamedTuple):
    """A tunnel or bridge of a section: ``"tunnel"`` or ``"bridge"``, chainage, m, and its name."""

    kind: str
    start_m: float
    end_m: float
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """A stretch of track between two nodes of the network.

    Attributes
    ----------
    id : str
        Stable identifier, unique in a network.
    start, end : str
        Identifiers of the nodes at its two ends: of stations, or of switches without a name.
    line : str
        The line it belongs to.
    gauge : str
        ``"1435"``, ``"1520"`` or ``"1435+1520"``, millimetres.
    tracks : int or None
        Number of tracks; None where no source says.
    electrification : str
        Such as ``"25 kV AC"`` or ``"none"``.
    usage : str
        ``"main"`` or ``"secondary"``.
    estimated : bool
        Whether the course drawn is an estimate: no source has the track between its ends.
    chainage_m : ndarray, shape (n,)
        Official chainage of each vertex from `start`, m, strictly increasing from 0.
    lon, lat : ndarray, shape (n,)
        The vertices, degrees, WGS 84.
    station_ids : tuple of str
        The stations on the section in order, those at its ends included.
    station_m : ndarray, shape (k,)
        Their official chainage from `start`, m.
    service : str
        Empty for through track, or ``"siding"``, ``"yard"``, ``"spur"``, ``"crossover"``.
    end_kinds : tuple of (str, str)
        What the nodes at its start and end are: ``"crossing"`` of two tracks without a connection,
        ``"slip"`` with one, ``"meeting"`` of four tracks or more, some of which are left out, of
        which nothing is said; or empty: a station, a switch, an end.
    limits : TrackLimits or None
        Speed limits; None where no source has any.
    structures : tuple of Structure
        Tunnels and bridges, in order.
    """

    id: str
    start: str
    end: str
    line: str
    gauge: str
    tracks: int | None
    electrification: str
    usage: str
    estimated: bool
    chainage_m: NDArray[np.float64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    station_ids: tuple[str, ...]
    station_m: NDArray[np.float64]
    service: str = ""
    end_kinds: tuple[str, str] = ("", "")
    limits: TrackLimits | None = None
    structures: tuple[Structure, ...] = ()

    @property
    def length_m(self) -> float:
        """Official length, m."""
        return float(self.chainage_m[-1])

    @property
    def geodesic_m(self) -> float:
        """Length of the geometry on the ellipsoid, m; shorter than the track it simplifies."""
        return line_length_m(self.lon, self.lat)

    @property
    def gauges_mm(self) -> frozenset[int]:
        """The gauges a train can use here."""
        return gauges_of(self.gauge)


def gauges_of(text: str) -> frozenset[int]:
    """The gauges of a track, mm, of a text such as ``"1435+1520"``."""
    return frozenset(int(gauge) for gauge in text.split("+"))


def usable_mm(track: frozenset[int], stock: frozenset[int]) -> frozenset[int]:
    """Those of the gauges of a track that stock of one of some gauges can run on."""
    return frozenset(
        own for own in track if any(abs(own - each) <= SAME_GAUGE_MM for each in stock)
    )


def heading_deg(
    chainage_m: NDArray[np.float64],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    *,
    forward: bool,
) -> float:
    """Heading of a train that enters a line, over its first kilometre.

    Parameters
    ----------
    chainage_m, lon, lat : ndarray, shape (n,)
        Vertices of the line: chainage from its start, m, and place, degrees.
    forward : bool
        Entering at the start; otherwise at the end.

    Returns
    -------
    float
        Degrees clockwise from north.
    """
    length_m = chainage_m[-1]
    near, far = (0.0, HEADING_BASE_M) if forward else (length_m, -HEADING_BASE_M)
    ends_m = np.clip([near, near + far], 0.0, length_m)
    ends_lon, ends_lat = (np.interp(ends_m, chainage_m, degrees) for degrees in (lon, lat))
    return float(bearing_deg(ends_lon[0], ends_lat[0], ends_lon[1], ends_lat[1]))


def bearing_deg(
    from_lon: ArrayLike, from_lat: ArrayLike, to_lon: ArrayLike, to_lat: ArrayLike
) -> NDArray[np.float64]:
    """Direction from one point to another near it, degrees clockwise from north."""
    from_lon, from_lat, to_lon, to_lat = map(np.asarray, (from_lon, from_lat, to_lon, to_lat))
    east = (to_lon - from_lon) * np.cos(np.radians((from_lat + to_lat) / 2))
    bearing: NDArray[np.float64] = np.degrees(np.arctan2(east, to_lat - from_lat)) % 360
    return bearing


def turn_deg(arriving_deg: Angle, departing_deg: Angle) -> Angle:
    """Angle by which a train's heading changes, 0 (straight on) to 180 (back)."""
    return abs((departing_deg - arriving_deg + 180) % 360 - 180)
