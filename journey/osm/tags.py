"""Which ways are tracks that were asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from journey.errors import InputError, nearest_names, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

KINDS = (
    *("rail", "narrow_gauge", "preserved", "light_rail", "subway", "tram", "monorail"),
    *("funicular", "miniature"),
)
"""Kinds of track, as the tag ``railway`` has them."""

USUAL_KINDS = ("rail", "narrow_gauge")
"""Those that are taken unless others are asked for."""

SERVICES = ("siding", "yard", "spur")
"""Service tracks that are left out unless asked for; crossovers join tracks, and stay."""

LINE_ROUTES = frozenset({"railway", "tracks"})
"""Relations that name the line of their members, by the tag ``route``."""
LIFE = frozenset({"abandoned", "construction", "demolished", "dismantled", "disused", "planned",
                  "proposed", "razed", "removed"})  # fmt: skip
"""Values and keys that say a track is not in use."""

SPOTS_AWAY = frozenset({"station", "halt", "junction", "spur_junction", "site", "yard",
                        "service_station", "crossover", "border"})  # fmt: skip
"""Objects with a name that need not lie on a track."""

STOPS = frozenset({"stop", "halt", "station"})

WAY_TAGS = (
    *("railway", "gauge", "electrified", "voltage", "frequency", "usage", "service", "name"),
    *("name:en", "ref", "tracks", "maxspeed", "maxspeed:forward", "maxspeed:backward"),
    *("highspeed", "tunnel", "bridge", "tunnel:name", "bridge:name"),
)
"""The tags of a track that are read."""


class Selection(NamedTuple):
    """Which tracks are asked for.

    Attributes
    ----------
    kinds : frozenset of str
        Values of the tag ``railway``.
    services : frozenset of str
        Service tracks to take too: ``siding``, ``yard``, ``spur``.
    """

    kinds: frozenset[str]
    services: frozenset[str]

    @classmethod
    def of(cls, kinds: Iterable[str], services: Iterable[str]) -> Selection:
        """Check what is asked for.

        Raises
        ------
        InputError
            If a kind or a service is none that OpenStreetMap has, or no kind is given.
        """
        chosen = cls(frozenset(kinds), frozenset(services))
        _check("kinds", chosen.kinds, KINDS)
        _check("with", chosen.services, SERVICES)
        if not chosen.kinds:
            raise InputError(f"kinds: empty; expected some of {', '.join(KINDS)}")
        return chosen

    def left_out(self, tags: Mapping[str, str]) -> str:
        """Why a way is left out: a key of `journey.osm.counts`; empty where it is kept."""
        kind = tags.get("railway", "")
        if kind in LIFE or (kind in KINDS and any(tags.get(key) == "yes" for key in LIFE)):
            return "not_in_use"
        if kind not in KINDS:
            return "not_track"
        if kind not in self.kinds:
            return "other_kinds"
        service = tags.get("service", "")
        return service if service in SERVICES and service not in self.services else ""


def _check(name: str, given: frozenset[str], known: tuple[str, ...]) -> None:
    for value in sorted(given - set(known)):
        offer = nearest_names(value, known) or f"expected some of {', '.join(known)}"
        raise InputError(f"{name} {shown(value)}: unknown; {offer}")
