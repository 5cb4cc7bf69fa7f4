"""A train of which little is certain: each figure as a range, with its source or its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from journey.errors import InputError
from journey.quantities import Range
from journey.train import TONNE_KG, Train
from journey.units import MPS_PER_KMH

if TYPE_CHECKING:
    from journey.kinematics import Running
    from journey.quantities import Quantity
    from journey.statements import Source

MEDIAN = 0.5
USED: dict[Running, tuple[str, ...]] = {
    "cruise": ("length_m", "max_speed_kmh"),
    "profile": ("length_m", "max_speed_kmh", "acceleration_mps2", "braking_mps2"),
    "dynamics": (
        "mass_t",
        "rotating_mass_factor",
        "length_m",
        "max_speed_kmh",
        "braking_mps2",
        "resistance",
        "tractive_effort",
    ),
}
"""The keys of a train file that each model uses."""


class Figure(NamedTuple):
    """A figure of a train in the unit of its key, and why it is that."""

    value: Quantity
    source: str | None = None
    reason: str | None = None


class Resistance(NamedTuple):
    """r0, r1, r2 in N, N/(m/s), N/(m/s)², uncertain by a common factor, and why."""

    value: tuple[float, float, float]
    factor: Quantity
    source: str | None = None
    reason: str | None = None


class Effort(NamedTuple):
    """Pairs of km/h and N, the effort uncertain by a common factor, and why."""

    value: tuple[tuple[float, float], ...]
    factor: Quantity
    source: str | None = None
    reason: str | None = None


WITHOUT_ROTATION = Figure(Range(1.0, 1.0))
WITHOUT_LENGTH = Figure(Range(0.0, 0.0))
WITHOUT_RESISTANCE = Resistance((0.0, 0.0, 0.0), Range(1.0, 1.0))


@dataclass(frozen=True, slots=True)
class TrainEstimate:
    """What is stated of a train.

    Attributes
    ----------
    name : str
        Title.
    mass_t, max_speed_kmh, braking_mps2, rotating_mass_factor, length_m : Figure
        By the keys of a train file, in their units.
    acceleration_mps2 : Figure or None
        Constant acceleration; None where it is not known.
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
    mass_t: Figure
    max_speed_kmh: Figure
    braking_mps2: Figure
    rotating_mass_factor: Figure = WITHOUT_ROTATION
    length_m: Figure = WITHOUT_LENGTH
    acceleration_mps2: Figure | None = None
    resistance: Resistance = WITHOUT_RESISTANCE
    tractive_effort: Effort | None = None
    about: str | None = None
    sources: tuple[Source, ...] = ()

    def stated(self, key: str) -> Figure | Resistance | Effort | None:
        """What is stated under a key of a train file; None where nothing is."""
        found: Figure | Resistance | Effort | None = getattr(self, key)
        return found

    def fixed_for(self, running: Running) -> bool:
        """Whether every figure that a model uses is certain."""
        return all(
            (each.value if isinstance(each, Figure) else each.factor).fixed
            for key in USED[running]
            if (each := self.stated(key)) is not None
        )

    def at(self, size: float = MEDIAN, readiness: float = MEDIAN) -> Train:
        """Take one of the trains that it may be.

        A longer train is a heavier one, resists more and has more locomotives, so these figures
        are taken at one share of their ranges. How readily it gains and loses speed, and its
        highest speed, are taken at another.

        Parameters
        ----------
        size : float
            0 for the lightest and shortest train, 0.5 for the median, 1 for the heaviest.
        readiness : float
            0 for the most sluggish train, 0.5 for the median, 1 for the readiest.

        Raises
        ------
        InputError
            If a share is not one, or no such train can be.

        Examples
        --------
        >>> from journey import load_train
        >>> armoured = load_train("armoured")
        >>> armoured.at(size=1.0).mass_kg > armoured.at(size=0.0).mass_kg
        True
        """
        for name, share in (("size", size), ("readiness", readiness)):
            if not 0 <= share <= 1:
                raise InputError(f"{name} {share}: expected a share from 0 to 1")
        return Train(
            self.name,
            mass_kg=float(self.mass_t.value.at(size)) * TONNE_KG,
            max_speed_mps=float(self.max_speed_kmh.value.at(readiness)) * MPS_PER_KMH,
            braking_mps2=float(self.braking_mps2.value.at(readiness)),
            length_m=float(self.length_m.value.at(size)),
            rotating_mass_factor=float(self.rotating_mass_factor.value.at(size)),
            resistance=self._resistance(size),
            effort=self._effort(size),
            acceleration_mps2=self._acceleration_mps2(readiness),
        )

    def _acceleration_mps2(self, readiness: float) -> float | None:
        stated = self.acceleration_mps2
        return None if stated is None else float(stated.value.at(readiness))

    def _resistance(self, size: float) -> tuple[float, float, float]:
        factor = float(self.resistance.factor.at(size))
        r0, r1, r2 = self.resistance.value
        return factor * r0, factor * r1, factor * r2

    def _effort(self, size: float) -> tuple[tuple[float, float], ...]:
        if self.tractive_effort is None:
            return ()
        factor = float(self.tractive_effort.factor.at(size))
        curve = self.tractive_effort.value
        return tuple((speed_kmh * MPS_PER_KMH, factor * force_n) for speed_kmh, force_n in curve)
