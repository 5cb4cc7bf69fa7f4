"""A what-if as a heat map: how much later each case arrives than the scenario as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib.ticker import FixedFormatter, FixedLocator, MaxNLocator

from journey.charts.cases import cases_of
from journey.charts.style import (
    FAMILIES,
    INK,
    PAD_IN,
    PAPER,
    SMALL_PT,
    SOFT,
    Margins,
    axes_in,
    house_style,
    new_axes,
    root_of,
    size_in,
    widest_in,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.image import AxesImage
    from numpy.typing import ArrayLike, NDArray

    from journey.charts.cases import Case, Cases

COLOURS = "cividis"
"""Even to the eye, also to colour-blind eyes (Nuñez, Anderton and Renslow 2018)."""
CELL_IN, LABELS_IN, KEY_IN, ROW_PT = 0.46, 0.46, 0.27, 1.15
BAR_IN, BAR_GAP_IN, BAR_LABELS_IN = 0.13, 0.12, 0.62
SIZES_PT = (SMALL_PT, 7.0, 6.5, 6.0)
HALF_LIGHT = 0.179
"""Relative luminance at which black and white have the same contrast (WCAG 2)."""
HOUR_S = 3600.0


class Grid(NamedTuple):
    """Cases by row and column, with the names of both."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    row_title: str
    column_title: str
    cells: tuple[tuple[Case | None, ...], ...]

    @property
    def change_h(self) -> NDArray[np.float64]:
        """How much later than case 0, h, shape (rows, columns); not a number where unknown."""
        return np.array([[np.nan if each is None else each.change_s / HOUR_S for each in row]
                         for row in self.cells])  # fmt: skip


