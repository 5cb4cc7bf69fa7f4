"""By how much reports and windows disagree, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.units import HOUR_S

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journey.sightings import Comparison

MANY_H = 10


def gap_in_words(comparison: Comparison) -> str | None:
    """``20 to 32 h later than the window``; None where report and window overlap."""
    return f"{_gap([comparison])} than the window" if comparison.apart else None


def gaps_in_words(comparisons: Iterable[Comparison], what: str = "these windows") -> str | None:
    """One sentence for all reports that lie outside their window; None if none does."""
    places: dict[tuple[str, bool], list[Comparison]] = {}
    for comparison in comparisons:
        if comparison.apart:
            place = (comparison.window.station.name, comparison.least_gap_s > 0)
            places.setdefault(place, []).append(comparison)
    parts = [f"{name} {_gap(apart)}" for (name, _), apart in places.items()]
    return f"Reports contradict {what}: {', '.join(parts)}." if parts else None


def _gap(comparisons: list[Comparison]) -> str:
    """The least and the most by which reports lie on one side of their windows."""
    least_s = [abs(comparison.least_gap_s) for comparison in comparisons]
    most_s = [abs(comparison.most_gap_s) for comparison in comparisons]
    ends_h = [bound / HOUR_S for bound in (min(least_s + most_s), max(least_s + most_s))]
    return f"{_hours(ends_h)} {'later' if comparisons[0].least_gap_s > 0 else 'earlier'}"


def _hours(ends_h: list[float]) -> str:
    low, high = (f"{hours:.0f}" if hours >= MANY_H else f"{hours:.1f}" for hours in ends_h)
    return f"{low} h" if low == high else f"{low} to {high} h"
