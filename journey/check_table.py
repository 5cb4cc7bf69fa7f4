"""What `journey check` finds, as tables for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from journey.check_words import (
    LIKELY_AND_RIGHT,
    NOT_COMPUTED,
    claim_in_words,
    percent,
    report_in_words,
    reported_leg_in_words,
    reporter_in_words,
    why_in_words,
    why_of_claim,
)
from journey.tables import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from journey.sightings.check import Check
    from journey.sightings.grounds import CheckedClaim
    from journey.sightings.holding import CheckedReport
    from journey.sightings.rivals import Moved, Standing

TIGHT = (0, 1, 0, 0)
STYLES = {"consistent": "green", "strained": "yellow", "contradicted": "red"}
LEAST_MOVE = 0.01


def check_tables(check: Check, notes: Iterable[str] = ()) -> tuple[RenderableType, ...]:
    """Reports, legs, claims and rivals, each as far as there are any, and then the notes.

    Parameters
    ----------
    check : Check
        What came out.
    notes : iterable of str
        What is to be known besides.
    """
    return tuple(_parts(check, notes))


def _parts(check: Check, notes: Iterable[str]) -> Iterator[RenderableType]:
    if check.reports:
        yield _reports(check)
    if check.legs:
        yield _titled("Between the reports that hold")
        for leg in check.legs:
            yield escape(reported_leg_in_words(leg, check.headline_kmh))
    if check.claims:
        yield _claims(check.claims)
    if check.rivals:
        yield _rivals(check.rivals)
        if check.rivals[0].by_report:
            yield _moves(check)
    yield from map(escape, notes)


def _titled(title: str) -> str:
    return f"\n[italic]{escape(title)}[/italic]"


def _reports(check: Check) -> Table:
    table = Table(title=escape(check.ensemble.plan.name), box=None, padding=TIGHT)
    table.add_column("Report", overflow="fold", ratio=1)
    for name in ("Likely", "Right", "Verdict"):
        table.add_column(name, justify="right", no_wrap=True, vertical="top")
    than = "the headline" if check.headline_kmh else "the scenario as stated"
    for each in check.reports:
        table.add_row(*_report_cells(each, than))
    table.caption = LIKELY_AND_RIGHT
    return table


def _report_cells(checked: CheckedReport, than: str) -> tuple[str, ...]:
    why = f"{reporter_in_words(checked)}: {why_in_words(checked, than)}"
    return (
        f"{escape(report_in_words(checked))}\n[dim]{escape(why)}[/dim]",
        percent(checked.probability),
        percent(checked.report.right),
        _verdict(checked.verdict),
    )


def _claims(claims: tuple[CheckedClaim, ...]) -> Table:
    table = Table(title="Claims", box=None, padding=TIGHT)
    table.add_column("Claim", overflow="fold", ratio=1)
    table.add_column("Verdict", justify="right", no_wrap=True)
    for each in claims:
        said, why = claim_in_words(each.claim), why_of_claim(each)
        verdict = _verdict(each.verdict or NOT_COMPUTED)
        table.add_row(f"{escape(said)}\n[dim]{escape(why)}[/dim]", verdict)
    return table


def _rivals(rivals: tuple[Standing, ...]) -> Table:
    table = Table(title="Destinations", box=None, padding=TIGHT)
    table.add_column("Destination", overflow="fold")
    table.add_column("Scenario", overflow="fold")
    for name in ("Before", "After all reports"):
        table.add_column(name, justify="right", no_wrap=True)
    for each in rivals:
        shares = (percent(each.prior), percent(each.posterior))
        table.add_row(escape(each.destination), escape(each.scenario), *shares)
    return table


def _moves(check: Check) -> Table | str:
    """What each report made of every rival, one after the other."""
    publishers = {each.report.sighting.said: each.report.publisher for each in check.reports}
    steps = list(zip(*(each.by_report for each in check.rivals), strict=True))
    before = [each.prior for each in check.rivals]
    table = Table(
        title="How each report moved them",
        caption=f"Reports that moved none by {100 * LEAST_MOVE:g} % are left out.",
        box=None,
        padding=TIGHT,
    )
    table.add_column("After", overflow="fold")
    for each in check.rivals:
        table.add_column(escape(each.destination), justify="right", overflow="fold", max_width=14)
    for step in steps:
        shares = [each.posterior for each in step]
        if _moved(before, shares):
            said = f"{publishers.get(step[0].sighting.said, '')}, {_step(step[0])}"
            table.add_row(escape(said), *map(percent, shares))
        before = shares
    return table if table.row_count else f"No report moved them by {100 * LEAST_MOVE:g} %."


def _moved(before: Sequence[float | None], after: Sequence[float | None]) -> bool:
    """Whether any posterior changed by something one would notice."""
    return any(
        a != b if a is None or b is None else abs(a - b) >= LEAST_MOVE
        for a, b in zip(before, after, strict=True)
    )


def _step(moved: Moved) -> str:
    sighting = moved.sighting
    heading = f", {sighting.direction}" if sighting.direction else ""
    return f"{sighting.at}: {sighting.event}{heading}"


def _verdict(verdict: str) -> str:
    style = STYLES.get(verdict, "dim")
    return f"[{style}]{verdict}[/{style}]"
