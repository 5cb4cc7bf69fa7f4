"""What a reach rests on, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journey.reaching.starting import Start
    from journey.reaching.stating import Terms


def general_notes(start: Start, terms: Terms) -> tuple[str, ...]:
    """Say how the times are counted."""
    low, central, high = terms.speed_kmh
    speed = f"{low:g} km/h" if low == high else f"{high:g}, {central:g} and {low:g} km/h"
    bounds = "at" if low == high else "at the earliest, in the middle and at the latest at"
    return (
        *start.notes,
        (
            f"Counted {bounds} {speed} on average, halts and reversals included, along the true "
            "length of track; whether a way was free or allowed is not known."
        ),
        *([] if start.notes else ["The train may have gone either way from where it was."]),
    )
