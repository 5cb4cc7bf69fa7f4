"""A what-if as small multiples: arrival windows by one axis, a panel for each value of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import FixedFormatter, FixedLocator, NullFormatter

from journey.charts.cases import cases_of
from journey.charts.style import (
    FAMILIES,
    INK,
    PAD_IN,
    RULE,
    SMALL_PT,
    SOFT,
    TEXT_PT,
    TRAIN,
    WINDOW_ALPHA,
    Margins,
    house_style,
    new_figure,
    size_in,
    widest_in,
)
from journey.charts.time_axis import BELOW_IN, Clock, Period, number, set_time_axis
from journey.charts.words import holds_in_words

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from journey.charts.cases import Case, Cases

ROW_IN, TITLE_IN, KEY_IN, APART_IN = 0.2, 0.26, 0.22, 0.2
BAR = 0.55
MOST_ACROSS = 3


@house_style()
def whatif_small_multiples(
    frame: pd.DataFrame, *, place: str | None = None, figure: Figure | None = None
) -> Figure:
    """Draw the arrival windows of a what-if: a row for each value of its first axis.

    Parameters
    ----------
    frame : DataFrame
        What `journey.whatif` gives, with one axis or two; there is a panel for each value of the
        second. The scenario as it stands is a dashed line and a grey band in all of them.
    place : str, optional
        Id or name of the station; the last one by default.
    figure : Figure, optional
        Where to draw; one of its own without it.

    Returns
    -------
    Figure
        `figure`, or the new one, with the panels as its axes.

    Raises
    ------
    InputError
        If the table is none of a what-if, the place is not in it, or more axes are varied.
    """
    cases = cases_of(frame, place)
    panels = cases.choices[1] if len(cases.axes) > 1 else (None,)
    across = _across(len(panels))
    down = -(-len(panels) // across)
    figure = new_figure(_height_in(cases, down)) if figure is None else figure
    period = Period.around(
        moment for case in (cases.base, *cases.varied) for moment in (case.earliest, case.latest)
    )
    for number_, panel in enumerate(panels):
        axes = figure.add_axes(_place(figure, cases, (number_, across, down)))
        _draw_panel(axes, cases, panel, period, first=number_ % across == 0)
    _add_key(figure, cases)
    return figure


def _across(panels: int) -> int:
    """How many panels stand beside each other: two of two or four, three otherwise."""
    return panels if panels <= MOST_ACROSS else 2 + (panels != 4)  # noqa: PLR2004


def _margins(cases: Cases) -> Margins:
    names_in = widest_in(cases.choices[0], SMALL_PT)
    title_in = size_in("", SMALL_PT)[1] + PAD_IN
    return Margins(names_in + title_in + 3 * PAD_IN, 0.16, KEY_IN, PAD_IN)


def _height_in(cases: Cases, down: int) -> float:
    panel_in = _title_in(cases) + len(cases.choices[0]) * ROW_IN + BELOW_IN
    return KEY_IN + PAD_IN + down * panel_in


def _title_in(cases: Cases) -> float:
    """What the titles of panels take; where there is only one, it has none."""
    return TITLE_IN if len(cases.axes) > 1 else PAD_IN


def _place(
    figure: Figure, cases: Cases, which: tuple[int, int, int]
) -> tuple[float, float, float, float]:
    """Where a panel is, in parts of the figure."""
    number_, across, down = which
    width_in, height_in = figure.get_size_inches()
    margins = _margins(cases)
    wide_in = (width_in - margins.left - margins.right - (across - 1) * APART_IN) / across
    tall_in = (height_in - margins.top - margins.bottom) / down
    row, column = divmod(number_, across)
    left_in = margins.left + column * (wide_in + APART_IN)
    bottom_in = height_in - margins.top - (row + 1) * tall_in + BELOW_IN
    inside_in = tall_in - _title_in(cases) - BELOW_IN
    return (
        left_in / width_in,
        bottom_in / height_in,
        wide_in / width_in,
        inside_in / height_in,
    )


def _draw_panel(
    axes: Axes, cases: Cases, panel: str | None, period: Period, *, first: bool
) -> None:
    names = cases.choices[0]
    axes.set_ylim(len(names) - 0.4, -0.6)
    set_time_axis(axes, period, Clock(cases.base.zone, cases.station), named=first)
    _draw_base(axes, cases.base)
    for case in cases.varied:
        if panel is None or case.choices[1] == panel:
            _draw_case(axes, case, names.index(case.choices[0]))
    axes.yaxis.set_major_locator(FixedLocator(range(len(names))))
    axes.tick_params(axis="y", length=0, labelcolor=INK, labelsize=SMALL_PT)
    axes.yaxis.set_major_formatter(NullFormatter())
    if first:
        axes.yaxis.set_major_formatter(FixedFormatter(list(names)))
        axes.set_ylabel(cases.axes[0], fontsize=SMALL_PT, fontfamily=list(FAMILIES))
    for label in axes.get_yticklabels():
        label.set(fontfamily=list(FAMILIES), parse_math=False)
    if panel is not None:
        title = f"{cases.axes[1]}: {panel}"
        axes.set_title(title, loc="left", fontsize=TEXT_PT, fontfamily=list(FAMILIES), pad=4)


def _draw_base(axes: Axes, base: Case) -> None:
    ends = number(base.earliest), number(base.latest)
    axes.axvspan(*ends, facecolor=RULE, alpha=0.6, linewidth=0, zorder=1, label="_base-window")
    axes.axvline(
        number(base.central), color=SOFT, linewidth=1.1, linestyle=(0, (3, 2)), zorder=2,
        label="_base-central",
    )  # fmt: skip


def _draw_case(axes: Axes, case: Case, row: int) -> None:
    start, end = number(case.earliest), number(case.latest)
    bar = Rectangle((start, row - BAR / 2), end - start, BAR)
    bar.set(facecolor=TRAIN, alpha=2 * WINDOW_ALPHA, edgecolor="none", zorder=3, label="_window")
    axes.add_patch(bar)
    ends = [row - BAR / 2, row + BAR / 2]
    axes.plot(
        [number(case.central)] * 2, ends, color=TRAIN, linewidth=2, zorder=4, label="_central"
    )


def _add_key(figure: Figure, cases: Cases) -> None:
    base = f"as it stands (case 0): {cases.base.local} ({cases.base.clock})"
    width_in, height_in = figure.get_size_inches()
    figure.legend(
        handles=[
            Patch(facecolor=TRAIN, alpha=2 * WINDOW_ALPHA, label=holds_in_words(cases.level)),
            Line2D([], [], color=TRAIN, marker="|", markersize=8, markeredgewidth=2,
                   linestyle="none", label="central"),
            Line2D([], [], color=SOFT, linewidth=1.1, linestyle=(0, (3, 2)), label=base),
        ],
        loc="upper left",
        bbox_to_anchor=(_margins(cases).left / width_in, 1 - PAD_IN / height_in),
        ncols=3,
        frameon=False,
        borderpad=0.0,
        borderaxespad=0.0,
        handlelength=1.8,
        columnspacing=1.4,
        labelcolor=INK,
        prop={"family": list(FAMILIES), "size": SMALL_PT},
    )  # fmt: skip
