"""A what-if as a table for a terminal: a line for each case, at the last of its places."""

from __future__ import annotations

import math
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from rich.table import Table

from journey.assumptions import terms
from journey.cases.grid import BASE
from journey.clock import format_local, format_offset
from journey.tables import escape
from journey.units import format_duration
from journey.view_words import in_a_sentence
from journey.words import error_in_words, share_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from journey.cases.outcome import Outcome, Row
    from journey.cases.study import Study

MOST_ROWS = 60


def cases_table(study: Study, outcomes: Sequence[Outcome]) -> Table:
    """Give the first cases, their windows at the last place, and the change against the base.

    Parameters
    ----------
    study : Study
        What was computed.
    outcomes : sequence of Outcome
        Its cases.
    """
    table = Table(
        title=escape(study.grid.name(BASE)),
        caption=escape(_caption(study, outcomes)),
        box=None,
        padding=(0, 1, 0, 0),
    )
    table.add_column("Case", justify="right", no_wrap=True)
    for axis in study.grid.axes:
        table.add_column(escape(axis.name), overflow="fold")
    if not study.grid.axes:
        table.add_column("Scenario", overflow="fold")
    table.add_column("At", overflow="fold")
    table.add_column("Clock", no_wrap=True)
    for name in ("Earliest", "Central", "Latest"):
        table.add_column(name, no_wrap=True)
    table.add_column("Change", justify="right", no_wrap=True)
    for outcome in outcomes[:MOST_ROWS]:
        # Where no place was asked for, the last one is what a journey is about.
        for row in outcome.rows if study.places else outcome.rows[-1:]:
            table.add_row(*_cells(study, outcome.case, row))
    return table


def change_in_words(change_s: float | None) -> str:
    """``+3 h 20 min``, ``-25 min`` or ``0 min``; nothing where there is nothing to compare."""
    if change_s is None:
        return ""
    size = format_duration(abs(change_s))
    if size == format_duration(0):
        return size
    return f"{'+' if change_s > 0 else '-'}{size}"


def _cells(study: Study, case: int, row: Row) -> list[str]:
    grid = study.grid
    moments = [datetime.fromisoformat(each) for each in (row.earliest, row.central, row.latest)]
    zone = study.network.station(row.id).zone
    stated = grid.texts(case) if grid.axes else [grid.name(case)]
    return [
        str(case),
        *("[dim]as stated[/dim]" if text is None else escape(text) for text in stated),
        f"{escape(row.station)}, {row.event}",
        format_offset(moments[1], zone),
        *(format_local(moment, zone) for moment in moments),
        change_in_words(row.changes_s[1]),
    ]


def _caption(study: Study, outcomes: Sequence[Outcome]) -> str:
    plan, _ = study.plan(BASE)
    headline = study.grid.scenarios[BASE].basis == "headline"
    sentences = [
        f"Case 0 is the headline: {in_a_sentence(terms(plan))}." if headline else "",
        f"Earliest to latest holds {share_in_words(study.level, tried=plan.tried)}.",
        "Changes are those of the unrounded central time against case 0 at the same place.",
        error_in_words(study.draws, _errors_s(outcomes)),
    ]
    if len(outcomes) > MOST_ROWS:
        sentences.append(
            f"{MOST_ROWS} of {len(outcomes):,} cases shown; -o FILE.csv or FILE.parquet has all."
        )
    return " ".join(filter(None, sentences))


def _errors_s(outcomes: Sequence[Outcome]) -> Iterator[float]:
    for row in chain.from_iterable(outcome.rows for outcome in outcomes):
        yield from (math.nan if each is None else each for each in row.errors_s)
