"""What the curvature of track allows, from its geometry."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.geodesy import metres_per_degree

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journey.osm.chains import Chains
    from journey.osm.raw import Places

CANT_MM, DEFICIENCY_MM = 150.0, 100.0
"""Assumed: the outer rail this much higher than the inner, and a speed at which it would have to
be this much higher still for balance. Common design values for ordinary trains; actual cant, which
no map has, is often less."""

RAIL_HEAD_MM = 65.0
"""The middles of the rail heads are farther apart than the gauge by about this."""

GRAVITY_MPS2 = 9.81

SPACING_M = 20.0
"""Distance of the points at which a track is sampled."""

HALF_WINDOW = 4
"""A circle is laid through this many samples on either side: 160 m of track in all."""

SHORTEST_M = 60.0
"""On a chain shorter than 160 m one circle is laid through the whole of it, if it has this."""

FEWEST_VERTICES = 4

LEAST_RISE_M = 4.0
"""Such a circle must rise this far above its chord, or a vertex that is a metre off would do."""

STRAIGHT_KMH = 200.0
"""What allows at least this is called straight: vertices are a metre or two off, which would look
like curves of some kilometres."""

STEPS_KMH = np.concatenate(
    [[1.0], np.arange(5.0, 50.0, 5.0), np.arange(50.0, 120.0, 10.0), np.arange(120.0, 200.0, 20.0)]
)
"""Speeds are rounded down to these, or every curve would have a dozen parts."""

BLOCK_SAMPLES = 500_000


class CurveParts(NamedTuple):
    """What the curvature allows along chains.

    Attributes
    ----------
    at_m : ndarray, shape (parts,)
        Place on the axis of the chains from which each holds, m; every chain begins one.
    kmh : ndarray, shape (parts,)
        Speed, km/h; inf on straight track, and on chains too short to tell.
    """

    at_m: NDArray[np.float64]
    kmh: NDArray[np.float64]


def curve_parts(chains: Chains, places: Places, gauge_mm: NDArray[np.float64]) -> CurveParts:
    """Find what the curvature of chains allows.

    Parameters
    ----------
    chains : Chains
        Their vertices.
    places : Places
        Where these are.
    gauge_mm : ndarray, shape (chains,)
        Gauge of each.

    Notes
    -----
    A parabola is fitted by least squares to the samples within 80 m of each sample (Savitzky and
    Golay, Anal. Chem. 36, 1964, 1627): its curvature is that of the track, and the noise of single
    vertices is averaged out. A chain of 60 to 160 m has one parabola, which counts only where it
    is plainly bent. On a curve of radius R the speed v is balanced by a cant of
    ``s v² / (g R)``, where s is the distance of the rails; with v in km/h and R in m this is
    ``11.8 v² / R`` mm on 1435 mm (EN 13803:2017).
    """
    starts_m = chains.at_m[chains.first[:-1]]
    length_m = chains.at_m[chains.last] - starts_m
    count = np.where(_is_long(length_m), (length_m // SPACING_M).astype(np.intp) + 1, 0)
    count[_is_short(chains, length_m)] = 2 * HALF_WINDOW + 1
    at_m, kmh = [starts_m], [np.full(len(starts_m), np.inf)]
    for block in _blocks(count):
        found = _of_block(chains, places, block, count, (starts_m, length_m, gauge_mm))
        at_m.append(found.at_m)
        kmh.append(found.kmh)
    return _told_apart(np.concatenate(at_m), np.concatenate(kmh))


def speed_kmh(radius_m: float, gauge_mm: float) -> float:
    """What a curve allows at the cant and the deficiency assumed, km/h.

    Examples
    --------
    >>> round(speed_kmh(300.0, 1435.0))
    80
    """
    return math.sqrt(radius_m * float(_kmh2_per_m(np.asarray(gauge_mm))))


def _kmh2_per_m(gauge_mm: NDArray[np.float64]) -> NDArray[np.float64]:
    """Square of the speed that a curve of one metre's radius would allow."""
    balance = (gauge_mm + RAIL_HEAD_MM) / (GRAVITY_MPS2 * 3.6**2)
    return (CANT_MM + DEFICIENCY_MM) / balance


