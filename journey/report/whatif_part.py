"""What if it had run faster or slower, or stood for longer."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from journey.assumptions import terms
from journey.cases.axes import STOP
from journey.cases.grid import BASE
from journey.cases_table import change_in_words
from journey.clock import format_local, format_offset, to_minute
from journey.report.blocks import Paragraph, Table, unbroken
from journey.view_words import in_a_sentence
from journey.words import share_in_words

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from journey.cases.axes import Axis
    from journey.cases.outcome import Outcome
    from journey.cases.study import Study
    from journey.report.blocks import Block, Figure
    from journey.report.findings import Findings


def cases(found: Findings, figure: Figure | None) -> tuple[Block, ...]:
    """What is varied, the arrival in each case, and a chart of it, if there can be one."""
    told = Paragraph(_said(found.study)), _table(found.study, found.outcomes)
    return told if figure is None else (*told, figure)


def _said(study: Study) -> str:
    plan, _ = study.plan(BASE)
    name = "headline" if study.grid.scenarios[BASE].basis == "headline" else "scenario as stated"
    return (
        f"Arrival at {plan.route.timing_points[-1].station.name} if all else stays as it is: the "
        f"{name}, {in_a_sentence(terms(plan))}, is what is varied."
        f"{' Reports are not weighed anew.' if plan.sightings else ''}"
    )


def _table(study: Study, outcomes: tuple[Outcome, ...]) -> Table:
    axes = [_name(axis) for axis in study.grid.axes]
    head = (*axes, "Earliest", "Central", "Latest", "Change")
    first, others = 0.16, 0.84 / (len(head) - 1)
    zone = _zone(study, outcomes[BASE])
    plan, _ = study.plan(BASE)
    clock = format_offset(datetime.fromisoformat(outcomes[BASE].rows[-1].central), zone)
    return Table(
        caption=f"Arrival at {outcomes[BASE].rows[-1].station}, {clock}, in each case.",
        head=head,
        rows=tuple(_row(study, outcome, outcomes[BASE]) for outcome in outcomes),
        figures=(*(True for _ in axes), False, False, False, True),
        widths=(first, *(others for _ in head[1:])),
        note=(
            f"Earliest to latest holds {share_in_words(study.level, tried=plan.tried)}. Changes "
            "are those of the central time against the first row, as rounded."
        ),
    )


def _name(axis: Axis) -> str:
    """``Speed, km/h``, ``Speed RU, km/h`` or ``Halt at Khasan, h:mm``."""
    if axis.kind == STOP:
        return f"Halt at {axis.where}, h:mm"
    return " ".join(filter(None, ["Speed", axis.where])) + ", km/h"


def _row(study: Study, outcome: Outcome, base: Outcome) -> tuple[str, ...]:
    zone, moments = _zone(study, outcome), _moments(outcome)
    # Of the moments that stand in the table: a reader who subtracts them gets the same.
    change = to_minute(moments[1]) - to_minute(_moments(base)[1])
    return (
        *("as it stands" if text is None else text for text in study.grid.texts(outcome.case)),
        *(unbroken(format_local(moment, zone)) for moment in moments),
        unbroken(change_in_words(change.total_seconds())),
    )


def _moments(outcome: Outcome) -> list[datetime]:
    row = outcome.rows[-1]
    return [datetime.fromisoformat(each) for each in (row.earliest, row.central, row.latest)]


def _zone(study: Study, outcome: Outcome) -> ZoneInfo:
    return study.network.station(outcome.rows[-1].id).zone
