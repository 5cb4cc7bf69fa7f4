"""Which way a train can pass at a node, by the rule of the package's own search for a way."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from journey.track import REVERSING_KINDS, SHARPEST_CURVE_DEG, heading_deg, turn_deg

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
    for section in sections:
        about, (lon, lat) = section.plan.attributes, section.lonlat.T
        for end, forward in (("start", True), ("end", False)):
            heading = heading_deg(section.km * 1000, lon, lat, forward=forward)
            leaving.setdefault(about[end], []).append((about["id"], heading))
    return [
        _turn(node, one, other, can_reverse=kinds[node] in REVERSING_KINDS)
        for node, ways in sorted(leaving.items())
        for one, other in combinations(ways, 2)
    ]


def _turn(
    node: str, one: tuple[str, float], other: tuple[str, float], *, can_reverse: bool
) -> Turn:
    # A train arrives by a section with its back to where it would leave by it.
    angle_deg = turn_deg(one[1] + 180, other[1])
    how = "with a reversal" if can_reverse else "no"
    if angle_deg <= SHARPEST_CURVE_DEG:
        how = "yes"
    return Turn(node, one[0], other[0], angle_deg, how)
