"""Finding a station by what people call it, whatever the script, accents or case."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from journey.errors import InputError, UnknownPlaceError, nearest_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from journey.track import Station

MOST_OFFERED = 5
_APOSTROPHES = "'`\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"


def fold(name: str) -> str:
    """Reduce a name to what people agree on: letters and digits without accents or case."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(letter if letter.isalnum() else " " for letter in apart if not _accent(letter))
    return " ".join(kept.split())


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """The names of some stations.

    An identifier or an exact name goes before an alias, and that before a name that agrees only
    without accents: ``Haksong`` and ``Haksŏng`` are two places.

    Attributes
    ----------
    where : str
        What the stations belong to, for messages, such as ``"the network"``.
    levels : tuple of mappings
        From each name to the stations it can mean, the strictest reading first.
    """

    where: str
    levels: tuple[Mapping[str, tuple[Station, ...]], ...]

    @classmethod
    def of(cls, stations: Iterable[Station], where: str) -> Gazetteer:
        """Gather the names of stations."""
        known = tuple(stations)
        levels = (
            _index(known, lambda station: (station.id,)),
            _index(known, lambda station: map(str.casefold, station.own_names)),
            _index(known, lambda station: map(str.casefold, station.aliases)),
            _index(known, lambda station: map(fold, station.names)),
        )
        return cls(where, levels)

    def find(self, wanted: str) -> Station:
        """Find the station that a name means.

        Parameters
        ----------
        wanted : str
            Its id or any of its names.

        Returns
        -------
        Station
            The one that is meant.

        Raises
        ------
        UnknownPlaceError
            If none has that name; the nearest names are offered.
        InputError
            If several have it.
        """
        exact = wanted.casefold()
        for level, name in zip(self.levels, (exact, exact, exact, fold(wanted)), strict=True):
            found = level.get(name, ())
            if len(found) == 1:
                return found[0]
            if found:
                raise InputError(f"{wanted!r} means several places in {self.where}; {_ids(found)}")
        known = {name for stations in self.levels[0].values() for name in stations[0].names}
        offer = nearest_names(wanted, sorted(known)) or "expected the name of a station"
        raise UnknownPlaceError(f"{wanted!r} is no station of {self.where}; {offer}")


def _index(
    stations: tuple[Station, ...], names: Callable[[Station], Iterable[str]]
) -> dict[str, tuple[Station, ...]]:
    index: dict[str, tuple[Station, ...]] = {}
    for station in stations:
        for name in filter(None, dict.fromkeys(names(station))):
            index[name] = (*index.get(name, ()), station)
    return index


def _ids(stations: tuple[Station, ...]) -> str:
    ids = sorted(station.id for station in stations)
    more = "" if len(ids) <= MOST_OFFERED else f" or {len(ids) - MOST_OFFERED} others"
    return f"write {' or '.join(ids[:MOST_OFFERED])}{more}"


def _accent(letter: str) -> bool:
    # The apostrophes of the romanised Korean are written in many ways, or left out.
    return unicodedata.combining(letter) > 0 or letter in _APOSTROPHES
