"""A network for many cases, which find the same routes again and again."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from journey.network import Network

if TYPE_CHECKING:
    from journey.route import Route


class Railway(Network):
    """A network that keeps every route it has found, for as long as it lives itself."""

    def route(self, *places: str) -> Route:
        """Find the shortest way through places, see `Network.route`."""
        if places not in self._found:
            self._found[places] = super().route(*places)
        return self._found[places]

    @cached_property
    def _found(self) -> dict[tuple[str, ...], Route]:
        return {}
