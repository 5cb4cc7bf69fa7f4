"""What reports say of a scenario, and how much they leave of its journeys."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from journey.reports import Sighting

LEAST_EFFECTIVE = 200.0
"""Independent journeys that windows must rest on, or they are only a hint."""
HEAVIEST_TAIL = 0.7
"""Shape of the tail of the weights up to which means from them can be relied on (Vehtari, Simpson,
Gelman, Yao and Gabry 2024)."""


class Taken(NamedTuple):
    """A report that was taken in.

    Attributes
    ----------
    sighting : Sighting
        The report.
    copies : tuple of Sighting
        Others that say the same, and were not counted again.
    why_not : str or None
        Why it cannot be right on this route.
    right : float
        Probability that it is right, after all reports.
    log_evidence : float
        Logarithm of the probability of the reports up to and with this one, see `Evidence`.
    """

    sighting: Sighting
    copies: tuple[Sighting, ...]
    why_not: str | None
    right: float
    log_evidence: float


class Evidence(NamedTuple):
    """What reports say of a scenario.

    Attributes
    ----------
    taken : tuple of Taken
        Each report once, in the order in which they were taken in: along the way.
    log_evidence : float
        Natural logarithm of the probability of the reports: the mean, over all journeys of the
        scenario, of the product of their likelihoods. With trust p and probability a that a wrong
        report happens to hold (`journey.evidence.likelihood.Observed.astray`), the likelihood of a
        report is p + (1 - p) a of a journey of which it holds, and (1 - p) a of any other.
        Differences between scenarios count, for the same reports.
    effective_draws : float
        As many independent journeys tell as much.
    pareto_k : float
        Shape of the tail of their weights; not a number where there is none.
    tried : int
        Journeys that were held against the reports.
    """

    taken: tuple[Taken, ...]
    log_evidence: float
    effective_draws: float
    pareto_k: float
    tried: int

    @property
    def sightings(self) -> tuple[Sighting, ...]:
        """Every report, and those that say the same."""
        return tuple(each for taken in self.taken for each in (taken.sighting, *taken.copies))

    @property
    def enough(self) -> bool:
        """Whether windows rest on enough journeys to be relied on."""
        return self.effective_draws >= LEAST_EFFECTIVE and not self.pareto_k > HEAVIEST_TAIL

    @property
    def possible(self) -> tuple[Taken, ...]:
        """Those of the reports that can be right on the way."""
        return tuple(taken for taken in self.taken if taken.why_not is None)

    def right_of(self, sighting: Sighting) -> float | None:
        """Probability that a report is right, after all of them; None if it was not taken in."""
        for taken in self.taken:
            if sighting.said in [each.said for each in (taken.sighting, *taken.copies)]:
                return taken.right
        return None
