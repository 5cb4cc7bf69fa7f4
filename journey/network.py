"""The network: stations and track sections; loading, checking, and the route through places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from journey.attribution import UNSTATED
from journey.dataset import data_folder, embedded_provenance, read_dataset
from journey.errors import InputError
from journey.frames import sections_frame, stations_frame
from journey.names import Gazetteer
from journey.network_file import read_network, write_network
from journey.pathfinding.turn_graph import TurnGraph
from journey.pathfinding.ways import Place, Spot
from journey.pathfinding.weighting import BY_LENGTH
from journey.section_table import SectionTable
from journey.turning import possible_turns
from journey.wayfinding import Wayfinder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    import numpy as np
    from numpy.typing import NDArray

    from journey.attribution import Provenance
    from journey.pathfinding.weighting import Weighting
    from journey.route import Route
    from journey.track import Section, Station
    from journey.turning import Turns


def load_network(path: str | Path | None = None) -> Network:
    """Load a network.

    Parameters
    ----------
    path : str or Path, optional
        A GeoPackage as `import_network` writes it, or a folder with ``stations.csv`` and
        ``sections.geojson`` as the embedded dataset has them; the embedded Far East corridor by
        default.

    Returns
    -------
    Network
        Its stations and sections, checked.

    Raises
    ------
    InputError
        If a file is missing or damaged, or the two do not fit together.

    Examples
    --------
    >>> from journey import load_network
    >>> network = load_network()
    >>> network.station("Хасан").name
    'Khasan'
    """
    if path is None:
        return Network(*read_dataset(data_folder()), embedded_provenance())
    path = Path(path)
    if path.is_dir():
        return Network(*read_dataset(path), UNSTATED._replace(dataset=path.name))
    return Network(*read_network(path))


@dataclass(frozen=True, eq=False)
class Network:
    """Stations and the track sections between them.

    Attributes
    ----------
    station_list : tuple of Station
        Every station, each once.
    section_list : sequence of Section
        Every section.
    provenance : Provenance
        What maps, reports and exports say of the data.
    """

    station_list: tuple[Station, ...]
    section_list: Sequence[Section]
    provenance: Provenance = UNSTATED

    def __post_init__(self) -> None:
        """Check that the sections refer to known stations and are in order."""
        known = set(self._by_id)
        for unknown in sorted({*self.table.station_ids} - known):
            section = self._sections_with(unknown)[0]
            raise InputError(f"section {section.id}: station {unknown!r} is not in the list")
        for wrong in self.table.not_increasing().tolist():
            section = self.section_list[wrong]
            raise InputError(f"section {section.id}: expected chainage to increase strictly")

    @cached_property
    def table(self) -> SectionTable:
        """The sections as columns."""
        return SectionTable.of(self.section_list)

    def _sections_with(self, station: str) -> list[Section]:
        return [section for section in self.section_list if station in section.station_ids]

    def station(self, name: str) -> Station:
        """Find a station by its id or any of its names.

        Raises
        ------
        UnknownPlaceError
            If there is none of that name; the message offers the nearest.
        InputError
            If several places have that name.
        """
        return self._gazetteer.find(name)

    def place(self, name: str) -> Place:
        """Where on the sections a station lies, in both directions.

        Parameters
        ----------
        name : str
            Its id or any of its names.

        Raises
        ------
        UnknownPlaceError
            If there is none of that name.
        InputError
            If several places have that name, or it lies on no track.
        """
        station = self.station(name)
        place = self._spots[station.id]
        if not place.spots:
            raise InputError(f"{station.name!r} lies on no track; name a station on one")
        return place

    def route(self, *places: str, weighting: Weighting = BY_LENGTH) -> Route:
        """Find the lightest way through places in their order, by official length or otherwise.

        Unless another weighting is given, secondary lines weigh twice their length and a reversal
        as much as 10 km of main line, so that either is taken only where a place on it is named or
        nothing else connects.

        Parameters
        ----------
        *places : str
            Two or more stations, by id or any of their names.
        weighting : Weighting
            What the lightest way is, and what it keeps off.

        Returns
        -------
        Route
            The way, with its chainage from the first place.

        Raises
        ------
        UnknownPlaceError
            If a place, or something to avoid, is nothing in the network.
        NoRouteError
            If no track connects two successive places.
        InputError
            If fewer than two places are given, one twice in succession, or one on no track.

        Examples
        --------
        >>> route = load_network().route("Khasan", "Baranovsky", "Vladivostok")
        >>> round(route.length_km, 1), len(route.reversals)
        (326.0, 0)
        """
        return self.wayfinder(weighting).route(self.called_at(places))

    def alternatives(
        self, start: str, end: str, *, count: int = 3, weighting: Weighting = BY_LENGTH
    ) -> tuple[Route, ...]:
        """Find ways between two places that differ by more than the track at a platform.

        Parameters
        ----------
        start, end : str
            Stations, by id or any of their names.
        count : int
            How many ways to find at most.
        weighting : Weighting
            What the lightest way is, and what all of them keep off.

        Returns
        -------
        tuple of Route
            The ways by their weight, the lightest first; there may be fewer than asked for. Each
            of the others weighs at most 2.5 times as much, and runs for a fifth of its length
            or more away from each way before it.

        Raises
        ------
        UnknownPlaceError, NoRouteError, InputError
            As for `route`.

        Examples
        --------
        >>> ways = load_network().alternatives("Chongjin", "Tumangang")
        >>> [round(way.length_km) for way in ways]
        [132, 295]
        """
        if count < 1:
            raise InputError(f"count {count}: expected 1 or more ways")
        return self.wayfinder(weighting).alternatives(self.called_at((start, end)), count)

    def called_at(self, places: Sequence[str]) -> tuple[Station, ...]:
        """Find the stations of a route by their names, and check that there is a way to find."""
        stations = tuple(self.station(place) for place in places)
        if len(stations) < 2:  # noqa: PLR2004 - a way has two ends
            raise InputError(f"route {', '.join(places)!r}: expected two places or more")
        for before, after in pairwise(stations):
            if before.id == after.id:
                raise InputError(f"route: {after.name!r} follows itself; name each place once")
        for station in stations:
            self.place(station.id)
        return stations

    def wayfinder(self, weighting: Weighting = BY_LENGTH) -> Wayfinder:
        """What finds routes by a weighting."""
        if weighting == BY_LENGTH:
            return self._finder(weighting, self.graph)
        return self._finder(weighting, self.graph_of(weighting.weights(self.table, self._by_id)))

    def _finder(self, weighting: Weighting, graph: TurnGraph) -> Wayfinder:
        return Wayfinder(self.table, self._by_id, self._spots, self.provenance, weighting, graph)

    def save(self, path: str | Path, about: Mapping[str, str] | None = None) -> Path:
        """Write the network as a GeoPackage, which `load_network` and any GIS read.

        Parameters
        ----------
        path : str or Path
            The file.
        about : mapping of str to str, optional
            What else its table ``about`` is to say.

        Returns
        -------
        Path
            The file. The same network gives the same bytes.

        Raises
        ------
        InputError
            If the name does not end in ``.gpkg``.
        OutputError
            If it cannot be written there.
        """
        return write_network(path, self.station_list, self.table, self.provenance, about)

    @cached_property
    def stations(self) -> gpd.GeoDataFrame:
        """Every station with its point on the track."""
        return stations_frame(self.station_list)

    @cached_property
    def sections(self) -> gpd.GeoDataFrame:
        """Every section with its official and geodesic length, km, and its line."""
        return sections_frame(self.section_list)

    @cached_property
    def countries_and_lines(self) -> tuple[str, ...]:
        """What a speed may be stated for besides a stretch, in alphabetical order."""
        countries = {station.country for station in self.station_list}
        return tuple(sorted(countries | {section.line for section in self.section_list}))

    @cached_property
    def _by_id(self) -> dict[str, Station]:
        by_id = {station.id: station for station in self.station_list}
        if len(by_id) < len(self.station_list):
            raise InputError("stations: expected every id once")
        return by_id

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return Gazetteer.of(self.station_list, "the network")

    @cached_property
    def graph(self) -> TurnGraph:
        """The directed sections and the turns between them, weighed by length."""
        return self.graph_of()

    def graph_of(self, weights: NDArray[np.float64] | None = None) -> TurnGraph:
        """The same with other weights of running each section, see `TurnGraph.of`."""
        return TurnGraph.of(self.table, self._by_id, weights, self.turns)

    @cached_property
    def turns(self) -> Turns:
        """The turns from one directed section into another, see `possible_turns`."""
        return possible_turns(self.table, self._by_id)

    @cached_property
    def _spots(self) -> dict[str, Place]:
        """Where each station lies on the sections, in both directions."""
        table = self.table
        spots: dict[str, list[Spot]] = {id_: [] for id_ in self._by_id}
        sections, run_m = table.section_of_station, table.station_m
        back_m = table.length_m[sections] - run_m
        for id_, number, run, back in zip(
            table.station_ids, sections.tolist(), run_m.tolist(), back_m.tolist(), strict=True
        ):
            spots[id_] += [Spot(2 * number, run), Spot(2 * number + 1, back)]
        return {
            id_: Place(tuple(found), self._by_id[id_].can_reverse) for id_, found in spots.items()
        }
