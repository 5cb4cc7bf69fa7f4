"""Which way a train can pass at a node, by the rule of the package's own search for a way."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.track import REVERSING_KINDS, Section, is_curve, turn_deg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from building.track import Laid


class Turn(NamedTuple):
    """A way through a node: its two sections, the change of heading, and whether a train can."""

    node: str
    one: str
    other: str
    angle_deg: float
    how: str


def turns(sections: list[Laid], kinds: Mapping[str, str]) -> list[Turn]:
    """List the turn between every two sections at every node.

    Parameters
    ----------
    sections : list of Laid
        The sections of the dataset.
    kinds : mapping of str to str
        Kind of each station.
    """
    leaving: dict[str, list[tuple[str, float]]] = {}
    for section in map(_section, sections):
        for node, forward in ((section.start, True), (section.end, False)):
            heading = section.departing_heading_deg(forward=forward)
            leaving.setdefault(node, []).append((section.id, heading))
    return [
        _turn(node, one, other, can_reverse=kinds[node] in REVERSING_KINDS)
        for node, ways in sorted(leaving.items())
        for one, other in combinations(ways, 2)
    ]


def _turn(
    node: str, one: tuple[str, float], other: tuple[str, float], *, can_reverse: bool
) -> Turn:
    # A train arrives by a section with its back to where it would leave by it.
    arriving, departing = one[1] + 180, other[1]
    how = "with a reversal" if can_reverse else "no"
    if is_curve(arriving, departing):
        how = "yes"
    return Turn(node, one[0], other[0], turn_deg(arriving, departing), how)


def _section(laid: Laid) -> Section:
    about = laid.plan.attributes
    lon, lat = laid.lonlat.T
    return Section(
        id=about["id"],
        start=about["start"],
        end=about["end"],
        line=about["line"],
        gauge=about["gauge_mm"],
        tracks=int(about["tracks"]) if about["tracks"] else None,
        electrification=about["electrification"],
        usage=about["usage"],
        estimated=about["estimated"] == "true",
        chainage_m=laid.km * 1000,
        lon=lon,
        lat=lat,
        station_ids=tuple(id_ for id_, _ in laid.timing_points),
        station_m=np.array([km for _, km in laid.timing_points]) * 1000,
    )
