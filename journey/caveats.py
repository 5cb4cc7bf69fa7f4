"""What is said of a result besides its figures: what contradicts it, what it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.gap_words import gaps_in_words
from journey.sightings import compare
from journey.view_words import EVEN_CHANCE, basis_of_view, doubt_in_words, left_out_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from journey.ensemble import Ensemble
    from journey.ensemble.windows import Window
    from journey.evidence import Evidence
    from journey.plan import Plan
    from journey.sightings import Comparison
    from journey.views import View


def warning_of(
    found: Sequence[tuple[View, tuple[Window, ...]]], left_out: Sequence[str]
) -> str | None:
    """What contradicts the windows that are shown, whether they are sure, what they lack.

    Parameters
    ----------
    found : sequence of (View, tuple of Window)
        The views that are shown, with their windows.
    left_out : sequence of str
        A line for each row of a file of reports that could not be placed.

    Returns
    -------
    str or None
        Sentences; None where there is nothing to warn of.
    """
    sentences = [doubt_in_words(view.ensemble.evidence) for view, _ in found]
    evidence = next((view.ensemble.evidence for view, _ in found if view.ensemble.evidence), None)
    for view, windows in found:
        # Reports that were taken in and do not agree are told where they stand.
        if view.ensemble.evidence is None:
            comparisons = likely(compare(view.ensemble.plan, windows), evidence)
            sentences.append(gaps_in_words(comparisons, basis_of_view(view.basis)))
    sentences.append(left_out_in_words(left_out, found[0][0].ensemble.plan))
    return " ".join(filter(None, sentences)) or None


def likely(comparisons: Iterable[Comparison], evidence: Evidence | None) -> Iterable[Comparison]:
    """Those of reports that are not known to be more likely wrong than right."""
    for each in comparisons:
        right = evidence.right_of(each.sighting) if evidence else None
        if right is None or right >= EVEN_CHANCE:
            yield each


def notes_of(result: Ensemble, beside: View | None) -> Iterable[str]:
    """Say what a result is made from, and what it is not.

    Parameters
    ----------
    result : Ensemble
        The drawn journeys.
    beside : View, optional
        Another view that is told beside them.

    Yields
    ------
    str
        A sentence.
    """
    plan = result.plan
    yield f"Made from {_made_from(plan)}. It is not a live position and follows nobody."
    train = "" if plan.running == "cruise" else "train, "
    reported = "" if result.evidence is None else " after the reports"
    stated = f"the stated {train}speed, departure and halts"
    yield f"Times are what {stated} imply{reported}, not a timetable."
    if result.evidence is not None:
        besides = f"; {basis_of_view(beside.basis)} leaves them out" if beside else ""
        yield f"Each report counts with the probability that it is right{besides}."
    elif plan.sightings:
        yield "Reports are shown as they were made; the windows do not take them in."
    kilometres = plan.route.provenance.kilometres
    yield f"Track and borders are simplified; kilometres follow {kilometres}."
    if plan.running == "dynamics":
        yield "No gradients are known: the train is taken to run on level track."


def _made_from(plan: Plan) -> str:
    if plan.sources:
        return "published, dated reports"
    if plan.sightings:
        return "assumptions, and reports of which no source is given"
    return "assumptions; no report of it is cited"


def unshown_of(plan: Plan) -> Iterable[str]:
    """Say what a result does not show, for those who take it on.

    Parameters
    ----------
    plan : Plan
        The scenario on its route.

    Yields
    ------
    str
        A sentence.
    """
    yield "Where the train is now, or was at any moment: only what reports and figures allow."
    yield "Other trains, works on the line and weather."
    yield "Other ways between the same places: one is taken."
    yield "Reports that are not in the scenario, and anything published after them."
    if plan.running != "dynamics":
        yield "Gradients, curves and what they cost: speeds are those stated."
    yield "What reports would say of a what-if: its windows weigh none of them anew."
