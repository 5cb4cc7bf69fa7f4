"""Whether sections read from a file are such as `Section` says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from journey.errors import shown
from journey.network_file.station_checks import MOST_LAT_DEG, MOST_LON_DEG
from journey.track import END_KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from journey.network_file.rows import Rows
    from journey.section_table import SectionTable

GAUGES = re.compile(r"[1-9][0-9]{2,3}(\+[1-9][0-9]{2,3})*")
LONGEST_M = 100_000_000.0
"""Beyond the length of any railway: more than twice round the Earth."""

ROUNDING_M = 0.001
"""By how much a place may lie before the one before it, or beyond its section."""

END_KINDS_TEXT = f"nothing, or one of {', '.join(sorted(END_KINDS - {''}))}"
STRUCTURES = ("tunnel", "bridge")


def check_sections(
    rows: Rows, columns: Mapping[str, Sequence[Any]], table: SectionTable, known: set[str]
) -> None:
    """See to it that sections are what they should be.

    Parameters
    ----------
    rows : Rows
        The sections by their identifiers.
    columns : mapping
        What the file has of them; most texts are known to be texts.
    table : SectionTable
        What was made of it; stations are known to have a chainage each.
    known : set of str
        The identifiers of all stations.

    Raises
    ------
    ValueError
        If one is not.
    """
    if not len(table):
        raise ValueError("no section in it, expected one or more")
    if not 0 < table.heading_base_m < LONGEST_M:
        raise ValueError(f"heading_base_m {table.heading_base_m:g}, expected metres, more than 0")
    rows.check_once()
    _check_values(rows, columns)
    _check_vertices(rows, table)
    _check_stations(rows, table, known)
    _check_limits(rows, table)
    _check_speeds(rows, table)
    _check_structures(rows, table)


def _check_values(rows: Rows, columns: Mapping[str, Sequence[Any]]) -> None:
    for name in ("start", "end"):
        if not all(columns[name]):
            nodes = columns[name]
            rows.refuse([not node for node in nodes], name, nodes, "the name of a node")
    for name, is_right, expected in (
        ("gauge", _is_gauge, "millimetres, such as '1520' or '1435+1520'"),
        ("tracks", _is_count, "a whole number, 1 or more, or nothing"),
        ("estimated", {0, 1}.__contains__, "0 or 1"),
        ("start_kind", END_KINDS.__contains__, END_KINDS_TEXT),
        ("end_kind", END_KINDS.__contains__, END_KINDS_TEXT),
    ):
        values = columns[name]
        if wrong := {value for value in set(values) if not is_right(value)}:
            rows.refuse([value in wrong for value in values], name, values, expected)


def _is_gauge(gauge: Any) -> bool:  # noqa: ANN401 - whatever the file has
    return isinstance(gauge, str) and GAUGES.fullmatch(gauge) is not None


def _is_count(count: Any) -> bool:  # noqa: ANN401 - whatever the file has
    return count is None or (type(count) is int and count > 0)


def _check_vertices(rows: Rows, table: SectionTable) -> None:
    first, counts = table.first, np.diff(table.first)
    rows.refuse(counts < 2, "vertices", counts, "2 or more")  # noqa: PLR2004 - both ends
    for name, values, most in (
        ("lat", table.lat, MOST_LAT_DEG),
        ("lon", table.lon, MOST_LON_DEG),
    ):
        rows.refuse(~(np.abs(values) <= most), name, values, f"-{most:g} to {most:g}", first)
    at_m = table.chainage_m
    is_right = np.append(True, at_m[1:] > at_m[:-1])
    is_right[first[:-1]] = at_m[first[:-1]] == 0
    rows.refuse(~is_right, "chainage", at_m, "0 m at the start, and to increase strictly", first)
    rows.refuse(~(table.length_m < LONGEST_M), "length", table.length_m, f"below {LONGEST_M:g} m")


def _check_stations(rows: Rows, table: SectionTable, known: set[str]) -> None:
    ids, at_m, first = table.station_ids, table.station_m, table.station_first
    if set(ids) - known:
        wrong = [id_ not in known for id_ in ids]
        rows.refuse(wrong, "station_ids", ids, "stations of the layer stations", first)
    length_m = table.length_m[table.section_of_station]
    is_within = (at_m >= -ROUNDING_M) & (at_m <= length_m + ROUNDING_M)
    rows.refuse(~is_within, "station_m", at_m, "0 m to the length of the section", first)
    rows.refuse(_falls(at_m, first), "station_m", at_m, "no less than the one before", first)


def _check_limits(rows: Rows, table: SectionTable) -> None:
    first, limits = table.limit_first, table.limits
    counts = np.diff(first)
    begins = first[:-1][counts > 0]
    at_m, length_m = limits.start_m, np.repeat(table.length_m, counts)
    is_within = (at_m >= -ROUNDING_M) & (at_m <= length_m + ROUNDING_M)
    rows.refuse(~is_within, "limits from", at_m, "0 m to the length of the section", first)
    is_late = np.zeros(len(at_m), dtype=bool)
    is_late[begins] = at_m[begins] != 0
    rows.refuse(is_late, "limits from", at_m, "0 m first", first)
    rows.refuse(_falls(at_m, first), "limits from", at_m, "no less than the one before", first)


def _check_speeds(rows: Rows, table: SectionTable) -> None:
    first, limits = table.limit_first, table.limits
    for name in ("low_kmh", "high_kmh"):
        speed_kmh = getattr(limits, name)
        is_right = (speed_kmh > 0) & np.isfinite(speed_kmh)
        rows.refuse(~is_right, name, speed_kmh, "more than 0 km/h", first)
    for name in ("posted_kmh", "curve_kmh"):
        speed_kmh = getattr(limits, name)
        rows.refuse(speed_kmh <= 0, name, speed_kmh, "more than 0 km/h, or null", first)
    wrong = limits.low_kmh > limits.high_kmh
    rows.refuse(wrong, "low_kmh", limits.low_kmh, "no more than high_kmh", first)


def _falls(at_m: NDArray[np.float64], first: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Where chainage is less than that before it on the same section."""
    falls = np.append(False, np.diff(at_m) < -ROUNDING_M)[: len(at_m)]
    falls[first[:-1][np.diff(first) > 0]] = False
    return falls


def _check_structures(rows: Rows, table: SectionTable) -> None:
    for number in (number for number, own in enumerate(table.structures) if own):
        length_m = float(table.length_m[number])
        for each in table.structures[number]:
            is_within = each.start_m >= -ROUNDING_M and each.end_m <= length_m + ROUNDING_M
            is_forward = each.start_m <= each.end_m + ROUNDING_M
            if not (is_within and is_forward and each.kind in STRUCTURES):
                raise ValueError(
                    f"section {shown(rows.ids[number])}: structure {shown(tuple(each))}, expected "
                    f"{' or '.join(STRUCTURES)}, from m and to m within the section, and a name"
                )
