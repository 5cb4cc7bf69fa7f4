"""Whether stations read from a file are such as `Station` says."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np

from journey.network_file.rows import Rows
from journey.track import LOWEST_RANK, PRINCIPAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_LAT_DEG, MOST_LON_DEG = 90.0, 180.0


def check_stations(
    rows: Rows,
    columns: Mapping[str, Sequence[Any]],
    aliases: Sequence[Sequence[Any]],
    languages: Sequence[Sequence[Any]],
) -> None:
    """See to it that stations are what they should be.

    Parameters
    ----------
    rows : Rows
        The stations by their identifiers.
    columns : mapping
        Their values; texts are known to be texts.
    aliases, languages : sequence of sequence
        Further names of each, and names in other languages with the codes of these.

    Raises
    ------
    ValueError
        If one is not.
    """
    rows.check_once()
    _check_places(rows, columns)
    rows.check_types("rank", columns["rank"], {int}, "a whole number")
    wrong = [not PRINCIPAL <= rank <= LOWEST_RANK for rank in columns["rank"]]
    rows.refuse(wrong, "rank", columns["rank"], f"{PRINCIPAL} to {LOWEST_RANK}")
    unknown = {each for each in set(columns["timezone"]) if not _is_zone(each)}
    wrong = [each in unknown for each in columns["timezone"]]
    rows.refuse(wrong, "timezone", columns["timezone"], "a name of the tz database")
    for name, texts in (("aliases", aliases), ("languages", languages)):
        owners = [id_ for id_, own in zip(rows.ids, texts, strict=True) for _ in own]
        Rows(rows.layer, owners).check_texts({name: list(chain.from_iterable(texts))})


def _check_places(rows: Rows, columns: Mapping[str, Sequence[Any]]) -> None:
    for name, most in (("lat", MOST_LAT_DEG), ("lon", MOST_LON_DEG)):
        rows.check_types(name, columns[name], {float}, "degrees")
        place_deg = np.array(columns[name], dtype=float)
        rows.refuse(~(np.abs(place_deg) <= most), name, place_deg, f"-{most:g} to {most:g}")


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (LookupError, OSError, ValueError):
        return False
    return True
