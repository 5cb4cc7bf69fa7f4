"""Runs of trains that journeys choose from, since these take long to compute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from journey.drawing.shares import GROUPS
from journey.running_times import Journeys, running_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journey.plan import Plan


@dataclass(frozen=True, eq=False)
class Library:
    """Runs of trains, each group its own, and their times where these were asked for."""

    plan: Plan
    journeys: Journeys
    known: dict[bytes, list[NDArray[np.float64]]]

    def run_of(self, share: NDArray[np.float64], group: NDArray[np.intp]) -> NDArray[np.intp]:
        """Choose a run of a group by a share of probability."""
        of_each = self.journeys.count // GROUPS
        return group * of_each + (share * of_each).astype(np.intp)

    def rows(self, at_m: NDArray[np.float64]) -> list[NDArray[np.float64]]:
        """As `running_rows`, which is asked but once."""
        key = at_m.tobytes()
        if key not in self.known:
            self.known[key] = list(running_rows(self.plan, self.journeys, at_m))
        return self.known[key]
