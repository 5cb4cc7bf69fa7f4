"""Rival scenarios for the same reports: how likely each is, and how each report moved it."""

from __future__ import annotations

import math
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.alternatives import check_weights
from journey.defaults import DRAWS, SEED
from journey.ensemble import WANTED
from journey.errors import ImpossibleError, InputError, naming
from journey.scenario import Scenario
from journey.sightings.contenders import equal, simulate_rival, with_rivals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from journey.ensemble import Ensemble
    from journey.evidence import Taken
    from journey.network import Network
    from journey.reports import Sighting

IMPOSSIBLE = float("-inf")


class Moved(NamedTuple):
    """What a report made of a rival.

    Attributes
    ----------
    sighting : Sighting
        The report.
    posterior : float or None
        Probability of the rival after this report and those before it; None where no rival can
        explain them.
    log_evidence : float
        Of these reports, natural logarithm of a probability; minus infinity where the rival cannot
        explain them.
    """

    sighting: Sighting
    posterior: float | None
    log_evidence: float


class Standing(NamedTuple):
    """A rival, before and after the reports.

    Attributes
    ----------
    scenario : str
        Its name.
    destination : str
        The station that it ends at.
    prior : float
        Probability before the reports.
    posterior : float or None
        After all of them; None where no rival can explain them.
    log_evidence : float
        Of all reports, natural logarithm of a probability.
    by_report : tuple of Moved
        How each report moved it, in order along the way of the first rival.
    """

    scenario: str
    destination: str
    prior: float
    posterior: float | None
    log_evidence: float
    by_report: tuple[Moved, ...]


class Rivalry(NamedTuple):
    """What reports make of a rival, without its journeys.

    Attributes
    ----------
    scenario, destination : str
        Its name, and the station that it ends at.
    log_evidence : float
        Of all reports, natural logarithm of a probability.
    taken : tuple of Taken
        The reports, each with the log evidence of those up to it.
    """

    scenario: str
    destination: str
    log_evidence: float
    taken: tuple[Taken, ...]

    @classmethod
    def of(cls, after: Ensemble) -> Rivalry:
        """Read off what was found as reports were taken in."""
        evidence = after.evidence
        taken = evidence.taken if evidence else ()
        return cls(*_named(after), after.log_evidence, taken)

    def along(self, order: Sequence[Sighting]) -> list[float]:
        """Log evidence up to each of some reports.

        What each adds is taken from the order of this rival's own way. A report off that way adds
        the same wherever it comes, and the ways of rivals mostly begin alike.
        """
        if self.log_evidence == IMPOSSIBLE:
            return [IMPOSSIBLE] * len(order)
        added, before = {}, 0.0
        for each in self.taken:
            added[each.sighting.said] = each.log_evidence - before
            before = each.log_evidence
        return list(accumulate(added.get(sighting.said, 0.0) for sighting in order))


def _named(drawn: Ensemble) -> tuple[str, str]:
    return drawn.plan.name, drawn.plan.route.timing_points[-1].station.name


def rivals(  # noqa: PLR0913 - as for `Scenario.simulate`, and what is weighed
    scenarios: Scenario | Sequence[Scenario],
    network: Network,
    sightings: Iterable[Sighting] | None = None,
    priors: Sequence[float] | None = None,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> tuple[Standing, ...]:
    """Weigh scenarios by the same reports.

    Parameters
    ----------
    scenarios : Scenario or sequence of Scenario
        One, with those that it names as its rivals, or several.
    network : Network
        The railway.
    sightings : iterable of Sighting, optional
        The reports; those of the first scenario by default.
    priors : sequence of float, optional
        Probability of each before the reports; they sum to 1. By default as the one scenario says,
        or all alike.
    draws, seed : int
        As for `Scenario.simulate`.

    Returns
    -------
    tuple of Standing
        One for each scenario, in their order.

    Raises
    ------
    InputError
        If the priors are not one above 0 for each, or do not sum to 1.
    JourneyError
        If a scenario cannot be simulated; the message says which.

    Notes
    -----
    By Bayes' rule the posterior is proportional to prior times evidence. A report that cannot be
    right on the way of a rival counts with the probability that it is wrong and yet says this.

    Examples
    --------
    >>> import journey
    >>> names = ("vostochny-2023", "vladivostok-2023")
    >>> either = [journey.load_scenario(name) for name in names]
    >>> seen = [each for each in either[0].sightings if each.at == "Ussuriysk"]
    >>> for each in journey.rivals(either, journey.load_network(), seen, draws=1000):
    ...     print(f"{each.destination}: {each.posterior:.0%}")
    Vostochny Cosmodrome: 78%
    Vladivostok: 22%
    """
    if isinstance(scenarios, Scenario):
        every, stated = with_rivals(scenarios)
    else:
        every, stated = tuple(scenarios), None
    if not every:
        raise InputError("scenarios: none; expected one at least")
    chosen = tuple(priors) if priors is not None else stated or equal(len(every))
    with naming("priors"):
        check_weights(chosen, len(every))
    reports = every[0].sightings if sightings is None else tuple(sightings)
    drawn = [simulate_rival(each, network, draws, seed) for each in every]
    return weigh([informed(each, reports) for each in drawn], chosen)


def informed(drawn: Ensemble, reports: Sequence[Sighting], wanted: float = WANTED) -> Rivalry:
    """Take reports in, for their evidence; so many independent journeys should be left."""
    try:
        return Rivalry.of(drawn.given(reports, wanted=wanted))
    except ImpossibleError:
        # A report that is held for certain excludes every journey.
        return Rivalry(*_named(drawn), IMPOSSIBLE, ())


def weigh(every: Sequence[Rivalry], priors: Sequence[float]) -> tuple[Standing, ...]:
    """Give each rival its posterior.

    Parameters
    ----------
    every : sequence of Rivalry
        What the reports made of each.
    priors : sequence of float
        Probability of each before them.
    """
    order = next((tuple(t.sighting for t in each.taken) for each in every if each.taken), ())
    after = posteriors(priors, [each.log_evidence for each in every])
    steps = np.array([each.along(order) for each in every]).reshape(len(every), len(order))
    moved = [posteriors(priors, column) for column in steps.T.tolist()]
    return tuple(
        Standing(
            each.scenario,
            each.destination,
            priors[number],
            after[number],
            each.log_evidence,
            tuple(
                Moved(said, shares[number], logs)
                for said, shares, logs in zip(order, moved, steps[number].tolist(), strict=True)
            ),
        )
        for number, each in enumerate(every)
    )


def posteriors(priors: Sequence[float], log_evidence: Sequence[float]) -> list[float | None]:
    """Bayes' rule in logarithms; None for all where no one explains what was reported.

    Examples
    --------
    >>> [round(each, 3) for each in posteriors([0.75, 0.25], [-4.0, -4.0])]
    [0.75, 0.25]
    >>> posteriors([0.5, 0.5], [float("-inf"), float("-inf")])
    [None, None]
    """
    with np.errstate(divide="ignore"):
        logs: NDArray[np.float64] = np.log(priors) + np.asarray(log_evidence, dtype=float)
    if not math.isfinite(logs.max()):
        return [None] * len(logs)
    shares = np.exp(logs - logs.max())
    found: list[float | None] = (shares / shares.sum()).tolist()
    return found
