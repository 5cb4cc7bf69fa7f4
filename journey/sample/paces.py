"""Journeys in whole numbers: a page reads them back as they are, and they take little room."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.drawing.halts import Halts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journey.sample.choosing import Chosen

MS_PER_KM = 1e6
"""One second for each metre."""
STEPS = 255.0
"""Values of a pace, so that each takes one byte."""
HALT_STEP_M = 50.0
"""What the place of an unreported halt is rounded to: nobody knows it any better."""


class Paced(NamedTuple):
    """What journeys are made of, whole numbers all.

    Attributes
    ----------
    depart_s : ndarray, shape (journeys,)
        Departure, seconds after the plan's epoch.
    pace_ms_per_km : ndarray, shape (parts, journeys)
        Time for each kilometre of each part of the way, margins and limits included, ms.
    dwell_s : ndarray, shape (stops, journeys)
        How long each stop lasts, s.
    halts : Halts
        Those that nobody reported, in order: by journey, and along the way.
    """

    depart_s: NDArray[np.float64]
    pace_ms_per_km: NDArray[np.float64]
    dwell_s: NDArray[np.float64]
    halts: Halts


def paced(chosen: Chosen, bounds_m: NDArray[np.float64], *, exact: bool) -> Paced:
    """Round journeys to whole numbers.

    Parameters
    ----------
    chosen : Chosen
        The journeys.
    bounds_m : ndarray, shape (parts + 1,)
        Bounds of the parts of the way, m.
    exact : bool
        Whether paces are rounded to the millisecond for each kilometre. Otherwise each part has
        256 values of pace; what one part loses the next ones make up for as far as their values
        allow, so that no journey is ever off by more than half such a step over any part so far.

    Returns
    -------
    Paced
        As many journeys.
    """
    length_m = np.diff(bounds_m)
    raw = np.diff(chosen.moving_s, axis=0) / length_m[:, None] * MS_PER_KM
    pace = np.empty_like(raw)
    reached_s = np.zeros(raw.shape[1])
    for part, part_m in enumerate(length_m):
        low = np.floor(raw[part].min())
        step = 1.0 if exact else max(np.ceil((raw[part].max() - low) / STEPS), 1.0)
        wanted = (chosen.moving_s[part + 1] - reached_s) / part_m * MS_PER_KM
        steps = np.rint((wanted - low) / step)
        pace[part] = low + step * (steps if exact else np.clip(steps, 0, STEPS))
        reached_s += pace[part] / MS_PER_KM * part_m
    return Paced(np.rint(chosen.depart_s), pace, np.rint(chosen.dwell_s), _whole(chosen.halts))


def _whole(halts: Halts) -> Halts:
    at_m = np.rint(halts.at_m / HALT_STEP_M) * HALT_STEP_M
    in_order = np.lexsort((at_m, halts.draw))
    lasting_s = np.rint(halts.duration_s)
    return Halts(halts.draw[in_order], at_m[in_order], lasting_s[in_order])
