"""What is said of a journey, wherever it runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journey.kinematics import Running
    from journey.reports import Claim, Sighting
    from journey.statements import (
        Departure,
        Headline,
        Limit,
        Margin,
        Source,
        Speeds,
        Stop,
        UnreportedHalts,
    )
    from journey.train_estimate import TrainEstimate


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Account:
    """The statements of a scenario, before and after it is laid on a route.

    Attributes
    ----------
    name : str
        Title.
    departures : tuple of Departure
        When the journey began: one, or several that contradict each other, with their weights.
    speeds : Speeds
        How fast the train runs while moving.
    stops : tuple of Stop
        Where it stands.
    sightings : tuple of Sighting
        What was reported of it on the way.
    sources : tuple of Source
        The reports that the statements refer to.
    route_source : str or None
        The report that names the destination.
    running : {"cruise", "profile", "dynamics"}
        How running times are computed, see `journey.kinematics.run_train`.
    limits : tuple of Limit
        Speed limits on the way.
    margin : Margin or None
        What is added to the running time.
    train : TrainEstimate or None
        The train; a ``cruise`` needs none, and then has no length and no highest speed.
    unreported_halts : tuple of UnreportedHalts
        Halts besides, drawn along the line: for everywhere, or each for some part of the way.
    headline : Headline or None
        What is said of the journey in short.
    claims : tuple of Claim
        Published figures, to be computed anew.
    """

    name: str
    departures: tuple[Departure, ...]
    speeds: Speeds
    stops: tuple[Stop, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    sources: tuple[Source, ...] = ()
    route_source: str | None = None
    running: Running = "cruise"
    limits: tuple[Limit, ...] = ()
    margin: Margin | None = None
    train: TrainEstimate | None = None
    unreported_halts: tuple[UnreportedHalts, ...] = ()
    headline: Headline | None = None
    claims: tuple[Claim, ...] = ()
