"""What an import found, left out, mended and supposed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from journey.osm.counts import WORDS, line_of

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from journey.section_table import SectionTable
    from journey.track import Station

MOST_NAMED = 5
SCHEMA = "journey.network-import/1"


@dataclass(frozen=True)
class ImportReport:
    """What an import found, left out, mended and supposed.

    Attributes
    ----------
    source : str
        Name of the file.
    date : str
        Of its data, as the file says; empty where it does not.
    sections, stations : int
        How many the network has.
    length_km : float
        Length of all its sections.
    islands : int
        Parts of the network that no track connects.
    largest_km : float
        Length of the largest of them.
    unknown_km : float
        Length of the track whose speed limit is not mapped, and assumed.
    dropped : tuple of str
        Names of the stations without track.
    counts : mapping of str to int
        How often each thing happened, those that did not left out.
    """

    source: str
    date: str
    sections: int
    stations: int
    length_km: float
    islands: int
    largest_km: float
    unknown_km: float
    dropped: tuple[str, ...]
    counts: Mapping[str, int]

    @property
    def lines(self) -> tuple[str, ...]:
        """The report in words, one line for each thing."""
        sections, stations = _counted(self.sections, "section"), _counted(self.stations, "station")
        found = f"{sections}, {self.length_km:,.1f} km; {stations}"
        unknown = (
            f"{self.unknown_km:,.1f} km without a mapped speed limit: a range by class of track is "
            "assumed"
        )
        return (found, *[unknown][: self.unknown_km > 0], *self._said(warns=False))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the user should look at, one line for each thing."""
        islands = (
            f"{self.islands:,} parts that no track connects: the largest has "
            f"{self.largest_km:,.1f} km, the others {self.length_km - self.largest_km:,.1f} km"
        )
        nameless = "no station: places cannot be named on this network"
        return (
            *self._said(warns=True),
            *[islands][: self.islands > 1],
            *[nameless][: not self.stations],
        )

    def document(self) -> dict[str, Any]:
        """The report for machines (schema journey.network-import/1)."""
        return {
            "schema": SCHEMA,
            "source": self.source,
            "date": self.date,
            "sections": self.sections,
            "stations": self.stations,
            "length_km": round(self.length_km, 3),
            "islands": self.islands,
            "largest_km": round(self.largest_km, 3),
            "stations_without_track": list(self.dropped),
            "unknown_limit_km": round(self.unknown_km, 3),
            "counts": dict(self.counts),
            "warnings": list(self.warnings),
        }

    def _said(self, *, warns: bool) -> tuple[str, ...]:
        return tuple(
            line_of(key, self.counts[key]) + (self._named() if key == "without_track" else "")
            for key, wording in WORDS.items()
            if wording.warns == warns and self.counts.get(key)
        )

    def _named(self) -> str:
        """The first stations without track, by name."""
        others = len(self.dropped) - MOST_NAMED
        further = [f"{others:,} more"] if others > 0 else []
        return f" ({', '.join((*self.dropped[:MOST_NAMED], *further))})"


class Seen(NamedTuple):
    """What was seen on the way from an extract to a network.

    Attributes
    ----------
    source, date : str
        Name of the file, and the date of its data.
    assumed_km : float
        Length of the track whose limits are assumed.
    dropped : sequence of str
        Names of the stations without track.
    counts : Counter
        How often each thing happened.
    """

    source: str
    date: str
    assumed_km: float
    dropped: Sequence[str]
    counts: Counter[str]


def report_of(stations: tuple[Station, ...], table: SectionTable, seen: Seen) -> ImportReport:
    """Report on a network that was made."""
    island_km = _island_km(table)
    return ImportReport(
        source=seen.source,
        date=seen.date,
        sections=len(table),
        stations=len(stations),
        length_km=float(table.length_m.sum()) / 1000,
        islands=len(island_km),
        largest_km=float(island_km.max()),
        unknown_km=seen.assumed_km,
        dropped=tuple(seen.dropped),
        counts={
            key: seen.counts[key] for key in ("ways_kept", "not_track", *WORDS) if seen.counts[key]
        },
    )


def _island_km(table: SectionTable) -> NDArray[np.float64]:
    from scipy.sparse import coo_array  # noqa: PLC0415 - for those who import
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    nodes = table.nodes
    size = len(nodes.names)
    links = coo_array((np.ones(len(table)), (nodes.start, nodes.end)), shape=(size, size))
    _, island = connected_components(links, directed=False)
    return np.bincount(island[nodes.start], weights=table.length_m) / 1000


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
