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
NO_NUMBER = ('"', "{", "t", "f", "N")
"""What JSON of lists, numbers and nulls has nowhere: texts, mappings, truths, infinities, nan."""

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
    counts, expected = list(map(len, station_m)), list(map(len, ids))
    if counts != expected:
        wrong = np.not_equal(counts, expected)
        rows.refuse(wrong, "station_m", station_m, "one for each of station_ids")
    for name, lists, length in (
        ("limits", limits, len(TrackLimits._fields)),
        ("structures", structures, len(Structure._fields)),
    ):
        _check_each(rows, name, lists, {list}, "lists in a list")
        _check_lengths(rows, name, lists, length)
    if any(structures):
        are_wrong = [not all(map(_is_structure, one)) for one in structures]
        rows.refuse(are_wrong, "structures", structures, "lists of kind, from m, to m and name")


def check_numbers(rows: Rows, name: str, texts: Sequence[str]) -> None:
    """See to it that JSON is of lists, numbers and nulls, before it is read."""
    joined = rows.joined(name, texts)
    for letter in NO_NUMBER:
        if letter in joined:
            rows.refuse([letter in text for text in texts], name, texts, "lists of numbers")


def offsets(parts: Iterable[Sequence[Any]]) -> NDArray[np.intp]:
    """Where the values of each row begin among those of all."""
    return np.cumsum([0, *map(len, parts)], dtype=np.intp)


def _check_each(
    rows: Rows, name: str, lists: Sequence[list[Any]], types: set[type], expected: str
) -> None:
    if set(map(type, chain.from_iterable(lists))) - types:
        rows.check_types(name, list(chain.from_iterable(lists)), types, expected, offsets(lists))


def _check_lengths(rows: Rows, name: str, lists: Sequence[list[Any]], length: int) -> None:
    if set(map(len, chain.from_iterable(lists))) - {length}:
        parts = list(chain.from_iterable(lists))
        wrong = [len(part) != length for part in parts]
        rows.refuse(wrong, name, parts, f"{length} values", offsets(lists))


def _is_structure(part: list[Any]) -> bool:
    types = zip(part, STRUCTURE_TYPES, strict=True)
    is_right = all(type(value) in kinds for value, kinds in types)
    return is_right and not has_unwritable([part[0], part[3]])
