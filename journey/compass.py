"""Directions of travel as reports give them: points of the compass."""

from __future__ import annotations

from journey.errors import InputError, nearest_names

TOWARDS = "towards "
"""Begins a direction that is given by the station the train was heading for."""
POINTS = (
    "north",
    "north-east",
    "east",
    "south-east",
    "south",
    "south-west",
    "west",
    "north-west",
)


def bearing_deg(point: str) -> float:
    """Degrees clockwise from north of a point of the compass, such as ``"north-west"``.

    Raises
    ------
    InputError
        If it is none.
    """
    wanted = "-".join(point.casefold().replace("-", " ").split())
    if wanted not in POINTS:
        offer = nearest_names(wanted, POINTS)
        raise InputError(
            f"direction {point!r}: expected {', '.join(POINTS)}, or "
            f'"{TOWARDS}" and a station{offer and "; " + offer}'
        )
    return 360.0 / len(POINTS) * POINTS.index(wanted)
