"""What came out, in a few sentences that can be quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.assumptions import condition
from journey.caveats import warning_of
from journey.check_words import percent
from journey.report.blocks import Paragraph
from journey.sentences import DOES, days_in_words, window_in_words
from journey.view_words import open_in_words, reports_in_words
from journey.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journey.ensemble.windows import Window
    from journey.report.findings import Findings
    from journey.views import View

BEGINS = {
    "headline": "By the speed that was said of it alone, ",
    "as stated": "By what is stated of it, ",
    "as reported": "Worked out from the reports, ",
}
GROUNDS = "published, dated reports and stated assumptions"
NATURE = "This is a simulation from {}. It is not a live position and follows nobody."


def subtitle_of(found: Findings) -> str:
    """The way, its length and the days: ``Pyongyang - Khasan - Vostochny, 2,554.9 km, …``."""
    route = found.plan.route
    first, last = found.windows[-1][0], found.windows[-1][-1]
    days = days_in_words((first.earliest, first.zone), (last.latest, last.zone))
    named = [found.plan.network.station(place).name for place in route.places]
    return f"{' - '.join(named)}: {route.length_km:,.1f} km by rail, {days}"


def summary_of(found: Findings) -> tuple[Paragraph, ...]:
    """When it arrives in each view, what contradicts that, and what this is."""
    warnings = filter(None, [_impossible(found), _warning(found), open_in_words(found.view)])
    return (
        *map(Paragraph, _arrivals(found)),
        *(Paragraph(text, warning=True) for text in warnings),
        *map(Paragraph, _destinations(found)),
        Paragraph(NATURE.format(_made_from(found))),
    )


def _made_from(found: Findings) -> str:
    evidence = found.view.ensemble.evidence
    if evidence is None:
        return "stated assumptions, without any report" if not found.plan.sources else GROUNDS
    return f"{GROUNDS}: {reports_in_words(evidence)}"


def _impossible(found: Findings) -> str | None:
    """How many reports cannot be right on this way; None where all can."""
    evidence = found.view.ensemble.evidence
    off = len(evidence.taken) - len(evidence.possible) if evidence else 0
    if not off:
        return None
    reports = "One report" if off == 1 else f"{off} reports"
    return f"{reports} cannot be right on this way, and left out: see the evidence."


def _warning(found: Findings) -> str | None:
    views = (found.view, *([found.beside] if found.beside else []))
    told = zip(views, (found.windows[-1], found.windows[0]), strict=False)
    return warning_of(list(told), found.left_out)


def _arrivals(found: Findings) -> Iterator[str]:
    """The end of the way in the view of the report, then the places it leads by, then beside."""
    plan, windows = found.plan, found.windows[-1]
    yield _arrival(found.view, windows[-1])
    # Each beyond the one before it: a way may lead by one place more than once.
    ahead = iter(windows[1:])
    for place in plan.route.places[1:-1]:
        station = plan.network.station(place)
        yield f"It {_does(next(each for each in ahead if each.station is station))}."
    if found.beside:
        yield _arrival(found.beside, found.windows[0][-1])


def _arrival(view: View, window: Window) -> str:
    rests_on = condition(view.ensemble.plan, view.level, view.ensemble.reports)
    return f"{BEGINS[view.basis]}the train {_does(window)}; {rests_on}."


def _does(window: Window) -> str:
    said = window_in_words(window.earliest, window.central, window.latest, window.zone, year=True)
    return f"{DOES[window.event]} {window.station.name} {said}"


def _destinations(found: Findings) -> Iterator[str]:
    rivals = [each for each in found.rivals if each.posterior is not None]
    if rivals:
        in_order = sorted(rivals, key=lambda each: -(each.posterior or 0))
        said = listed([f"{each.destination} {percent(each.posterior)}" for each in in_order])
        yield f"Of the destinations that were weighed, the reports leave {said}."
