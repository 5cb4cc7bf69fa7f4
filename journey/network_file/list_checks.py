"""Whether the lists that sections have are of the form that they should be."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from journey.network_file.letters import has_unwritable
from journey.track import Structure, TrackLimits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from journey.network_file.rows import Rows

NUMBER: set[type] = {int, float}
NUMBER_OR_NULL = NUMBER | {type(None)}
STRUCTURE_TYPES: tuple[set[type], ...] = ({str}, NUMBER, NUMBER, {str})


def check_lists(
    rows: Rows,
    ids: Sequence[list[Any]],
    station_m: Sequence[list[Any]],
    limits: Sequence[list[Any]],
    structures: Sequence[list[Any]],
) -> None:
    """See to it that the lists of sections are of what they should be of.

    Parameters
    ----------
    rows : Rows
        The sections by their identifiers.
    ids, station_m, limits, structures : sequence of list
        What each of them has: stations, their chainage, speed limits, tunnels and bridges.

    Raises
    ------
    ValueError
        If one is not.
    """
    _check_each(rows, "station_ids", ids, {str}, "identifiers of stations")
    _check_each(rows, "station_m", station_m, NUMBER, "numbers")
    counts = np.fromiter(map(len, station_m), np.intp, len(station_m))
    wrong = counts != np.fromiter(map(len, ids), np.intp, len(ids))
    rows.refuse(wrong, "station_m", station_m, "one for each of station_ids")
    _check_lengths(rows, "limits", limits, len(TrackLimits._fields))
    _check_limits(rows, limits)
    _check_lengths(rows, "structures", structures, len(Structure._fields))
    wrong = [bool(one) and not all(map(_is_structure, one)) for one in structures]
    rows.refuse(wrong, "structures", structures, "lists of kind, from m, to m and name")


def offsets(parts: Iterable[Sequence[Any]]) -> NDArray[np.intp]:
    """Where the values of each row begin among those of all."""
    return np.cumsum([0, *map(len, parts)], dtype=np.intp)


def _check_each(
    rows: Rows, name: str, lists: Sequence[list[Any]], types: set[type], expected: str
) -> None:
    values = list(chain.from_iterable(lists))
    if set(map(type, values)) - types:
        rows.check_types(name, values, types, expected, offsets(lists))


def _check_lengths(rows: Rows, name: str, lists: Sequence[list[Any]], length: int) -> None:
    """See to it that the lists are of lists of a length."""
    _check_each(rows, name, lists, {list}, "lists in a list")
    parts = list(chain.from_iterable(lists))
    if set(map(len, parts)) - {length}:
        wrong = [len(part) != length for part in parts]
        rows.refuse(wrong, name, parts, f"{length} values", offsets(lists))


def _check_limits(rows: Rows, limits: Sequence[list[Any]]) -> None:
    parts = chain.from_iterable(limits)
    if set(map(type, chain.from_iterable(parts))) - NUMBER_OR_NULL:
        wrong = [
            any(type(value) not in NUMBER_OR_NULL for part in one for value in part)
            for one in limits
        ]
        rows.refuse(wrong, "limits", limits, "lists of numbers or nulls")


def _is_structure(part: list[Any]) -> bool:
    types = zip(part, STRUCTURE_TYPES, strict=True)
    is_right = all(type(value) in kinds for value, kinds in types)
    return is_right and not has_unwritable([part[0], part[3]])
