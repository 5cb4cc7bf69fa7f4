"""The options that say what the lightest way is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from journey.errors import InputError, naming
from journey.units import MPS_PER_KMH

if TYPE_CHECKING:
    from journey.pathfinding.weighting import Weighting


@Parameter(name="*")
@dataclass(frozen=True)
class Weighing:
    """What the lightest way is.

    Attributes
    ----------
    by : str
        Shortest by official length (secondary lines at twice theirs), or soonest run at steady
        speed within the limits of track and train.
    train : str or None
        Train whose highest speed counts for --by time: bundled name, or path of its file.
    max_speed : float or None
        The same as a figure, km/h; 100 where neither is given.
    avoid : tuple of str
        What to keep off, may be repeated: a station, a line, a country such as RU, a section.
    gauge : int or None
        Gauge of the train, mm, which keeps it off track of another.
    """

    by: Literal["length", "time"] = "length"
    train: str | None = None
    max_speed: float | None = None
    avoid: Annotated[tuple[str, ...], Parameter(negative="")] = ()
    gauge: int | None = None

    def weighting(self) -> Weighting:
        """Read it."""
        from journey.pathfinding.weighting import MAX_SPEED_KMH, Weighting

        speeds = [each for each in (self.train, self.max_speed) if each is not None]
        if len(speeds) > 1:
            raise InputError("--train and --max-speed: expected one of them")
        if speeds and self.by == "length":
            raise InputError("--train, --max-speed: a speed counts for time only; add --by time")
        fastest_kmh = self.max_speed if self.train is None else _highest_kmh(self.train)
        with naming("--max-speed" if self.max_speed is not None else "--by"):
            return Weighting(
                self.by,
                MAX_SPEED_KMH if fastest_kmh is None else fastest_kmh,
                self.avoid,
                self.gauge,
            )


BY_LENGTH = Weighing()


def _highest_kmh(train: str) -> float:
    """The highest speed of a train, the median of what it may be."""
    from journey.train_file import load_train

    return load_train(train).at().max_speed_mps / MPS_PER_KMH
