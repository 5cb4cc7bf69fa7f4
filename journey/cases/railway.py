"""A network for many cases, which find the same routes again and again."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from journey.network import Network
from journey.pathfinding.weighting import BY_LENGTH

if TYPE_CHECKING:
    from journey.pathfinding.weighting import Weighting
    from journey.route import Route


class Railway(Network):
    """A network that keeps every route it has found, for as long as it lives itself."""

    def route(self, *places: str, weighting: Weighting = BY_LENGTH) -> Route:
        """Find the lightest way through places, see `Network.route`."""
        asked = (places, weighting)
        if asked not in self._found:
            self._found[asked] = super().route(*places, weighting=weighting)
        return self._found[asked]

    @cached_property
    def _found(self) -> dict[tuple[tuple[str, ...], Weighting], Route]:
        return {}
