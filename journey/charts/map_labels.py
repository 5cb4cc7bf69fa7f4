"""Names on a map, where they cover nothing: measured as they are drawn, the foremost first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox

from journey.charts.base_map import COUNTRY, LAND
from journey.charts.labels import meets
from journey.charts.style import FAMILIES, INK, SMALL_PT, TEXT_PT, root_of, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from journey.charts.base_map import Country
    from journey.track import Station

DOT_PT, GAP_PT = 3.0, 5.5
SIDES = ((1, 0), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1), (0, 1), (0, -1))
LINE_PT = 8.0
TRACK_STEP_PT = 3.0
EDGE_PT = 3.0
CORNERS = ((0, 0), (1, 0), (1, 1), (0, 1))
SCALE_IN = 0.12


class Way(NamedTuple):
    """A line that names should not lie on, points of it in px."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]

    def in_box(self, box: Bbox) -> bool:
        """Whether the line runs through a rectangle."""
        inside = (self.x > box.x0) & (self.x < box.x1) & (self.y > box.y0) & (self.y < box.y1)
        return bool(inside.any())


class Labels:
    """The names on a map so far, and what they must not cover.

    Parameters
    ----------
    axes : Axes
        The map, with its limits set.
    lines : sequence of (ndarray, ndarray)
        Longitudes and latitudes of the track.
    """

    def __init__(
        self, axes: Axes, lines: Sequence[tuple[NDArray[np.float64], NDArray[np.float64]]]
    ) -> None:
        self._axes = axes
        self._px = root_of(axes).dpi / 72
        axes.apply_aspect()
        self._inside = axes.get_window_extent().padded(-EDGE_PT * self._px)
        self._ways = [self._way(lon, lat) for lon, lat in lines]
        self._taken: list[Bbox] = []

    def stations(self, foremost: Iterable[Station], every: Sequence[Station]) -> None:
        """Name stations: the foremost in both scripts, all in Latin letters where there is room."""
        dots = {each.id: self._dot(each) for each in every}
        first = list(foremost)
        for station in dict.fromkeys([*first, *every]):
            others = [box for id_, box in dots.items() if id_ != station.id]
            weight = "bold" if station in first else "normal"
            texts = list(dict.fromkeys([_both(station), shortened(station.name)]))
            places = [(text, side, on_track) for on_track in (False, True) for text in texts
                      for side in SIDES if not on_track or station in first]  # fmt: skip
            for text, side, on_track in places:
                if self._try(station, text, side, others, weight, on_track=on_track):
                    break
        self._taken += dots.values()

    def scale_bar(self, bar: tuple[float, float, str]) -> None:
        """Draw a scale bar in a corner where nothing else is."""
        length_deg, _, text = bar
        for x, y in CORNERS:
            box = self._corner(x, y, length_deg)
            if not meets(box, self._taken) and not any(way.in_box(box) for way in self._ways):
                break
        self._taken.append(box)
        self._draw_bar(box, text)

    def countries(self, countries: Iterable[Country]) -> None:
        """Name countries, where nothing else is."""
        for country in countries:
            text = self._axes.text(
                country.lon, country.lat, country.name.upper(), ha="center", va="center",
                fontsize=SMALL_PT, fontfamily=list(FAMILIES), color=COUNTRY, zorder=2, gid="country",
            )  # fmt: skip
            for shift in ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0), (0, 2), (0, -2)):
                self._shift(text, country, shift)
                if self._free(text.get_window_extent(), (), on_track=False):
                    self._taken.append(text.get_window_extent())
                    break
            else:
                text.remove()

    def _shift(self, text: object, country: Country, shift: tuple[int, int]) -> None:
        """Move the name of a country by some lines."""
        x, y = self._axes.transData.transform((country.lon, country.lat))
        step = 2 * LINE_PT * self._px
        moved = (x + 3 * shift[0] * step, y + shift[1] * step)
        text.set_position(self._axes.transData.inverted().transform(moved))  # type: ignore[attr-defined]

    def _way(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> Way:
        """Points along a line, close enough that no name fits between two of them."""
        x, y = self._axes.transData.transform(np.column_stack([lon, lat])).T
        along = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))])
        steps = np.arange(0, along[-1], TRACK_STEP_PT * self._px)
        return Way(np.interp(steps, along, x), np.interp(steps, along, y))

    def _dot(self, station: Station) -> Bbox:
        x, y = self._axes.transData.transform((station.lon, station.lat))
        return Bbox.from_bounds(x, y, 0, 0).padded(DOT_PT * self._px)

    def _try(  # noqa: PLR0913 - a name, and what it must not cover
        self,
        station: Station,
        text: str,
        side: tuple[int, int],
        dots: Sequence[Bbox],
        weight: str,
        *,
        on_track: bool,
    ) -> bool:
        """Write a name to one side of its station; whether it covers nothing there."""
        dx, dy = side
        beside = self._axes.annotate(
            text,
            (station.lon, station.lat),
            xytext=(dx * (GAP_PT if not dy else GAP_PT - 1), dy * (LINE_PT + (not dx) * 2)),
            textcoords="offset points",
            ha={1: "left", 0: "center", -1: "right"}[dx],
            va="center_baseline" if not dy else "center",
            fontsize=TEXT_PT if weight == "bold" else SMALL_PT,
            fontfamily=list(FAMILIES),
            fontweight=weight,
            color=INK,
            zorder=7,
            gid="station",
            path_effects=[withStroke(linewidth=2.0, foreground=LAND)],
        )
        box = beside.get_window_extent()
        if self._free(box, dots, on_track=on_track):
            self._taken.append(box)
            return True
        beside.remove()
        return False

    def _free(self, box: Bbox, dots: Sequence[Bbox], *, on_track: bool) -> bool:
        inside = self._inside
        within = box.x0 >= inside.x0 and box.x1 <= inside.x1
        within = within and box.y0 >= inside.y0 and box.y1 <= inside.y1
        if not within or meets(box, (*self._taken, *dots)):
            return False
        return on_track or not any(way.in_box(box) for way in self._ways)

    def _corner(self, x: int, y: int, length_deg: float) -> Bbox:
        """The rectangle of the scale bar in a corner, px."""
        ends = self._axes.transData.transform([(0.0, 0.0), (length_deg, 0.0)])
        width, height = ends[1, 0] - ends[0, 0], (LINE_PT * 1.9) * self._px
        gap = SCALE_IN * root_of(self._axes).dpi
        inside = self._inside
        left = inside.x1 - gap - width if x else inside.x0 + gap
        foot = inside.y1 - gap - height if y else inside.y0 + gap
        return Bbox.from_bounds(left, foot, width, height)

    def _draw_bar(self, box: Bbox, text: str) -> None:
        back = self._axes.transData.inverted()
        ends = back.transform([(box.x0, box.y0 + 2), (box.x1, box.y0 + 2)])
        self._axes.plot(
            *ends.T, color=INK, linewidth=1.4, marker="|", markersize=6, markeredgewidth=1.0,
            solid_capstyle="butt", zorder=7, gid="scale-bar",
        )  # fmt: skip
        middle = back.transform(((box.x0 + box.x1) / 2, box.y0 + 6 * self._px))
        self._axes.text(
            *middle, text, ha="center", va="bottom", fontsize=SMALL_PT, color=INK, zorder=7,
            fontfamily=list(FAMILIES), gid="scale",
        )  # fmt: skip


def _both(station: Station) -> str:
    """A name in Latin letters and in those of the country: ``Khasan Хасан``."""
    name, local = shortened(station.name), shortened(station.name_local)
    return name if local == name else f"{name} {local}"
