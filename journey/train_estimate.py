"""A train of which little is certain: each figure as a range, with its source or its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from journey.train import TONNE_KG, Train
from journey.units import MPS_PER_KMH, Range

if TYPE_CHECKING:
    from journey.statements import Source

CENTRAL = 0.5


class Figure(NamedTuple):
    """A figure of a train in the unit of its key, and why it is that."""

    value: Range
    source: str | None = None
    reason: str | None = None


class Resistance(NamedTuple):
    """r0, r1, r2 in N, N/(m/s), N/(m/s)², uncertain by a common factor, and why."""

    value: tuple[float, float, float]
    factor: Range
    source: str | None = None
    reason: str | None = None


class Effort(NamedTuple):
    """Pairs of km/h and N, the effort uncertain by a common factor, and why."""

    value: tuple[tuple[float, float], ...]
    factor: Range
    source: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class TrainEstimate:
    """What is stated of a train.

    Attributes
    ----------
    name : str
        Title.
    figures : dict of str to Figure
        By the keys of a train file: mass_t, rotating_mass_factor, length_m, max_speed_kmh,
        braking_mps2 and perhaps acceleration_mps2.
    resistance : Resistance
        Of the whole train on level track.
    tractive_effort : Effort or None
        At the wheel rim; None where it is not known.
    about : str or None
        What train it is.
    sources : tuple of Source
        The reports that the figures refer to.
    """

    name: str
    figures: dict[str, Figure]
    resistance: Resistance
    tractive_effort: Effort | None = None
    about: str | None = None
    sources: tuple[Source, ...] = ()

    @property
    def fixed(self) -> bool:
        """Whether every figure is certain."""
        ranges = [self.resistance.factor, *(figure.value for figure in self.figures.values())]
        if self.tractive_effort:
            ranges.append(self.tractive_effort.factor)
        return all(each.fixed for each in ranges)

    def at(self, share: float = CENTRAL) -> Train:
        """Take the train that is larger than a share of those that it may be.

        A longer train is a heavier one, resists more, has more locomotives, and gains and loses
        speed less readily: the uncertain figures are taken at one share, and acceleration,
        braking and highest speed at its complement.

        Parameters
        ----------
        share : float
            0 for the lightest, shortest and readiest train, 0.5 for the median, 1 for the
            heaviest, longest and most sluggish.

        Raises
        ------
        InputError
            If no such train can be.
        """
        figure = {key: float(each.value.at(share)) for key, each in self.figures.items()}
        ready = {key: float(each.value.at(1 - share)) for key, each in self.figures.items()}
        return Train(
            self.name,
            mass_kg=figure["mass_t"] * TONNE_KG,
            max_speed_mps=ready["max_speed_kmh"] * MPS_PER_KMH,
            braking_mps2=ready["braking_mps2"],
            length_m=figure["length_m"],
            rotating_mass_factor=figure["rotating_mass_factor"],
            resistance=self._resistance(share),
            effort=self._effort(share),
            acceleration_mps2=ready.get("acceleration_mps2"),
        )

    def _resistance(self, share: float) -> tuple[float, float, float]:
        factor = float(self.resistance.factor.at(share))
        r0, r1, r2 = self.resistance.value
        return factor * r0, factor * r1, factor * r2

    def _effort(self, share: float) -> tuple[tuple[float, float], ...]:
        if self.tractive_effort is None:
            return ()
        factor = float(self.tractive_effort.factor.at(share))
        curve = self.tractive_effort.value
        return tuple((speed_kmh * MPS_PER_KMH, factor * force_n) for speed_kmh, force_n in curve)
