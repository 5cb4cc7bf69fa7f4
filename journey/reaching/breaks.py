"""The points of sections where what is known of a train changes its course.

Along a section the time of a train from one side rises, that of a train from the other falls, both
at the same rate; so whatever is made of several times bends only where one that rises meets one
that falls, or where trains spread from within the section.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from journey.reaching.spreading import Spread
    from journey.reaching.times import Times

MOST_EXACT = 4
"""Times of which every two are compared; more are taken on a grid besides."""

NEAREST_M = 1e-6
"""Points of a section nearer to each other than this are one."""


class Points(NamedTuple):
    """Points of track: numbers of sections in ascending order, and chainage on them, m."""

    section: NDArray[np.intp]
    at_m: NDArray[np.float64]

    def together(self, *others: Points) -> Points:
        """All of them in order along the sections, each once."""
        section = np.concatenate([self.section, *(other.section for other in others)])
        at_m = np.concatenate([self.at_m, *(other.at_m for other in others)])
        order = np.lexsort((at_m, section))
        section, at_m = section[order], at_m[order]
        kept = np.ones(section.size, dtype=bool)
        kept[1:] = (np.diff(section) > 0) | (np.diff(at_m) > NEAREST_M)
        return Points(section[kept], at_m[kept])


def breaks(spread: Spread, sections: NDArray[np.intp]) -> Points:
    """Find where the course of times bends within some sections."""
    found = [*_meetings(spread.every, sections), *_at_sources(spread.every, sections)]
    section = np.concatenate([np.empty(0, np.intp), *(points.section for points in found)])
    at_m = np.concatenate([np.empty(0), *(points.at_m for points in found)])
    length_m = spread.every[0].length_m[section]
    within = (at_m > NEAREST_M) & (at_m < length_m - NEAREST_M)
    return Points(section[within], at_m[within])


def _meetings(every: tuple[Times, ...], sections: NDArray[np.intp]) -> Iterator[Points]:
    """Where trains from the two ends of a section meet."""
    for first, other in (pair for group in _compared(every) for pair in product(group, group)):
        # Trains that never come meet nobody.
        met = np.isfinite(first.enter_h[sections, 0]) & np.isfinite(other.enter_h[sections, 1])
        there = sections[met]
        lead_m = (other.enter_h[there, 1] - first.enter_h[there, 0]) / first.per_m
        at_m = (lead_m + first.length_m[there]) / 2
        within = (at_m > 0) & (at_m < first.length_m[there])
        yield Points(there[within], at_m[within])


def _compared(every: tuple[Times, ...]) -> list[tuple[Times, ...]]:
    """Times of which each is compared with all of its group."""
    return [every] if len(every) <= MOST_EXACT else [(each,) for each in every]


def _at_sources(every: tuple[Times, ...], sections: NDArray[np.intp]) -> Iterator[Points]:
    """Where trains spread within a section, and where they meet others there."""
    sources = every[0].sources
    for section in np.intersect1d(sources.section, sections).tolist():
        here = np.flatnonzero(sources.section == section)
        for group in _compared(every):
            if any(np.isfinite(times.source_h[here]).any() for times in group):
                bend_m = np.concatenate([sources.at_m[here], _met_m(group, section, here)])
                yield Points(np.full(bend_m.size, section, np.intp), bend_m)


def _met_m(every: tuple[Times, ...], section: int, here: NDArray[np.intp]) -> NDArray[np.float64]:
    """Where any train on a section meets any other, m."""
    per_m, length_m = every[0].per_m, every[0].length_m[section]
    at_m = every[0].sources.at_m[here]
    start_m = [times.enter_h[section, :1] / per_m for times in every]
    end_m = [times.enter_h[section, 1:] / per_m + length_m for times in every]
    rising = np.concatenate([*start_m, *(times.source_h[here] / per_m - at_m for times in every)])
    falling = np.concatenate([*end_m, *(times.source_h[here] / per_m + at_m for times in every)])
    rising, falling = np.unique(rising), np.unique(falling)
    rising, falling = rising[np.isfinite(rising)], falling[np.isfinite(falling)]
    meet_m: NDArray[np.float64] = (falling[:, np.newaxis] - rising).ravel() / 2
    return meet_m
