"""Which way a train can pass at a node: the change of heading between its sections."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from building.track import Laid


def deflections(sections: list[Laid]) -> list[tuple[str, str, str, float]]:
    """Angle between every two sections at every node: 0 straight on, 180 back.

    Headings are taken over the first kilometre of official chainage.
    """
    ends: dict[str, list[tuple[str, float]]] = {}
    for section in sections:
        for forward, side in ((True, "start"), (False, "end")):
            heading = _heading_deg(section, forward=forward)
            ends.setdefault(section.plan.attributes[side], []).append((section.plan.id, heading))
    return [
        (node, one, other, abs((there - here) % 360 - 180))
        for node, leaving in sorted(ends.items())
        for (one, here), (other, there) in combinations(leaving, 2)
    ]


def _heading_deg(section: Laid, *, forward: bool) -> float:
    length = float(section.km[-1])
    at = (0.0, min(1.0, length)) if forward else (length, max(0.0, length - 1))
    lon, lat = (np.interp(at, section.km, section.lonlat[:, axis]) for axis in (0, 1))
    east = (lon[1] - lon[0]) * np.cos(np.radians(lat.mean()))
    return float(np.degrees(np.arctan2(east, lat[1] - lat[0])) % 360)