def _is_long(length_m: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether a chain has room for a whole window."""
    return length_m >= 2 * HALF_WINDOW * SPACING_M


def _is_short(chains: Chains, length_m: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether a chain without such room has enough for one circle."""
    is_enough = (length_m >= SHORTEST_M) & (np.diff(chains.first) >= FEWEST_VERTICES)
    return is_enough & ~_is_long(length_m)


def _blocks(count: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """Numbers of the chains that are long enough, in blocks that bound the memory taken."""
    long = np.flatnonzero(count)
    block = np.cumsum(count[long]) // BLOCK_SAMPLES
    return np.split(long, np.flatnonzero(np.diff(block)) + 1) if len(long) else []


def _of_block(
    chains: Chains,
    places: Places,
    block: NDArray[np.intp],
    counts: NDArray[np.intp],
    about: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]],
) -> CurveParts:
    """Parts of some chains: from midway between samples where the speed changes."""
    starts_m, length_m, gauge_mm = (values[block] for values in about)
    count = counts[block]
    chain = np.repeat(np.arange(len(block)), count)
    begin = np.cumsum(count) - count
    place = np.arange(len(chain)) - begin[chain]
    spacing_m = length_m / (count - 1)
    at_m = starts_m[chain] + place * spacing_m[chain]
    curvature = _curvature(chains, places, at_m, spacing_m[chain])
    # Near its ends a chain has the curvature of the nearest whole window.
    inner = np.clip(place, HALF_WINDOW, count[chain] - 1 - HALF_WINDOW)
    bend = curvature[begin[chain] + inner]
    rise_m = bend * length_m[chain] ** 2 / 8
    bend[~_is_long(length_m)[chain] & (rise_m < LEAST_RISE_M)] = 0.0
    with np.errstate(divide="ignore"):
        kmh = np.sqrt(_kmh2_per_m(gauge_mm)[chain] / bend)
    step = np.maximum(np.searchsorted(STEPS_KMH, kmh, side="right") - 1, 0)
    kmh = np.where(kmh >= STRAIGHT_KMH, np.inf, STEPS_KMH[step])
    new = np.ones(len(kmh), dtype=bool)
    new[1:] = (kmh[1:] != kmh[:-1]) | (chain[1:] != chain[:-1])
    midway_m = at_m - np.where(place > 0, spacing_m[chain] / 2, 0.0)
    return CurveParts(midway_m[new], kmh[new])


def _curvature(
    chains: Chains, places: Places, at_m: NDArray[np.float64], spacing_m: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Curvature at samples, 1/m; wrong within half a window of the end of a chain."""
    lon, lat = (np.interp(at_m, chains.at_m, c[chains.node]) for c in (places.lon, places.lat))
    east_m, north_m = metres_per_degree(lat)
    derivatives = []
    for degrees, metres in ((lon, east_m), (lat, north_m)):
        first, second = _fitted(degrees)
        derivatives.append((first * metres / spacing_m, second * metres / spacing_m**2))
    (dx, ddx), (dy, ddy) = derivatives
    # Where a line runs back upon itself within a window, the parabola has no direction.
    with np.errstate(divide="ignore", invalid="ignore"):
        curvature = np.abs(dx * ddy - dy * ddx) / np.hypot(dx, dy) ** 3
    known: NDArray[np.float64] = np.nan_to_num(curvature, nan=0.0, posinf=np.inf)
    return known


def _fitted(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """First and second derivative of the parabola through a window about each value."""
    steps = np.arange(-HALF_WINDOW, HALF_WINDOW + 1, dtype=float)
    squares = steps**2 - np.mean(steps**2)
    first = np.convolve(values, -steps / np.sum(steps**2), mode="same")
    second = np.convolve(values, 2 * squares / np.sum(squares**2), mode="same")
    return first, second


def _told_apart(at_m: NDArray[np.float64], kmh: NDArray[np.float64]) -> CurveParts:
    """Parts in order, each place once: what a chain's own samples say goes before."""
    order = np.lexsort((np.arange(len(at_m))[::-1], at_m))
    at_m, kmh = at_m[order], kmh[order]
    new = np.ones(len(at_m), dtype=bool)
    new[1:] = at_m[1:] != at_m[:-1]
    return CurveParts(at_m[new], kmh[new])
