"""One pass over all draws: block by block, in threads, counted in bins."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from operator import add
from threading import Event as Flag
from typing import TYPE_CHECKING

from journey.ensemble.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np
    from numpy.typing import NDArray

    from journey.ensemble.draws import Draws

    Values = Callable[[Draws], Iterable[NDArray[np.float64]]]

MOST_LANES = 4
"""Threads that work at once, each with a tally of its own."""
LEAST_BLOCKS = 4
"""Blocks for each thread, or it costs more than it saves."""
MEASURED_BLOCKS = 16
"""Blocks, of more than 16,000 draws each if there are that many, whose groups are told apart."""


def count_draws(
    blocks: int,
    draw: Callable[[int], Draws],
    values_of: Values,
    expected: NDArray[np.float64],
    *,
    sure: bool,
) -> Tally:
    """Count some values of every draw.

    Parameters
    ----------
    blocks : int
        How many blocks of draws there are.
    draw : callable
        Gives the draws of a block by its number.
    values_of : callable
        Gives the values of some draws, row by row.
    expected : ndarray, shape (rows, 2)
        The least and the greatest value of each row.
    sure : bool
        Whether no value can lie beyond.

    Returns
    -------
    Tally
        The same whatever the number of threads: counts add up exactly.
    """
    lanes = max(min(blocks // LEAST_BLOCKS, MOST_LANES, os.cpu_count() or 1), 1)
    stop = Flag()

    def lane(first: int) -> Tally:
        tally = Tally.between(expected, sure=sure)
        for number in range(first, blocks, lanes):
            if stop.is_set():
                break
            _count(tally, draw(number), values_of, measured=number < MEASURED_BLOCKS)
        return tally

    if lanes == 1:
        return lane(0)
    with ThreadPoolExecutor(lanes) as pool:
        try:
            return reduce(add, pool.map(lane, range(lanes)))
        finally:
            # After an interrupt nobody waits for what the other threads still had to do.
            stop.set()


def _count(tally: Tally, draws: Draws, values_of: Values, *, measured: bool) -> None:
    group = draws.group if measured else None
    if group is not None:
        tally.measure(group)
    for row, values in enumerate(values_of(draws)):
        tally.add(row, values, group)
