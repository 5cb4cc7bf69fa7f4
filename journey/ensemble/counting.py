"""One pass over all draws: block by block, in threads, counted in bins."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import takewhile
from threading import Event as Flag
from typing import TYPE_CHECKING

import numpy as np

from journey.ensemble.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from journey.ensemble.draws import Draws

    Values = Callable[[Draws], Iterable[NDArray[np.float64]]]

MOST_LANES = 2
"""Threads that work at once, each with a tally of its own; more would stand in each other's way."""
MARGIN = 0.1
"""Part of what the first block reaches over, by which bins go beyond it on either side."""
LEAST_BLOCKS = 4
"""Blocks for each thread, or it costs more than it saves."""
MEASURED_BLOCKS = 16
"""Blocks, of more than 16,000 draws each if there are that many, whose groups are told apart."""


def count_draws(blocks: int, draw: Callable[[int], Draws], values_of: Values) -> Tally:
    """Count some values of every draw.

    Parameters
    ----------
    blocks : int
        How many blocks of draws there are.
    draw : callable
        Gives the draws of a block by its number.
    values_of : callable
        Gives the values of some draws, row by row.

    Returns
    -------
    Tally
        Its bins are laid by the first block. The same whatever the number of threads: counts add
        up exactly.
    """
    draws = draw(0)
    values = list(values_of(draws))
    total = Tally.between(_reach(values))
    _count(total, values, draws.group)
    lanes = min((blocks - 1) // LEAST_BLOCKS, MOST_LANES, os.cpu_count() or 1)
    if lanes <= 1:
        _run(total, range(1, blocks), draw, values_of)
    else:
        _run_lanes(total, lanes, blocks, draw, values_of)
    return total


def _reach(values: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """The least and the greatest of each row, and something more on either side."""
    ends = np.array([[each.min(), each.max()] for each in values])
    more = MARGIN * np.diff(ends, axis=1)
    return ends + np.hstack([-more, more])


def _run_lanes(
    total: Tally, lanes: int, blocks: int, draw: Callable[[int], Draws], values_of: Values
) -> None:
    stop = Flag()
    tallies = [total, *(total.emptied() for _ in range(1, lanes))]

    def lane(first: int, tally: Tally) -> None:
        try:
            numbers = takewhile(lambda _: not stop.is_set(), range(first, blocks, lanes))
            _run(tally, numbers, draw, values_of)
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


def _run(
    tally: Tally, numbers: Iterable[int], draw: Callable[[int], Draws], values_of: Values
) -> None:
    for number in numbers:
        draws = draw(number)
        _count(tally, values_of(draws), draws.group if number < MEASURED_BLOCKS else None)


def _count(
    tally: Tally, values: Iterable[NDArray[np.float64]], group: NDArray[np.intp] | None
) -> None:
    if group is not None:
        tally.measure(group)
    for row, each in enumerate(values):
        tally.add(row, each, group)
