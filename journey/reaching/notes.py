"""What a reach rests on, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.reaching.results import BOUNDS
from journey.words import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journey.reaching.results import Frontier
    from journey.reaching.starting import Start
    from journey.reaching.stating import Terms

IN_WORDS = dict(zip(BOUNDS, ("at the earliest", "in the middle", "at the latest"), strict=True))


def missing_notes(frontiers: Sequence[Frontier], *, several: bool) -> tuple[str, ...]:
    """Say in which of the bounds the time is up nowhere on track, though it is in another."""
    having = {each.bound for each in frontiers}
    lacking = [words for bound, words in IN_WORDS.items() if bound not in having]
    if not having or not lacking:
        return ()
    places = ", or no track is reached from enough of the places" if several else ""
    told = (
        f"There is no point where the time is up {listed(lacking)}: by then all track that is open "
        f"to the train is reached, or it still waits for its change of gauge{places}."
    )
    return (told,)


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
