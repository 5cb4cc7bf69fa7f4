"""What an export holds, as plain data: each writer only formats it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.export.plain import DECIMALS, clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Value = str | float | int | None
    Places = list[list[float]]

ROUTE, TIMING_POINT, REPORT, TRAJECTORY = "route", "timing point", "report", "trajectory"
KINDS = (ROUTE, TIMING_POINT, REPORT, TRAJECTORY)


class Passage(NamedTuple):
    """An event on a trajectory: at which of its positions, at which kilometre, what and where."""

    position: int
    km: float
    event: str
    station: str


class Feature(NamedTuple):
    """Something that has a place.

    Attributes
    ----------
    id : str
        Unique in an export.
    kind : str
        One of `KINDS`.
    title : str
        What it is called.
    parts : tuple of list
        Its geometry: of each part the positions, longitude and latitude in degrees (WGS 84). A
        part of one position is a point, any other a line; none where its place is not on the map.
    properties : dict
        What is said of it; None is what is not known.
    span : tuple of str
        When it is, first and last, UTC; empty of what has no time.
    times : tuple of str
        Of a trajectory: when it is at each position, UTC, strictly increasing.
    passages : tuple of Passage
        Of a trajectory: its events.
    """

    id: str
    kind: str
    title: str
    parts: tuple[Places, ...]
    properties: dict[str, Value]
    span: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()


def feature_id(*names: object) -> str:
    """Make an id of names: ``as-reported.timing-point.1``."""
    return ".".join(str(name).replace(" ", "-") for name in names)


def places(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> Places:
    """Positions as lists of longitude and latitude, rounded."""
    # Zero is added, since there is no degree -0.
    rounded: Places = (np.round(np.column_stack([lon, lat]), DECIMALS) + 0.0).tolist()
    return rounded


def cleaned(properties: dict[str, Value]) -> dict[str, Value]:
    """Properties whose texts every format can hold; an empty text is one that is not known."""
    return {
        key: (clean(value) or None) if isinstance(value, str) else value
        for key, value in properties.items()
    }


def bounds(features: Iterable[Feature]) -> list[float]:
    """West, south, east and north of all positions, degrees."""
    every = [place for feature in features for part in feature.parts for place in part]
    lon, lat = [place[0] for place in every], [place[1] for place in every]
    return [min(lon), min(lat), max(lon), max(lat)]
