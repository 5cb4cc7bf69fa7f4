"""The embedded base map under a chart: land, lakes, borders, and the names of countries."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
import shapely.geometry
from matplotlib.collections import LineCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from journey.dataset import data_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

SEA, LAND, COAST, BORDER, COUNTRY = "#dce8ee", "#f7f5ef", "#a3b1b8", "#7d7a72", "#6d6a63"
FINEST_PX = 2000
"""A map is drawn as if it were so many px wide: what is finer is left out."""
BEYOND = 0.02
"""Part of the view by which shapes reach beyond it, so that no coast is drawn along its edge."""


class View(NamedTuple):
    """What part of the world a map shows, degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def middle_lat(self) -> float:
        """The latitude at which distances east and north are alike."""
        return (self.south + self.north) / 2

    @property
    def stretch(self) -> float:
        """By how much a degree of latitude is longer than one of longitude there."""
        return float(1 / np.cos(np.deg2rad(self.middle_lat)))


class Country(NamedTuple):
    """Name of a country, and where it is written, degrees."""

    name: str
    lon: float
    lat: float


class Drawn(NamedTuple):
    """What names on a map go by: its countries, and where its borders are, degrees."""

    countries: list[Country]
    borders: list[NDArray[np.float64]]


def draw_base_map(axes: Axes, view: View) -> Drawn:
    """Draw land, lakes and borders.

    Parameters
    ----------
    axes : Axes
        Where to: longitude across, latitude upwards, degrees.
    view : View
        What of it is seen.

    Returns
    -------
    Drawn
        The countries to be named, and the borders within.
    """
    axes.set_facecolor(SEA)
    text = (data_folder() / "basemap.geojson").read_text(encoding="utf-8")
    countries, borders = [], []
    for feature in json.loads(text)["features"]:
        about, shape = feature["properties"], shapely.geometry.shape(feature["geometry"])
        if about["kind"] == "country":
            countries.append(Country(about["name"], shape.x, shape.y))
        else:
            parts = shapely.get_parts(_within(shape, view))
            _draw(axes, about["kind"], parts)
            if about["kind"] == "borders":
                borders = [shapely.get_coordinates(part) for part in parts]
    return Drawn([each for each in countries if _inside(each, view)], borders)


def _inside(country: Country, view: View) -> bool:
    return view.west < country.lon < view.east and view.south < country.lat < view.north


def _within(shape: shapely.Geometry, view: View) -> shapely.Geometry:
    width, height = view.east - view.west, view.north - view.south
    x, y = BEYOND * width, BEYOND * height
    finer = shapely.simplify(shape, width / FINEST_PX)
    around = (view.west - x, view.south - y, view.east + x, view.north + y)
    return shapely.clip_by_rect(finer, *around)


def _draw(axes: Axes, kind: str, parts: Sequence[shapely.Geometry]) -> None:
    if kind == "borders":
        lines = [shapely.get_coordinates(part) for part in parts]
        borders = LineCollection(lines, colors=BORDER, linewidths=0.8, linestyles=(0, (5, 2, 1, 2)))
        borders.set(label=f"_{kind}", zorder=1.2)
        axes.add_collection(borders, autolim=False)
        return
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(parts)]
    if rings:
        face = LAND if kind == "land" else SEA
        patch = PathPatch(_path(rings), facecolor=face, edgecolor=COAST, linewidth=0.5)
        patch.set(label=f"_{kind}", zorder=1 if kind == "land" else 1.1)
        axes.add_artist(patch)


def _path(rings: Iterable[NDArray[np.float64]]) -> Path:
    """One path of several rings, the inner ones of which are holes."""
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))
