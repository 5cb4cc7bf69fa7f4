"""Halts that nobody reported: drawn along the line as a Poisson process."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.errors import InputError
from journey.ruling import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from journey.laying import HaltWay
    from journey.statements import UnreportedHalts

    Shares = Callable[[str], NDArray[np.float64]]
    Streams = Callable[[str], np.random.Generator]

MOST_HALTS = 100
M_PER_1000_KM = 1e6


class Halts(NamedTuple):
    """The halts of many draws, in no order.

    Attributes
    ----------
    draw : ndarray of int, shape (halts,)
        Whose halt it is.
    at_m : ndarray, shape (halts,)
        Chainage, m.
    duration_s : ndarray, shape (halts,)
        The time that it costs, s.
    """

    draw: NDArray[np.intp]
    at_m: NDArray[np.float64]
    duration_s: NDArray[np.float64]

    def before(self, chainage_m: NDArray[np.float64], draws: int) -> Iterator[NDArray[np.float64]]:
        """Time spent in halts before each of some ascending chainages, s, shape (draws,) each.

        The array given is the same each time, with more in it.
        """
        behind = np.searchsorted(chainage_m, self.at_m)
        order = np.argsort(behind, kind="stable")
        ends = np.searchsorted(behind[order], np.arange(len(chainage_m)), side="right")
        spent_s = np.zeros(draws)
        for part in np.split(order, ends)[:-1]:
            np.add.at(spent_s, self.draw[part], self.duration_s[part])
            yield spent_s

    def part(self, start: int, stop: int) -> Halts:
        """The halts of some draws, which are counted from the first of these."""
        kept = (self.draw >= start) & (self.draw < stop)
        return Halts(self.draw[kept] - start, self.at_m[kept], self.duration_s[kept])

    def of(self, chosen: NDArray[np.intp], draws: int) -> Halts:
        """The halts of chosen draws, of which each may be chosen several times.

        Parameters
        ----------
        chosen : ndarray of int, shape (n,)
            Whose halts each of n others has.
        draws : int
            How many there were to choose from.
        """
        order = np.argsort(self.draw, kind="stable")
        ends = np.cumsum(np.bincount(self.draw, minlength=draws))
        count = np.diff(ends, prepend=0)[chosen]
        first = np.repeat(ends[chosen] - count, count)
        nth = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        which = order[first + nth]
        mine = np.repeat(np.arange(len(chosen)), count)
        return Halts(mine, self.at_m[which], self.duration_s[which])

    def joined(self, other: Halts) -> Halts:
        """These halts and others of the same draws."""
        return Halts(*(np.concatenate(pair) for pair in zip(self, other, strict=True)))

    def short_of(self, chainage_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """Time spent before the chainage of each draw, s, shape (draws,)."""
        passed = self.at_m < chainage_m[self.draw]
        spent_s = np.zeros(len(chainage_m))
        np.add.at(spent_s, self.draw, self.duration_s * passed)
        return spent_s


NO_HALTS = Halts(np.empty(0, dtype=np.intp), np.empty(0), np.empty(0))


def draw_halts(ways: Iterable[HaltWay], shares_of: Shares, stream_of: Streams) -> Halts:
    """Draw unreported halts of many journeys.

    How many there are is drawn first; then for each its place, alike likely everywhere on its way,
    and its length. The first halts of a journey stay the same where there may be more.

    Parameters
    ----------
    ways : iterable of HaltWay
        How many, how long, and where.
    shares_of : callable
        Gives shares of probability, shape (draws,), by the name of a factor.
    stream_of : callable
        Gives a random stream by a name.

    Raises
    ------
    InputError
        If they would be too many.
    """
    halts = NO_HALTS
    for way in ways:
        halts = halts.joined(_draw_on(way, shares_of, stream_of))
    return halts


def rate_name(stated: UnreportedHalts) -> str:
    """Name of the factor that says how many halts there are on average."""
    return _named("halts rate", stated)


def count_name(stated: UnreportedHalts) -> str:
    """Name of the factor that says how many halts there are."""
    return _named("halts", stated)


def _named(factor: str, stated: UnreportedHalts) -> str:
    return factor if stated.where == DEFAULT else f"{factor} on {stated.where}"


def _draw_on(way: HaltWay, shares_of: Shares, stream_of: Streams) -> Halts:
    stated, length_m = way.stated, float(way.length_m.sum())
    most = stated.per_1000_km.high * length_m / M_PER_1000_KM
    if most > MOST_HALTS:
        raise InputError(
            f"unreported_halts.per_1000_km: {most:.0f} halts on the way: expected at most "
            f"{MOST_HALTS}; say fewer"
        )
    rate = stated.per_1000_km.at(shares_of(rate_name(stated)))
    count = _poisson(shares_of(count_name(stated)), rate * length_m / M_PER_1000_KM)
    draws = [np.flatnonzero(count > number) for number in range(count.max())]

    def drawn(what: str) -> NDArray[np.float64]:
        each = (
            stream_of(_named(f"halt {number} {what}", stated)).random(count.size)[draw]
            for number, draw in enumerate(draws)
        )
        return np.concatenate([NO_HALTS.at_m, *each])

    duration_s = stated.duration_s.at(drawn("length"))
    at_m = way.chainage_m(drawn("place"))
    return Halts(np.concatenate([NO_HALTS.draw, *draws]), at_m, duration_s)


def _poisson(share: NDArray[np.float64], mean: NDArray[np.float64]) -> NDArray[np.intp]:
    """Quantiles of the Poisson distribution, each with its own mean."""
    count = np.zeros(share.shape, dtype=np.intp)
    term = np.exp(-mean)
    below = term.copy()
    # Rounding must not let it search for ever.
    most = int(mean.max() + 12 * np.sqrt(mean.max()) + 40)
    for number in range(1, most):
        beyond = share > below
        if not beyond.any():
            break
        count += beyond
        term *= mean / number
        below += term
    return count
