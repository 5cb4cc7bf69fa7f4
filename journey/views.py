"""The views of a journey: what is said of it in short, and what its reports make of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from journey.defaults import DRAWS, SEED
from journey.ensemble import Ensemble
from journey.errors import naming
from journey.sightings_file import load_sightings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from journey.ensemble.windows import Window
    from journey.network import Network
    from journey.reports import Sighting
    from journey.scenario import Scenario
    from journey.statements import Source


class View(NamedTuple):
    """Drawn journeys, and on what they rest.

    Attributes
    ----------
    basis : str
        ``"headline"``, ``"as stated"`` or ``"as reported"``.
    ensemble : Ensemble
        The drawn journeys.
    level : float
        Share of them that a window holds.
    """

    basis: str
    ensemble: Ensemble
    level: float


def views_of(  # noqa: PLR0913 - as for `Scenario.simulate`, and what is taken in
    scenario: Scenario,
    network: Network,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    level: float | None = None,
    sightings: Iterable[Sighting] | None = None,
    places: Iterable[str] | None = None,
) -> tuple[View, ...]:
    """Simulate what is said of a journey in short, and what its reports make of it.

    Parameters
    ----------
    scenario : Scenario
        What is stated.
    network : Network
        The railway.
    draws, seed, places
        As for `Scenario.simulate`.
    level : float, optional
        Share of the drawn journeys that a window holds in all views; without it each has its own:
        all of them where no reports are taken in, else nine in ten.
    sightings : iterable of Sighting, optional
        Reports in the place of the scenario's own.

    Returns
    -------
    tuple of View
        First the headline, or without one the scenario as it is stated. Then, where there are
        reports, the scenario with them taken in; without them, after a headline, as stated.

    Raises
    ------
    JourneyError
        As for `Scenario.simulate`, or if no journey agrees with reports that are held for certain.
    """
    named = None if places is None else tuple(places)
    if sightings is not None:
        scenario = with_reports(scenario, sightings)

    def simulated(each: Scenario) -> Ensemble:
        return each.simulate(network, draws=draws, seed=seed, places=named)

    found = [simulated(scenario.as_headline())]
    if scenario.sightings:
        found.append(_informed(scenario, network, draws, seed, named))
    elif scenario.headline is not None:
        found.append(simulated(scenario))
    return tuple(
        View(each.basis, each, each.default_level if level is None else level) for each in found
    )


def _informed(
    scenario: Scenario, network: Network, draws: int, seed: int, places: tuple[str, ...] | None
) -> Ensemble:
    """Take reports in; of the journeys before them, which nobody sees, little is timed."""
    plan = scenario.plan(network)
    with naming(scenario.origin):
        stated = Ensemble.draw(plan, draws=draws, seed=seed, events=plan.events[-1:])
        events = plan.events if places is None else plan.events_at(places)
        return stated.given(scenario.sightings, events=events)


def with_reports(
    scenario: Scenario, sightings: Iterable[Sighting], sources: Iterable[Source] = ()
) -> Scenario:
    """Put other reports, with their sources, in the place of a scenario's own."""
    new = tuple(sources)
    taken = {source.id for source in new}
    kept = tuple(source for source in scenario.sources if source.id not in taken)
    return replace(scenario, sightings=tuple(sightings), sources=kept + new)


def with_file(
    scenario: Scenario, path: Path | None, network: Network
) -> tuple[Scenario, tuple[str, ...]]:
    """Put the reports of a CSV file in the place of a scenario's own.

    Parameters
    ----------
    scenario : Scenario
        Itself where there is no file.
    path : Path or None
        The file.
    network : Network
        Where its places are looked up.

    Returns
    -------
    scenario : Scenario
        With these reports, and their sources.
    left_out : tuple of str
        A line for each row that could not be placed.
    """
    if path is None:
        return scenario, ()
    placed, left_out, sources = load_sightings(path, network)
    return with_reports(scenario, placed, sources), left_out


def same_event(window: Window, others: Iterable[Window]) -> Window | None:
    """What another view has of an event; None where it does not time the place.

    A train that passes arrives and departs at once, so that either is held beside its passing.
    """
    here = [each for each in others if each.station is window.station and each.km == window.km]
    if not here:
        return None
    return here[-1] if window.event == "depart" else here[0]
