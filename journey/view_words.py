"""What the views of a journey are, in words."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from journey.assumptions import terms
from journey.clock import format_local, format_offset
from journey.evidence import HEAVIEST_TAIL, LEAST_EFFECTIVE
from journey.sightings.reports import Report
from journey.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from journey.evidence import Evidence
    from journey.plan import Plan
    from journey.views import View

EVEN_CHANCE = 0.5
LEAST_OPEN, MOST_OPEN = 0.1, 0.9
"""Between which probabilities it is open whether a report is right."""


def rests_on(view: View) -> str:
    """What a view rests on: ``Headline: at 59 km/h and with no halt``, for instance."""
    said = in_a_sentence(terms(view.ensemble.plan))
    evidence = view.ensemble.evidence
    reports = "" if evidence is None else f"; {taken_in_words(evidence)}"
    return f"{view.basis.capitalize()}: {said}{reports}"


def in_a_sentence(said: str) -> str:
    """What begins a sentence, in the middle of one."""
    return said[:1].lower() + said[1:]


def basis_of_view(basis: str) -> str:
    """What a view is called in a sentence."""
    return {
        "headline": "the headline",
        "as stated": "the scenario as stated",
        "as reported": "the windows as reported",
    }[basis]


def level_in_words(level: float) -> str:
    """What share of the journeys a column holds: ``all`` or ``90 %``."""
    return "all" if level == 1 else f"{100 * level:g} %"


def taken_in_words(evidence: Evidence) -> str:
    """``11 reports taken in, 4,200 effective draws of 10,000 journeys tried``, for instance.

    Those that are likely to be wrong, that have no trust, or cannot be right are counted apart.
    """
    draws = f"{evidence.effective_draws:,.0f} effective draws of {evidence.tried:,} journeys tried"
    return f"{reports_in_words(evidence)}, {draws}"


def reports_in_words(evidence: Evidence) -> str:
    """``11 reports taken in (2 with less than an even chance of being right)``, for instance."""
    count = len(evidence.possible)
    reports = {0: "no report", 1: "one report"}.get(count, f"{count} reports")
    apart = "; ".join(_counted_apart(evidence))
    return f"{reports} taken in{apart and f' ({apart})'}"


def _counted_apart(evidence: Evidence) -> Iterator[str]:
    here = evidence.possible
    trusted = [taken for taken in here if taken.sighting.trust]
    unlikely = sum(taken.right < EVEN_CHANCE for taken in trusted)
    if unlikely:
        yield f"{unlikely} with less than an even chance of being right"
    mute = len(here) - len(trusted)
    if mute:
        yield f"{mute} without any trust, which {'says' if mute == 1 else 'say'} nothing"
    off = len(evidence.taken) - len(here)
    if off:
        yield f"{off} more cannot be right on this way"


def open_in_words(view: View) -> str | None:
    """Of which reports of one place it is open whether they are right; None where of none."""
    evidence, plan = view.ensemble.evidence, view.ensemble.plan
    places: dict[object, list[Report]] = {}
    for taken in () if evidence is None else evidence.taken:
        if taken.sighting.trust and LEAST_OPEN <= taken.right <= MOST_OPEN:
            report = Report.of(taken, taken.sighting, plan)
            places.setdefault(report.spans_m, []).append(report)
    several = (reports for reports in places.values() if len(reports) > 1)
    return " ".join(_open_at_one_place(reports, plan) for reports in several) or None


def _open_at_one_place(reports: list[Report], plan: Plan) -> str:
    first, *others = sorted(reports, key=lambda report: report.sighting.earliest)
    exclusive = any(_exclude(*pair) for pair in combinations(reports, 2))
    clock = format_offset(first.sighting.earliest, first.zone)
    alike = len({report.sighting.event for report in reports}) == 1
    said = [
        f"{'' if alike else f'{each.sighting.event} '}{_times(each)} ({100 * each.right:.0f} %)"
        for each in (first, *others)
    ]
    which = " or ".join(said) if exclusive else listed(said)
    asked = "which of these reports is right" if exclusive else "whether these reports are right"
    return f"At {_place(first, plan)} ({clock}) it is open {asked}: {which}."


def _exclude(one: Report, other: Report) -> bool:
    """Whether no train can be what both reports say."""
    return any(
        max(mine_s[0], theirs_s[0]) > min(mine_s[1], theirs_s[1])
        for mine_s, theirs_s in zip(one.reach, other.reach, strict=True)
    )


def _place(report: Report, plan: Plan) -> str:
    at = report.sighting.at
    return plan.network.station(at).name if isinstance(at, str) else str(at)


def _times(report: Report) -> str:
    """``Tue 12 Sep 13:30 to 14:00``; the day again where it is another."""
    said = report.sighting
    first, last = (format_local(each, report.zone) for each in (said.earliest, said.latest))
    day, _, clock = last.rpartition(" ")
    return f"{first} to {clock if first.startswith(f'{day} ') else last}"


def doubt_in_words(evidence: Evidence | None) -> str | None:
    """Say why windows after reports cannot be relied on; None where they can."""
    if evidence is None or evidence.enough:
        return None
    why = []
    if evidence.effective_draws < LEAST_EFFECTIVE:
        draws = f"{evidence.effective_draws:,.0f} effective draws"
        why.append(
            f"too few journeys agree with the reports ({draws}, fewer than {LEAST_EFFECTIVE:g})"
        )
    if evidence.pareto_k > HEAVIEST_TAIL:
        why.append(
            "few journeys weigh far more than the others "
            f"(Pareto k {evidence.pareto_k:.2f}, above {HEAVIEST_TAIL:g})"
        )
    said = listed(why)
    return (
        f"{said[:1].upper()}{said[1:]}: these windows are a rough guess. More draws, or a lower "
        "trust of reports that contradict each other, may mend it."
    )


def left_out_in_words(left_out: Sequence[str], plan: Plan) -> str | None:
    """Say how many rows of a file of reports could not be placed; None where all could."""
    if not left_out:
        return None
    rows = "One row" if len(left_out) == 1 else f"{len(left_out)} rows"
    if plan.sightings:
        return f"{rows} of the file of reports could not be placed; left out."
    return f"No row of the file of reports could be placed ({rows.lower()}): no report is taken in."
