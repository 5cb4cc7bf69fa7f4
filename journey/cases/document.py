"""A what-if as a JSON document for machines: ``journey.whatif/1``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journey.cases.grid import BASE
from journey.ensemble.windows import MOMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journey.cases.grid import Grid
    from journey.cases.outcome import Outcome, Row
    from journey.cases.study import Study


def whatif_document(study: Study, outcomes: Iterable[Outcome]) -> dict[str, Any]:
    """``journey.whatif/1``: the windows of every case, and how they differ from the base."""
    grid = study.grid
    zones = {station.id: station.timezone for station in study.network.station_list}
    return {
        "schema": "journey.whatif/1",
        "scenario": grid.name(BASE),
        "draws": study.draws,
        "seed": study.seed,
        "basis": grid.scenarios[BASE].basis,
        "level": study.level,
        "axes": _axes(grid),
        "cases": [
            {
                "case": outcome.case,
                **_chosen(grid, outcome.case),
                "stations": [_station(row, zones[row.id]) for row in outcome.rows],
            }
            for outcome in outcomes
        ],
    }


def _axes(grid: Grid) -> dict[str, list[str]]:
    if not grid.axes:
        return {"scenario": [scenario.name for scenario in grid.scenarios]}
    return {axis.name: [choice.text for choice in axis.choices] for axis in grid.axes}


def _chosen(grid: Grid, case: int) -> dict[str, str | None]:
    if not grid.axes:
        return {"scenario": grid.name(case)}
    names = (axis.name for axis in grid.axes)
    return dict(zip(names, grid.texts(case), strict=True))


def _station(row: Row, timezone: str) -> dict[str, Any]:
    changes = zip(MOMENTS, row.changes_s, strict=True)
    return {
        "id": row.id,
        "name": row.station,
        "km": row.km,
        "event": row.event,
        "earliest": row.earliest,
        "central": row.central,
        "latest": row.latest,
        "timezone": timezone,
        "standard_error_s": dict(zip(MOMENTS, row.errors_s, strict=True)),
        **{f"change_{moment}_s": change_s for moment, change_s in changes},
    }
