"""Outcomes that are kept in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journey.cases.outcome import Outcome


@dataclass(frozen=True)
class InMemory:
    """Outcomes that are kept as long as the program runs.

    Attributes
    ----------
    outcomes : dict of int to Outcome
        The cases that are known, by their numbers.
    """

    outcomes: dict[int, Outcome] = field(default_factory=dict)

    def add(self, outcome: Outcome) -> None:
        """Keep one more."""
        self.outcomes[outcome.case] = outcome

    def finish(self) -> None:
        """Leave them as they are."""
