"""What the page shows, as plain data: for the static page, and for its scripts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from journey.assumptions import cited, statements, terms
from journey.caveats import notes_of, unshown_of, warning_of
from journey.clock import format_interval
from journey.maps.base_map import base_map
from journey.maps.clocks import offsets
from journey.maps.curves import curves_of
from journey.maps.evidence import evidence_of
from journey.maps.marks import marks_of
from journey.maps.questions import questions_of
from journey.maps.rows import rows_of
from journey.maps.ways import Ways
from journey.sample import Sample
from journey.version import __version__
from journey.view_words import open_in_words, rests_on
from journey.views import View
from journey.words import country_name, share_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journey.ensemble import Ensemble
    from journey.ensemble.windows import Window
    from journey.plan import Plan
    from journey.route import Route
    from journey.statements import Source
    from journey.track import Station

SCHEMA = "journey.map/2"
BEFORE, AFTER = timedelta(days=2), timedelta(days=60)
"""How far before and beyond all windows the page knows its clocks: no what-if leads farther."""
QUALITY = {
    "station": "published point of the station, on the track",
    "town": "point of the settlement, moved to the track",
    "interpolated": "no published point: placed on the track by its kilometre",
    "estimated": "estimate: no source gives the place on the track",
}
OF_PAGE = (
    "schema",
    "title",
    "bounds",
    "countries",
    "ways",
    "quality",
    "zones",
    "marks",
    "scenarios",
    "compared",
    "questions",
)
OF_LINES = ("gauge", "line", "estimated", "m")
OF_REPORTS = ("event", "station", "spans_m", "needs", "earliest", "latest", "right", "trust")


@dataclass(frozen=True)
class Shown:
    """What a map is asked to show.

    Attributes
    ----------
    result : Ensemble
        The drawn journeys that come first.
    level : float or None
        Share of the journeys that windows hold; that of each ensemble by default.
    beside : Ensemble or None
        Another view of the same journey, told beside the first.
    others : tuple of Ensemble
        Further journeys, of which only the windows are shown.
    left_out : tuple of str
        A line for each row of a file of reports that could not be placed.
    """

    result: Ensemble
    level: float | None = None
    beside: Ensemble | None = None
    others: tuple[Ensemble, ...] = ()
    left_out: tuple[str, ...] = ()

    @cached_property
    def views(self) -> tuple[tuple[View, tuple[Window, ...]], ...]:
        """Each view with its windows: the first, the one beside it, and the others."""
        every = (self.result, *([self.beside] if self.beside else []), *self.others)
        views = [View(each.basis, each, self._level(each)) for each in every]
        return tuple((view, view.ensemble.window_list(view.level)) for view in views)

    def _level(self, ensemble: Ensemble) -> float:
        return ensemble.default_level if self.level is None else self.level


def build_content(shown: Shown) -> dict[str, Any]:
    """Put what the page shows into plain data.

    Parameters
    ----------
    shown : Shown
        The drawn journeys.

    Returns
    -------
    dict
        Only texts, numbers, lists and dictionaries; ``"schema": "journey.map/2"``.
    """
    view, windows = shown.views[0]
    ensemble, plan = view.ensemble, view.ensemble.plan
    beside = shown.views[1] if shown.beside else None
    ways = Ways()
    scenarios = [_scenario(number, shown, ways) for number in range(len(shown.views))]
    told = [(view, windows), *([beside] if beside else [])]
    moments = [each for _, every in shown.views for window in every for each in window[3:6]]
    zones = {station.timezone for station in ways.stations.values()}
    return {
        "schema": SCHEMA,
        "title": plan.name,
        "subtitle": _subtitle(view, windows[-1]),
        "beside": f"{rests_on(beside[0])}: {_arrival(beside[1][-1], beside[0].level)}"
        if beside
        else None,
        "warning": warning_of(told, shown.left_out),
        "bounds": _bounds([each.ensemble.plan.route for each, _ in shown.views]),
        **base_map(),
        **ways.packed(),
        "stations": [_station(station) for station in ways.stations.values()],
        "quality": QUALITY,
        "zones": offsets(zones, min(moments) - BEFORE, max(moments) + AFTER),
        "marks": _marks([each.ensemble.plan for each, _ in shown.views]),
        "scenarios": scenarios,
        "compared": 1 if beside else None,
        "questions": questions_of([each for each, _ in told]),
        "rows": rows_of(windows, beside[1] if beside else (), beside[0].basis if beside else ""),
        "evidence": evidence_of(ensemble, windows),
        "basis": _basis(view, beside[0] if beside else None),
        "statements": [each._asdict() for each in statements(plan, view.level)],
        "notes": list(notes_of(ensemble, beside[0] if beside else None)),
        "unshown": list(unshown_of(plan)),
        "sources": [_source(source) for source in cited(plan)],
        "attribution": [each._asdict() for each in plan.route.provenance.credits],
        "made": _made(ensemble),
        "version": __version__,
    }


def _scenario(number: int, shown: Shown, ways: Ways) -> dict[str, Any]:
    """One view: numbers along a way that it may have in common with others."""
    view, windows = shown.views[number]
    plan = view.ensemble.plan
    asked = number < 1 + (shown.beside is not None)
    return {
        "name": _name(shown, number),
        "short": view.basis.capitalize() if asked else _name(shown, number),
        "title": plan.name,
        "basis": view.basis,
        "level": view.level,
        "holds": share_in_words(view.level, tried=plan.tried),
        "says": _arrival(windows[-1], view.level),
        "way": ways.number_of(plan.route, windows),
        "stops": plan.stop_station.tolist(),
        "curves": curves_of(view, windows),
        "sample": Sample.of(view.ensemble).packed() if asked else None,
    }


def _name(shown: Shown, number: int) -> str:
    """What a view is called: by its basis, and where there are other journeys by its plan."""
    view, _ = shown.views[number]
    basis = view.basis.capitalize()
    return f"{view.ensemble.plan.name}: {view.basis}" if shown.others else basis


def _marks(plans: Iterable[Plan]) -> list[dict[str, Any]]:
    """Those of every way, each once."""
    every = [mark for plan in plans for mark in marks_of(plan.route, plan.epoch)]
    return [mark for number, mark in enumerate(every) if mark not in every[:number]]


def _bounds(routes: Iterable[Route]) -> list[list[float]]:
    """South-western and north-eastern corner of all routes."""
    corners = np.array(
        [[each.lat.min(), each.lon.min(), each.lat.max(), each.lon.max()] for each in routes]
    )
    return [corners[:, :2].min(axis=0).tolist(), corners[:, 2:].max(axis=0).tolist()]


def _subtitle(view: View, last: Window) -> str:
    said = terms(view.ensemble.plan) if view.ensemble.evidence is None else "As reported"
    return f"{said}: {_arrival(last, view.level)}, {last.km:,.0f} km"


def _basis(view: View, beside: View | None) -> list[str]:
    """Which view is which, where there are two, and what of the draws is left after reports."""
    if not (beside or view.ensemble.evidence):
        return []
    told = [rests_on(each) for each in (view, beside) if each]
    return [*told, *filter(None, [open_in_words(view)])]


def _arrival(last: Window, level: float) -> str:
    share = "" if level == 1 else f" for {share_in_words(level)}"
    return f"{last.station.name} {format_interval(last.earliest, last.latest, last.zone)}{share}"


def _station(station: Station) -> dict[str, Any]:
    return {
        "id": station.id,
        "name": station.name,
        "name_ko": station.name_ko or None,
        "name_ru": station.name_ru or None,
        "country": country_name(station.country),
        "code": station.country,
        "lat": station.lat,
        "lon": station.lon,
        "rank": station.rank,
        "quality": station.point_quality,
        "zone": station.timezone,
    }


def _source(source: Source) -> dict[str, Any]:
    date = source.date.isoformat() if source.date else None
    return {
        "publisher": source.publisher,
        "date": date,
        "title": source.title,
        "url": source.url,
        "wording": source.wording,
    }


def _made(ensemble: Ensemble) -> list[dict[str, str]]:
    """With what the numbers were made, so that they can be made again."""
    origin = ensemble.plan.route.provenance
    return [
        {"name": "Program", "value": f"journey {__version__}"},
        {"name": "Seed", "value": str(ensemble.seed)},
        {"name": "Journeys drawn", "value": f"{ensemble.draws:,}"},
        {"name": "Effective draws", "value": f"{ensemble.effective_draws:,.0f}"},
        {"name": "Dataset", "value": f"{origin.dataset}, {origin.licence}"},
    ]


def for_scripts(content: dict[str, Any]) -> dict[str, Any]:
    """The part of a content that the page's scripts read; the rest stands in the page as text."""
    reports = [{key: each[key] for key in OF_REPORTS} for each in content["evidence"]]
    return {
        **{key: content[key] for key in OF_PAGE},
        "lines": [{key: each[key] for key in OF_LINES} for each in content["lines"]],
        "evidence": reports,
        "stations": _columns(content["stations"]),
    }


def _columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """One list for each key: rows that name every key take twice the room."""
    return {key: [row[key] for row in rows] for key in rows[0]}
