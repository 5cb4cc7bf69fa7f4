"""A grid of cases: a scenario as it stands, and every combination of what is varied in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from journey.cases.axes import ROUTE
from journey.cases.changes import changed
from journey.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journey.cases.axes import Axis, Choice
    from journey.network import Network
    from journey.scenario import Scenario

BASE = 0
"""The number of the case that the others are compared with."""
MOST_CASES = 10_000_000


@dataclass(frozen=True, eq=False, slots=True)
class Grid:
    """Cases, by their numbers: the base, and then the alternatives.

    Attributes
    ----------
    scenarios : tuple of Scenario
        The scenario that is varied; without axes, all that are compared, the base first. Where one
        has a headline, that is what is varied: a plain case, of which each change can be told.
    axes : tuple of Axis
        What is varied; of the combinations, the choice on the last axis changes quickest.
    """

    scenarios: tuple[Scenario, ...]
    axes: tuple[Axis, ...] = ()

    @classmethod
    def of(cls, scenarios: Scenario | Iterable[Scenario], axes: Iterable[Axis] = ()) -> Grid:
        """Make a grid of headlines, and check that there is something to compare.

        Raises
        ------
        InputError
            If nothing is varied, too much is, or axes are given for several scenarios.
        """
        several = tuple(scenarios) if isinstance(scenarios, Iterable) else (scenarios,)
        grid = cls(tuple(each.as_headline() for each in several), tuple(axes))
        if grid.axes and len(several) != 1:
            raise InputError(f"{len(several)} scenarios: expected one where something is varied")
        if grid.varied > MOST_CASES:
            raise InputError(f"{grid.varied:,} cases: expected {MOST_CASES:,} at most")
        if grid.varied == 0:
            raise InputError(
                "nothing to compare: expected speed, depart, stop or route with values, such as "
                "--speed 40..80/5 or speed=[40, 45], or several scenarios"
            )
        return grid

    def __len__(self) -> int:
        """Count all cases, the base among them."""
        return 1 + self.varied

    @property
    def varied(self) -> int:
        """How many cases there are besides the base."""
        if not self.axes:
            return len(self.scenarios) - 1
        return prod(len(axis.choices) for axis in self.axes)

    def name(self, case: int) -> str:
        """Title of the scenario of a case."""
        return self.scenarios[0 if self.axes else case].name

    def texts(self, case: int) -> tuple[str | None, ...]:
        """The text of each axis in a case; None where the scenario is as it stands."""
        return tuple(choice and choice.text for choice in self._choices(case))

    def title(self, case: int) -> str:
        """Name a case for messages: ``case 3 (speed_kmh 80)``."""
        if case == BASE or not self.axes:
            return f"case {case}"
        pairs = zip(self.axes, self.texts(case), strict=True)
        return f"case {case} ({', '.join(f'{axis.name} {text}' for axis, text in pairs)})"

    def scenario(self, case: int, network: Network) -> Scenario:
        """The scenario of a case.

        Raises
        ------
        UnknownPlaceError
            If the place of a halt is not known.
        """
        if not self.axes:
            return self.scenarios[case]
        scenario = self.scenarios[0]
        for axis, choice in zip(self.axes, self._choices(case), strict=True):
            if choice is not None:
                scenario = changed(scenario, axis, choice, network)
        return scenario

    def samples(self) -> list[int]:
        """Few cases that show whether places and routes fit: every route with a halt that lasts."""
        if not self.axes:
            return list(range(len(self)))
        routes = len(self.axes[-1].choices) if self.axes[-1].kind == ROUTE else 1
        return [BASE, *range(len(self) - routes, len(self))]

    def _choices(self, case: int) -> Sequence[Choice | None]:
        """The alternative of each axis in a case."""
        if case == BASE:
            return [None] * len(self.axes)
        chosen: list[Choice | None] = []
        rest = case - 1
        for axis in reversed(self.axes):
            rest, number = divmod(rest, len(axis.choices))
            chosen.append(axis.choices[number])
        return chosen[::-1]
