"""What is known of every way: its traits, its gauge, its line, and which ways agree in all."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.errors import InputError, shown
from journey.osm.gauges import continued, filled_up
from journey.osm.traits import UNNAMED, Traits, gauge_of, traits_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journey.osm.edges import Edges
    from journey.osm.raw import Extract


class Rails(NamedTuple):
    """What is known of every way.

    Attributes
    ----------
    traits : tuple of Traits
        What the different sets of tags say.
    kind : ndarray of int, shape (ways,)
        Which of `traits` each way has.
    gauge, line : tuple of str, length (ways,)
        The gauge, mapped or supposed, and the line, of each.
    same : ndarray of int, shape (ways,)
        Equal for ways that agree in all that a section has one value of.
    """

    traits: tuple[Traits, ...]
    kind: NDArray[np.intp]
    gauge: tuple[str, ...]
    line: tuple[str, ...]
    same: NDArray[np.intp]

    def of(self, way: int) -> Traits:
        """Traits of one way."""
        return self.traits[int(self.kind[way])]


def rails_of(extract: Extract, edges: Edges, gauge: str | None) -> tuple[Rails, Counter[str]]:
    """Read the tags of all ways, and suppose gauges that are not mapped.

    Parameters
    ----------
    extract : Extract
        The ways.
    edges : Edges
        Their pieces.
    gauge : str or None
        The gauge of ways that have none and continue no track that has one, as `checked_gauge`
        gives it; by default the commonest of the extract.

    Returns
    -------
    rails : Rails
        What is known of them.
    counts : Counter
        What could not be read, and which gauges are supposed.

    Raises
    ------
    InputError
        If no way has a gauge and none is given.
    """
    traits, kind = tuple(map(traits_of, extract.ways.tags)), extract.ways.kind
    line = _lines(extract, traits)
    counts = Counter(key for number in kind.tolist() for key in traits[number].not_read)
    mapped = [traits[number].gauge for number in kind.tolist()]
    kinds = [traits[number].kind for number in kind.tolist()]
    inferred = continued(mapped, line, kinds, edges, extract.places)
    counts["gauge_inferred"] = sum(a != b for a, b in zip(mapped, inferred, strict=True))
    full, supposed = filled_up(inferred, kinds, gauge)
    keys: dict[tuple[object, ...], int] = {}
    same = [
        keys.setdefault((*traits[number][2:5], traits[number].kind, traits[number].tracks, *both),
                        len(keys))
        for number, *both in zip(kind.tolist(), full, line, strict=True)
    ]  # fmt: skip
    rails = Rails(traits, kind, tuple(full), tuple(line), np.array(same, dtype=np.intp))
    return rails, counts + supposed


def checked_gauge(text: str) -> str:
    """Read a gauge that is given.

    Raises
    ------
    InputError
        If it is none.
    """
    if gauge := gauge_of(text):
        return gauge
    raise InputError(f"gauge {shown(text)}: expected millimetres, such as 1520 or 1435+1520")


def _lines(extract: Extract, traits: tuple[Traits, ...]) -> list[str]:
    """Line of each way: that of a relation it is a member of, else what it says itself."""
    named: dict[int, str] = {}
    order = {"tracks": 0, "railway": 1}
    for relation in sorted(extract.lines, key=lambda r: (order[r.tags["route"]], r.id)):
        name = relation.tags.get("name") or relation.tags.get("ref")
        for way in relation.ways if name else ():
            named.setdefault(way, str(name))
    return [
        named.get(way) or traits[number].line or UNNAMED
        for number, way in zip(extract.ways.kind.tolist(), extract.ways.id.tolist(), strict=True)
    ]