@house_style()
def whatif_heat_map(
    frame: pd.DataFrame | Cases, *, place: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw how much later each case of a what-if arrives than the scenario as it stands.

    Parameters
    ----------
    frame : DataFrame
        What `journey.whatif` gives, with one axis, which gives one row, or two.
    place : str, optional
        Id or name of the station; the last one by default.
    ax : Axes, optional
        Where to draw; a figure of its own without it.

    Returns
    -------
    Axes
        `ax`, or the new ones. Each cell has the central arrival on the clock of the place.

    Raises
    ------
    InputError
        If the table is none of a what-if, the place is not in it, or more axes are varied.
    """
    cases = cases_of(frame, place)
    grid = _grid(cases)
    axes = _new_axes(grid) if ax is None else ax
    image = axes.imshow(grid.change_h, cmap=COLOURS, aspect="auto", norm=_norm(grid.change_h))
    _name_cells(axes, grid)
    _write_cells(axes, grid, image)
    _add_scale(axes, image)
    _say(axes, f"Central arrival at {cases.station}, {cases.base.clock}. As it stands (case 0): "
         f"{cases.base.local}")  # fmt: skip
    return axes


def _grid(cases: Cases) -> Grid:
    """The first axis across, the second down."""
    columns = cases.choices[0]
    second = len(cases.axes) > 1
    rows = cases.choices[1] if second else ("",)
    found = {case.choices: case for case in cases.varied}
    cells = tuple(
        tuple(found.get((column, row) if second else (column,)) for column in columns)
        for row in rows
    )
    return Grid(rows, columns, cases.axes[1] if second else "", cases.axes[0], cells)


def _norm(change_h: NDArray[np.float64]) -> mpl.colors.Normalize:
    known = change_h[np.isfinite(change_h)]
    if not known.size:
        return mpl.colors.Normalize(0, 1)
    low, high = float(known.min()), float(known.max())
    return mpl.colors.Normalize(low, high if high > low else low + 1)


def _new_axes(grid: Grid) -> Axes:
    names_in = widest_in(grid.rows, SMALL_PT)
    title_in = size_in("", SMALL_PT)[1] + PAD_IN if grid.row_title else 0.0
    left_in = names_in + title_in + 3 * PAD_IN
    right_in = BAR_GAP_IN + BAR_IN + BAR_LABELS_IN
    height_in = max(len(grid.rows), 2) * CELL_IN
    margins = Margins(left_in, right_in, KEY_IN, LABELS_IN)
    return new_axes(height_in + KEY_IN + LABELS_IN, margins)


def _name_cells(axes: Axes, grid: Grid) -> None:
    for axis, names, title in (
        (axes.xaxis, grid.columns, grid.column_title),
        (axes.yaxis, grid.rows, grid.row_title),
    ):
        shown = _apart(axes, names) if axis is axes.xaxis else list(range(len(names)))
        axis.set_major_locator(FixedLocator(shown))
        axis.set_major_formatter(FixedFormatter([names[number] for number in shown]))
        axis.set_label_text(title, fontsize=SMALL_PT, fontfamily=list(FAMILIES))
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set(fontfamily=list(FAMILIES), fontsize=SMALL_PT, color=INK, parse_math=False)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    edges = [np.arange(len(names) - 1) + 0.5 for names in (grid.columns, grid.rows)]
    axes.vlines(edges[0], -0.5, len(grid.rows) - 0.5, color=PAPER, linewidth=1.2)
    axes.hlines(edges[1], -0.5, len(grid.columns) - 0.5, color=PAPER, linewidth=1.2)


def _apart(axes: Axes, names: Sequence[str]) -> list[int]:
    """Every so many of the columns, so that their names do not run into each other."""
    column_in = axes_in(axes)[0] / len(names)
    every = int(-(-(widest_in(names, SMALL_PT) + PAD_IN) // column_in))
    return list(range(0, len(names), max(every, 1)))


def _write_cells(axes: Axes, grid: Grid, image: AxesImage) -> None:
    """The arrival in every cell, in the largest letters that fit into all; none where none do."""
    width_in, height_in = axes_in(axes)
    room_in = (width_in / len(grid.columns), height_in / len(grid.rows))
    known = [case for row in grid.cells for case in row if case is not None]
    fitting = _fitting(known, room_in)
    if fitting is None:
        return
    size_pt, turned = fitting
    for row, cells in enumerate(grid.cells):
        for column, case in enumerate(cells):
            if case is None:
                continue
            share = np.asarray(image.norm(np.array([case.change_s / HOUR_S])))[0]
            colour = _ink_on(image.cmap(float(share)))
            axes.text(
                column, row, _told(case, turned=turned), fontsize=size_pt, color=colour,
                ha="center", va="center", rotation=90 if turned else 0, linespacing=ROW_PT,
                fontfamily=list(FAMILIES), label="_arrival",
            )  # fmt: skip


def _fitting(cases: list[Case], room_in: tuple[float, float]) -> tuple[float, bool] | None:
    for turned in (False, True):
        wide_in, tall_in = room_in[::-1] if turned else room_in
        longest = max((_told(case, turned=turned) for case in cases), key=len, default="")
        for size_pt in SIZES_PT:
            width_in, height_in = size_in(longest, size_pt)
            if width_in + PAD_IN <= wide_in and height_in + PAD_IN / 3 <= tall_in:
                return size_pt, turned
    return None


def _told(case: Case, *, turned: bool) -> str:
    """``Tue 12 Sep``, and ``06:30`` below it; in one line where it is turned."""
    day, _, clock = case.local.rpartition(" ")
    return case.local if turned else f"{day}\n{clock}"


def _ink_on(colour: ArrayLike) -> str:
    """Dark or light letters, whichever is clearer on a colour (contrast as in WCAG 2)."""
    channels = np.asarray(colour, dtype=np.float64)[:3]
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004
    light = float(linear @ [0.2126, 0.7152, 0.0722])
    return "#000000" if light > HALF_LIGHT else PAPER


def _add_scale(axes: Axes, image: AxesImage) -> None:
    """The colours and what they stand for, to the right of the map."""
    width_in, _ = axes_in(axes)
    beside = axes.inset_axes((1 + BAR_GAP_IN / width_in, 0.0, BAR_IN / width_in, 1.0))
    scale = root_of(axes).colorbar(image, cax=beside)
    scale.outline.set_visible(False)
    beside.yaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 3, 4, 6, 10], integer=True))
    beside.tick_params(labelsize=SMALL_PT, labelfontfamily=list(FAMILIES), length=3, color=SOFT)
    beside.set_ylabel("change, hours", fontsize=SMALL_PT, fontfamily=list(FAMILIES))


def _say(axes: Axes, text: str) -> None:
    axes.set_title(text, loc="left", fontsize=SMALL_PT, color=SOFT, pad=5,
                   fontfamily=list(FAMILIES))  # fmt: skip
