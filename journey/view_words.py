"""What the views of a journey are, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.assumptions import terms

if TYPE_CHECKING:
    from journey.evidence import Evidence
    from journey.views import View


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


def taken_in_words(evidence: Evidence) -> str:
    """``11 reports taken in, 4,200 effective draws of 10,000 journeys tried``, for instance."""
    off = sum(each.why_not is not None for each in evidence.taken)
    count = len(evidence.taken) - off
    reports = {0: "no report", 1: "one report"}.get(count, f"{count} reports")
    never = f" ({off} more cannot be right on this way)" if off else ""
    draws = f"{evidence.effective_draws:,.0f} effective draws of {evidence.tried:,} journeys tried"
    return f"{reports} taken in{never}, {draws}"


def doubt_in_words(evidence: Evidence | None) -> str | None:
    """Say that too few journeys agree with the reports; None where they are enough."""
    if evidence is None or evidence.enough:
        return None
    return (
        f"Too few journeys agree with the reports ({evidence.effective_draws:,.0f} effective "
        "draws): these windows are a rough guess. More draws, or a lower trust of reports that "
        "contradict each other, may mend it."
    )
