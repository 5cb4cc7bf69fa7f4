"""The figures of a report, with their captions and what they say to those who cannot see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.cases.long_table import columns, records
from journey.charts import (
    arrival_windows,
    speed_along,
    static_map,
    train_graph,
    whatif_heat_map,
    words,
)
from journey.charts.cases import MOST_AXES, cases_in
from journey.charts.style import root_of
from journey.report.blocks import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from journey.ensemble import Ensemble
    from journey.report.findings import Findings


def all_of(found: Findings) -> dict[str, Figure]:
    """Draw every figure, by its id."""
    drawn = [draw(found) for draw in (way, windows, graph, speeds)]
    # What has more axes than a sheet of paper is told by the table alone.
    grid = found.study.grid
    drawn += [cases(found)] if len(grid.axes) <= MOST_AXES and grid.varied > 1 else []
    return {figure.id: figure for figure in drawn}


def way(found: Findings) -> Figure:
    """The way on the embedded base map."""
    ensemble, beside = _views(found)
    return _figure(
        "way",
        "The way by rail, coloured by gauge, with its principal stations.",
        words.static_map_in_words(ensemble),
        static_map(ensemble, beside=beside),
    )


def windows(found: Findings) -> Figure:
    """Windows of the principal stations."""
    ensemble, beside = _views(found)
    level = _level(found)
    return _figure(
        "windows",
        "Arrival windows of the principal stations, on the clock of each.",
        words.arrival_windows_in_words(ensemble, beside=beside, level=level),
        arrival_windows(ensemble, beside=beside, level=level),
    )


def graph(found: Findings) -> Figure:
    """The train graph."""
    ensemble, beside = _views(found)
    level = _level(found)
    return _figure(
        "train-graph",
        "Train graph: time across, stations at their true kilometres.",
        words.train_graph_in_words(ensemble, beside=beside, level=level),
        train_graph(ensemble, beside=beside, level=level),
    )


def speeds(found: Findings) -> Figure:
    """Speed along the way."""
    ensemble, level = found.view.ensemble, found.view.level
    return _figure(
        "speed",
        "Speed while moving along the way, without halts.",
        words.speed_along_in_words(ensemble),
        speed_along(ensemble, level=level),
    )


def cases(found: Findings) -> Figure:
    """What if: the arrival in each case."""
    names, study = columns(found.study), found.study
    rows = [record for outcome in found.outcomes for record in records(study, outcome)]
    table = cases_in(names, [dict(zip(names, row, strict=True)) for row in rows])
    return _figure(
        "what-if",
        "The arrival in each case, coloured by its change against the first row of the table.",
        words.whatif_in_words(table),
        whatif_heat_map(table),
    )


def _level(found: Findings) -> float | None:
    """The share that was asked for of both views; None where each has its own."""
    levels = {view.level for view in found.views}
    return levels.pop() if len(levels) == 1 else None


def _views(found: Findings) -> tuple[Ensemble, Ensemble | None]:
    return found.view.ensemble, found.beside.ensemble if found.beside else None


def _figure(id_: str, caption: str, alternative: str, axes: Axes) -> Figure:
    return Figure(id_, caption, alternative, root_of(axes))
