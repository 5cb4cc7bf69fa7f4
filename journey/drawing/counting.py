"""One pass over all draws: block by block, in threads, counted in bins."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import takewhile
from threading import Event as Flag
from typing import TYPE_CHECKING

import numpy as np

from journey.drawing.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from journey.drawing.draws import Draws
    from journey.drawing.population import Population

    Values = Callable[[Draws], Iterable[NDArray[np.float64]]]

MOST_LANES = 2
"""Threads that work at once, each with a tally of its own; more would stand in each other's way."""
MARGIN = 0.1
"""Part of what the first block reaches over, by which bins go beyond it on either side."""
LEAST_BLOCKS = 4
"""Blocks for each thread, or it costs more than it saves."""
MEASURED_BLOCKS = 16
"""Blocks, of more than 16,000 draws each if there are that many, whose groups are told apart."""


def count_draws(population: Population, values_of: Values) -> Tally:
    """Count some values of every draw.

    Parameters
    ----------
    population : Population
        The journeys.
    values_of : callable
        Gives the values of some draws, row by row.

    Returns
    -------
    Tally
        Its bins are laid by the first block. The same whatever the number of threads: counts add
        up exactly.
    """
    draws = population.block(0)
    values = list(values_of(draws))
    total = Tally.between(_reach(values), weighted=draws.weight is not None)
    _count(total, values, draws, grouped=True)
    lanes = lanes_for(population.count - 1)
    if lanes == 1:
        _run(total, range(1, population.count), population, values_of)
    else:
        _run_lanes(total, lanes, population, values_of)
    return replace(total, per_draw=total.draws / population.effective)


def lanes_for(blocks: int) -> int:
    """Threads that are worth their while for so many blocks of draws."""
    return max(min(blocks // LEAST_BLOCKS, MOST_LANES, os.cpu_count() or 1), 1)


def _reach(values: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """The least and the greatest of each row, and something more on either side."""
    ends = np.array([[each.min(), each.max()] for each in values])
    more = MARGIN * np.diff(ends, axis=1)
    return ends + np.hstack([-more, more])


def _run_lanes(total: Tally, lanes: int, population: Population, values_of: Values) -> None:
    stop = Flag()
    tallies = [total, *(total.emptied() for _ in range(1, lanes))]

    def lane(first: int, tally: Tally) -> None:
        try:
            numbers = takewhile(lambda _: not stop.is_set(), range(first, population.count, lanes))
            _run(tally, numbers, population, values_of)
        except BaseException:
            # What one cannot do is no use to the others.
            stop.set()
            raise

    with ThreadPoolExecutor(lanes) as pool:
        try:
            list(pool.map(lane, range(1, lanes + 1), tallies))
        finally:
            # After an interrupt nobody waits for what the other threads still had to do.
            stop.set()
    for tally in tallies[1:]:
        total += tally


def _run(tally: Tally, numbers: Iterable[int], population: Population, values_of: Values) -> None:
    for number in numbers:
        draws = population.block(number)
        _count(tally, values_of(draws), draws, grouped=number < MEASURED_BLOCKS)


def _count(
    tally: Tally, values: Iterable[NDArray[np.float64]], draws: Draws, *, grouped: bool
) -> None:
    group = draws.group if grouped else None
    if group is not None:
        tally.measure(group, draws.weight)
    for row, each in enumerate(values):
        tally.add(row, each, group, draws.weight)
