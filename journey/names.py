"""Finding a station by what people call it, whatever the script, accents or case."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from journey.errors import InputError, UnknownPlaceError, nearest_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journey.track import Station


_APOSTROPHES = "'`\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"


def fold(name: str) -> str:
    """Reduce a name to what people agree on: letters and digits without accents or case."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(letter if letter.isalnum() else " " for letter in apart if not _accent(letter))
    return " ".join(kept.split())


def find_station(wanted: str, stations: Iterable[Station], where: str) -> Station:
    """Find the station that a name means.

    An identifier or an exact name goes before an alias, and that before a name that agrees only
    without accents: ``Haksong`` and ``Haksŏng`` are two places.

    Parameters
    ----------
    wanted : str
        Its id or any of its names.
    stations : iterable of Station
        Those that can be meant.
    where : str
        What they belong to, for the message, such as ``"the network"``.

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
    candidates = tuple(stations)
    for found in _by_closeness(wanted, candidates):
        if len(found) == 1:
            return found[0]
        if found:
            ids = " or ".join(sorted(station.id for station in found))
            raise InputError(f"{wanted!r} is the name of several places in {where}; write {ids}")
    offer = nearest_names(wanted, (name for s in candidates for name in s.names))
    raise UnknownPlaceError(
        f"{wanted!r} is no station of {where}; {offer or 'expected the name of a station'}"
    )


def _by_closeness(wanted: str, stations: tuple[Station, ...]) -> Iterable[list[Station]]:
    exact, folded = wanted.casefold(), fold(wanted)
    yield [s for s in stations if exact == s.id]
    yield [s for s in stations if exact in (s.name.casefold(), s.name_ko, s.name_ru.casefold())]
    yield [s for s in stations if exact in (alias.casefold() for alias in s.aliases)]
    yield [s for s in stations if folded and folded in (fold(name) for name in s.names)]


def _accent(letter: str) -> bool:
    # The apostrophes of the romanised Korean are written in many ways, or left out.
    return unicodedata.combining(letter) > 0 or letter in _APOSTROPHES
