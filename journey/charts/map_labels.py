"""Names on a map, where they cover nothing: measured as they are drawn, the foremost first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.transforms import Bbox
from shapely import LineString

from journey.charts.base_map import COUNTRY
from journey.charts.labels import meets
from journey.charts.map_parts import COLUMNS, Name, Way, off, shifts
from journey.charts.style import FAMILIES, INK, SMALL_PT, TEXT_PT, root_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.text import Annotation, Text
    from numpy.typing import NDArray

    from journey.charts.base_map import Country
    from journey.track import Station

DOT_PT, GAP_PT = 3.0, 5.5
MARK_PT, MARKED_GAP_PT = 4.5, 7.5
NEARER = 1.5
"""How many times as far a name is from the dots of others as from its own, at least."""
CLOSE_PT = 0.8
"""How near to a line a name comes."""
CLEAR_PT = 4.0
"""How far a name stays from the dots of others, so that it is clear whose it is."""
FOREMOST = 2
SIDES = (
    *((1, 0), (-1, 0), (1, 0.5), (1, -0.5), (-1, 0.5), (-1, -0.5)),
    *((1, 1), (1, -1), (-1, 1), (-1, -1), (0, 1), (0, -1)),
)
LINE_PT = 8.0
TRACK_STEP_PT = 3.0
EDGE_PT = 3.0
CORNERS = ((0, 0), (1, 0), (1, 1), (0, 1))
SCALE_IN = 0.12


class Labels:
    """The names on a map so far, and what they must not cover.

    Parameters
    ----------
    axes : Axes
        The map, with its limits set.
    lines : sequence of (ndarray, ndarray)
        Longitudes and latitudes of the track.
    borders : sequence of ndarray, shape (n, 2)
        Those of borders, which names cross where there is no other place.
    """

    def __init__(
        self,
        axes: Axes,
        lines: Sequence[tuple[NDArray[np.float64], NDArray[np.float64]]],
        borders: Sequence[NDArray[np.float64]] = (),
    ) -> None:
        self._axes = axes
        self._px = root_of(axes).dpi / 72
        axes.apply_aspect()
        self._inside = axes.get_window_extent().padded(-EDGE_PT * self._px)
        self._track = [self._way(lon, lat) for lon, lat in lines]
        self._borders = [self._way(*border.T) for border in borders]
        self._taken: list[Bbox] = []
        self._sizes: dict[tuple[str, bool, bool], Bbox] = {}

    def stations(self, ranked: Mapping[Station, int], marked: Container[Station]) -> None:
        """Name stations, where there is room.

        Parameters
        ----------
        ranked : mapping of Station to int
            The stations, the foremost first, and how much there is to say of each: two things make
            it a foremost one.
        marked : container of Station
            Those with a mark around their dot.
        """
        dots = {station.id: self._dot(station, marked=station in marked) for station in ranked}
        for station, reasons in ranked.items():
            name = Name(station, reasons >= FOREMOST, station in marked)
            clear = 0.0 if name.foremost else CLEAR_PT * self._px
            others = [box.padded(clear) for id_, box in dots.items() if id_ != station.id]
            self._name(name, others)
        self._taken += dots.values()

    def _name(self, name: Name, others: Sequence[Bbox]) -> None:
        """Write a name where it covers least: both scripts before one, no line before borders."""
        avoided = [[*self._track, *self._borders], self._track, *([[]] if name.foremost else [])]
        for lines in avoided:
            for text in name.texts:
                for side in SIDES:
                    if self._try(name, text, side, (others, lines)):
                        return

    def scale_bar(self, bar: tuple[float, float, str]) -> None:
        """Draw a scale bar in a corner where nothing else is."""
        length_deg, _, text = bar
        for x, y in CORNERS:
            box = self._corner(x, y, length_deg)
            if not meets(box, self._taken) and not any(way.in_box(box) for way in self._track):
                break
        self._taken.append(box)
        self._draw_bar(box, text)

    def countries(self, countries: Iterable[Country]) -> None:
        """Name countries, where nothing else is."""
        for country in countries:
            text = self._axes.text(
                country.lon, country.lat, country.name.upper(), ha="center", va="center",
                fontsize=SMALL_PT, fontfamily=list(FAMILIES), color=COUNTRY, zorder=2,
                label="_country",
            )  # fmt: skip
            for shift in shifts():
                if not self._shift(text, country, shift):
                    continue
                if self._free(text.get_window_extent(), (), [*self._track, *self._borders]):
                    self._taken.append(text.get_window_extent())
                    break
            else:
                text.remove()

    def _shift(self, text: Text, country: Country, shift: tuple[int, int]) -> bool:
        """Move the name of a country; whether that leads across no border."""
        start = self._axes.transData.transform((country.lon, country.lat))
        width = text.get_window_extent().width
        step = np.array([width / COLUMNS, 1.5 * LINE_PT * self._px])
        moved = start + step * shift
        text.set_position(tuple(self._axes.transData.inverted().transform(moved)))
        way = LineString([start, moved])
        return not any(way.intersects(border.line) for border in self._borders)

    def _way(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> Way:
        """Points along a line, close enough that no name fits between two of them."""
        x, y = self._axes.transData.transform(np.column_stack([lon, lat])).T
        along = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))])
        steps = np.linspace(0, along[-1], int(along[-1] / (TRACK_STEP_PT * self._px)) + 2)
        return Way(np.interp(steps, along, x), np.interp(steps, along, y))

    def _dot(self, station: Station, *, marked: bool) -> Bbox:
        x, y = self._axes.transData.transform((station.lon, station.lat))
        return Bbox.from_bounds(x, y, 0, 0).padded((MARK_PT if marked else DOT_PT) * self._px)

    def _try(
        self,
        name: Name,
        text: str,
        side: tuple[int, float],
        avoided: tuple[Sequence[Bbox], Sequence[Way]],
    ) -> bool:
        """Write a name to one side of its station; whether it covers nothing there."""
        box = self._box(name, text, side)
        clear = name.foremost or self._is_of(box, name.station, avoided[0])
        if clear and self._free(box, *avoided):
            self._write(name, text, side)
            self._taken.append(box.padded(self._px))
            return True
        return False

    def _box(self, name: Name, text: str, side: tuple[int, float]) -> Bbox:
        """Where a name would stand: what is measured once, moved to that side."""
        dx, dy = side
        key = text, name.foremost, bool(dy)
        if key not in self._sizes:
            beside = self._write(name, text, (1, dy))
            box, (x, y) = beside.get_window_extent(), self._offset_px(name, (1, dy))
            self._sizes[key] = box.translated(-x, -y)
            beside.remove()
        x, y = self._offset_px(name, side)
        box = self._sizes[key]
        return box.translated(x - {1: 0.0, 0: 0.5, -1: 1.0}[dx] * box.width, y)

    def _offset_px(self, name: Name, side: tuple[int, float]) -> tuple[float, float]:
        x, y = self._axes.transData.transform((name.station.lon, name.station.lat))
        right_pt, up_pt = _offset_pt(name, side)
        return float(x) + right_pt * self._px, float(y) + up_pt * self._px

    def _write(self, name: Name, text: str, side: tuple[int, float]) -> Annotation:
        dx, dy = side
        return self._axes.annotate(
            text,
            (name.station.lon, name.station.lat),
            xytext=_offset_pt(name, side),
            textcoords="offset points",
            ha={1: "left", 0: "center", -1: "right"}[dx],
            va="center" if dy else "center_baseline",
            fontsize=TEXT_PT if name.foremost else SMALL_PT,
            fontfamily=list(FAMILIES),
            fontweight="bold" if name.foremost else "normal",
            color=INK,
            zorder=7,
            label="_station",
        )

    def _is_of(self, box: Bbox, station: Station, dots: Sequence[Bbox]) -> bool:
        """Whether a name is clearly nearer to the dot of its station than to all others."""
        own = off(box, self._dot(station, marked=False))
        return all(off(box, dot) > NEARER * own for dot in dots)

    def _free(self, box: Bbox, dots: Sequence[Bbox], lines: Sequence[Way]) -> bool:
        inside = self._inside
        within = box.x0 >= inside.x0 and box.x1 <= inside.x1
        within = within and box.y0 >= inside.y0 and box.y1 <= inside.y1
        if not within or meets(box, (*self._taken, *dots)):
            return False
        around = box.padded(CLOSE_PT * self._px)
        return not any(line.in_box(around) for line in lines)

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
            solid_capstyle="butt", zorder=7, label="_scale-bar",
        )  # fmt: skip
        x, y = back.transform(((box.x0 + box.x1) / 2, box.y0 + 6 * self._px)).tolist()
        self._axes.text(
            x, y, text, ha="center", va="bottom", fontsize=SMALL_PT, color=INK, zorder=7,
            fontfamily=list(FAMILIES), label="_scale",
        )  # fmt: skip


def _offset_pt(name: Name, side: tuple[int, float]) -> tuple[float, float]:
    """How far a name stands from its dot, to the right and upwards."""
    dx, dy = side
    gap_pt = (MARKED_GAP_PT if name.marked else GAP_PT) - abs(dy)
    up_pt = LINE_PT + (gap_pt - GAP_PT if name.marked else 0) + (not dx) * 2
    return dx * gap_pt, dy * up_pt
