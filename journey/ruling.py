"""Which rule holds where on a route: a stretch goes before a line, and that before a country."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.errors import InputError, UnknownPlaceError, naming, nearest_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from journey.route import Route

DEFAULT = "default"
STRETCH_WORD = " to "
COUNTRY, LINE, STRETCH = range(3)


class Claim(NamedTuple):
    """A part of the route that a rule is for, m; of several the one of the highest rank holds."""

    rank: int
    rule: int
    start_m: float
    end_m: float


def claims_of(
    route: Route, what: str, wheres: Sequence[str], known: tuple[str, ...]
) -> list[Claim]:
    """Find the parts of a route that rules are for, those of the lowest rank first.

    Parameters
    ----------
    route : Route
        The way.
    what : str
        What they are rules of, for messages: ``"speed"``.
    wheres : sequence of str
        A country, a line, a stretch such as ``"Khasan to Ussuriysk"``, or ``"default"``, for what
        no other rule is for.
    known : tuple of str
        The countries and lines of the network: a rule for one that the route does not touch is
        right, and without effect.

    Raises
    ------
    InputError
        If a rule names nothing that is known, is stated twice, or two stretches overlap.
    """
    for where in wheres:
        if wheres.count(where) > 1:
            raise InputError(f"{what} for {where!r}: stated twice; take one out")
    claims = [
        Claim(rank, number, start_m, end_m)
        for number, where in enumerate(wheres)
        if where != DEFAULT
        for rank, start_m, end_m in _parts(route, what, where, known)
    ]
    _refuse_overlaps(what, [claim for claim in claims if claim.rank == STRETCH], wheres)
    return sorted(claims)


def rules_at(
    claims: Iterable[Claim], middle_m: NDArray[np.float64], default: int
) -> NDArray[np.intp]:
    """Tell which rule holds in the middle of each cell of a route, shape (cells,)."""
    rule_of = np.full(len(middle_m), default, dtype=np.intp)
    for _, number, start_m, end_m in claims:
        rule_of[(middle_m > start_m) & (middle_m < end_m)] = number
    return rule_of


def between_m(route: Route, places: Iterable[str]) -> tuple[float, float]:
    """Chainage of two stations in order, m."""
    start_m, end_m = sorted(route.km_of(place) * 1000 for place in places)
    if start_m == end_m:
        raise InputError("expected two different stations")
    return start_m, end_m


def _refuse_overlaps(what: str, stretches: list[Claim], wheres: Sequence[str]) -> None:
    for one, other in pairwise(sorted(stretches, key=lambda claim: claim.start_m)):
        if other.start_m < one.end_m:
            names = f"{wheres[one.rule]!r} and {wheres[other.rule]!r}"
            raise InputError(f"{what}s for {names} overlap; divide them at a station")


def _parts(
    route: Route, what: str, where: str, known: tuple[str, ...]
) -> list[tuple[int, float, float]]:
    """Rank and bounds, m, of every part of the route that a rule means."""
    if STRETCH_WORD in where:
        with naming(f"{what} for {where!r}"):
            places = where.split(STRETCH_WORD, 1)
            return [(STRETCH, *between_m(route, [place.strip() for place in places]))]
    if where not in known:
        offer = nearest_names(where, known)
        raise UnknownPlaceError(
            f"{what} for {where!r}: expected a country or line ({', '.join(known)}) or "
            f'"A{STRETCH_WORD}B" with two stations{offer and "; " + offer}'
        )
    lines = [(LINE, s.start_m, s.end_m) for s in route.stretches if s.section.line == where]
    starts = (*route.countries, (route.length_km * 1000, ""))
    countries = [(COUNTRY, a[0], b[0]) for a, b in pairwise(starts) if a[1] == where]
    return lines + countries
