"""A million positions on the bundled route, side by side with two plain ways to get them."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
import shapely

import journey

if TYPE_CHECKING:
    from collections.abc import Callable

COUNT = 1_000_000
ROUNDS = 7


def main() -> None:
    """Print the median time of each way and its ratio to the first."""
    route = journey.load_network().route("Pyongyang", "Khasan", "Vostochny")
    km = np.random.default_rng(0).uniform(0, route.length_km, COUNT)
    line = shapely.linestrings(route.lon, route.lat)

    def twice_interp() -> None:
        np.interp(km * 1000, route.chainage_m, route.lon)
        np.interp(km * 1000, route.chainage_m, route.lat)

    ways: dict[str, Callable[[], object]] = {
        "Route.at": lambda: route.at(km),
        "numpy.interp, twice": twice_interp,
        # By degrees along the line, so not the same places: only its speed is compared.
        "shapely, a hundredth of them": lambda: shapely.line_interpolate_point(
            line, km[: COUNT // 100] / route.length_km, normalized=True
        ),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            seconds[name].append(time.perf_counter() - start)
    first = median(seconds["Route.at"])
    for name, times in seconds.items():
        print(f"{name:30} {1000 * median(times):8.1f} ms  {median(times) / first:6.2f} x")  # noqa: T201


if __name__ == "__main__":
    main()
