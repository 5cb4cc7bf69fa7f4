"""What is left of the journeys without one report: from those after all, if that will do."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from journey.evidence.likelihood import observed

if TYPE_CHECKING:
    from journey.ensemble import Ensemble
    from journey.evidence.likelihood import Observed
    from journey.reports import Sighting

MOST_CHANGED = 0.03
"""Share of the journeys that may be others without a report, before they are drawn anew."""
UNSEEN = 3.0
"""Of so many journeys none may be seen, by chance, in one case of twenty."""
ERRORS = 2.0


class Without(NamedTuple):
    """What follows, without a report, from the journeys after all reports.

    Attributes
    ----------
    probability : float
        Of the report, given all the others.
    changed : float
        Share of the journeys that are others without the report, at most.
    """

    probability: float
    changed: float

    @property
    def will_do(self) -> bool:
        """Whether the journeys after all reports may stand for those after the others."""
        return self.changed <= MOST_CHANGED


def without(after_all: Ensemble, sighting: Sighting) -> Without:
    """Take a report out again.

    Parameters
    ----------
    after_all : Ensemble
        Journeys after all reports.
    sighting : Sighting
        One of these.

    Notes
    -----
    A report multiplies the probability of the journeys of which it is right by one factor, and of
    the others by another, see `journey.evidence.likelihood`. To take it out divides by them. It
    changes how many journeys are of either kind, not which ones are likely within a kind; so as
    many are others as the share of a kind changes by.
    """
    (report,) = observed(after_all.plan, (sighting,))
    share = min(1.0, after_all.probability_of(sighting))
    few = UNSEEN / after_all.effective_draws
    error = ERRORS * math.sqrt(share * (1 - share) / after_all.effective_draws) + few
    ends = (max(0.0, share - error), min(1.0, share + error))
    changed = max(abs(_taken_out(end, report) - share) for end in ends)
    return Without(_taken_out(share, report), changed)


def _taken_out(share: float, report: Observed) -> float:
    held, not_held = share * report.wrong, (1 - share) * report.right
    return held / (held + not_held) if held + not_held else share
