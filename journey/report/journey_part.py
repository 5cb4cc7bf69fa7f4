"""When the train arrives, and how fast it runs."""

from __future__ import annotations

from datetime import UTC
from itertools import chain
from typing import TYPE_CHECKING

from journey.check_words import reported_leg_in_words
from journey.clock import format_local, format_offset
from journey.ensemble.windows import MOMENTS
from journey.report.blocks import Item, Items, Paragraph, Table, unbroken
from journey.view_words import rests_on
from journey.views import same_event
from journey.words import error_in_words, share_in_words

if TYPE_CHECKING:
    from journey.ensemble.windows import Window
    from journey.report.blocks import Block, Figure
    from journey.report.findings import Findings
    from journey.views import View

HEAD = ("km", "Station", "Earliest", "Central", "Latest", "Clock", "In UTC")
WIDTHS = (0.065, 0.21, 0.155, 0.155, 0.155, 0.08, 0.18)
FIGURES = (True, False, False, False, False, False, False)


def windows(found: Findings, figure: Figure) -> tuple[Block, ...]:
    """The windows as a figure, and as a table for each view."""
    tables = [_table(found.view, found.principal)]
    if found.beside:
        foremost = [each for each in found.principal if _foremost(found, each)]
        others = (same_event(each, found.windows[0]) for each in foremost)
        tables.append(_table(found.beside, tuple(dict.fromkeys(filter(None, others)))))
    return (figure, *tables)


def speeds(found: Findings, figure: Figure) -> tuple[Block, ...]:
    """Speeds along the way, and what the reports make of them."""
    kmh = found.checked.headline_kmh
    legs = [Item(reported_leg_in_words(leg, kmh), "derived") for leg in found.checked.legs]
    between = (Paragraph("Between the places of reports that hold:"), Items(tuple(legs)))
    return (figure, *(between if legs else ()))


def _foremost(found: Findings, window: Window) -> bool:
    """Whether the train halts or ends here, or is reported from here."""
    said = {each.at for each in found.plan.sightings if isinstance(each.at, str)}
    reported = {found.plan.network.station(place).id for place in said}
    return window.event != "pass" or window.station.id in reported


def _table(view: View, shown: tuple[Window, ...]) -> Table:
    holds = share_in_words(view.level, tried=view.ensemble.plan.tried)
    evidence = view.ensemble.evidence
    what = "effective draws" if evidence else "draws"
    errors_s = chain.from_iterable(each.standard_errors_s for each in shown)
    error = error_in_words(view.ensemble.effective_draws, errors_s, what)
    return Table(
        caption=f"Arrival windows. {rests_on(view)}. Earliest to latest holds {holds}.",
        head=HEAD,
        rows=tuple(_row(each) for each in shown),
        figures=FIGURES,
        widths=WIDTHS,
        note=f"Times are rounded to steps of at most twice their standard error. {error}".strip(),
    )


def _row(window: Window) -> tuple[str, ...]:
    station = window.station
    local = "" if station.name_local == station.name else f" ({station.name_local})"
    moments = [getattr(window, name) for name in MOMENTS]
    return (
        f"{window.km:,.1f}",
        f"{station.name}{local}, {window.event}",
        *(unbroken(format_local(moment, window.zone)) for moment in moments),
        format_offset(window.central, window.zone),
        _in_utc(window),
    )


def _in_utc(window: Window) -> str:
    """``Mon 19:55-20:05``, or ``Mon 22:00-Tue 03:00``: earliest to latest."""
    ends = [format_local(each, UTC).split() for each in (window.earliest, window.latest)]
    (first, *_, start), (last, *_, end) = ends
    return f"{first} {start}-{end}" if first == last else f"{first} {start}-{last} {end}"
