"""The columns of the layers in which a network is written as one file."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from journey.network_file.letters import all_writable, has_unwritable, writable
from journey.section_table import FIELDS, SectionTable
from journey.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from journey.attribution import Provenance
    from journey.track import Station

FORM = "journey network 1"
STATION_FIELDS = (
    *("id", "name", "name_ko", "name_ru", "country", "timezone", "kind", "rank"),
    *("point_quality", "source", "native"),
)
SECTION_FIELDS = tuple(name for name in FIELDS if name not in {"estimated", "end_kinds"})
JSON_FIELDS = ("station_ids", "station_m", "limits", "structures")
_ENCODED = json.JSONEncoder(ensure_ascii=False).encode


def station_columns(stations: Sequence[Station]) -> dict[str, list[Any]]:
    """Stations as columns."""
    return {
        **{name: all_writable(getattr(each, name) for each in stations) for name in STATION_FIELDS},
        "lat": [each.lat for each in stations],
        "lon": [each.lon for each in stations],
        "aliases": [_text(each.aliases) for each in stations],
        "languages": [_text(dict(each.names_by_language)) for each in stations],
    }


def section_columns(table: SectionTable) -> dict[str, list[Any]]:
    """Sections as columns; what a section has several values of is JSON."""
    kinds = table.values["end_kinds"]
    ids = _split(all_writable(table.station_ids), table.station_first)
    station_m = _split(table.station_m.tolist(), table.station_first)
    return {
        **{name: all_writable(table.values[name]) for name in SECTION_FIELDS},
        "length_m": table.length_m.tolist(),
        "estimated": [bool(each) for each in table.values["estimated"]],
        "start_kind": [each[0] for each in kinds],
        "end_kind": [each[1] for each in kinds],
        "station_ids": [_text(each) for each in ids],
        "station_m": [_text(each) for each in station_m],
        "limits": _limit_texts(table),
        "structures": [_text(each) for each in table.structures],
    }


def _limit_texts(table: SectionTable) -> list[str]:
    """Limits of every section as text, one after another: as numbers all would fill the memory."""
    columns = np.stack(table.limits, axis=1)
    return [_text(_limit_rows(columns[low:high])) for low, high in pairwise(table.limit_first)]


def _limit_rows(columns: NDArray[np.float64]) -> list[list[float | None]]:
    written = columns.astype(object)
    written[~np.isfinite(columns)] = None
    rows: list[list[float | None]] = written.tolist()
    return rows


def _split(values: Sequence[Any], first: NDArray[np.intp]) -> list[Sequence[Any]]:
    return [values[low:high] for low, high in pairwise(first.tolist())]


def about_columns(
    table: SectionTable, provenance: Provenance, about: Mapping[str, str]
) -> dict[str, list[Any]]:
    """What is said of a network, as keys and values; further ones replace none of its own."""
    rows = {
        "form": FORM,
        "program": f"journey {__version__}",
        "name": provenance.dataset,
        "attribution": "; ".join(credit.text for credit in provenance.credits),
        "licence": provenance.licence,
        "licence_url": provenance.licence_url,
        "credits": _text(provenance.credits),
        "short": provenance.short,
        "kilometres": provenance.kilometres,
        "heading_base_m": repr(float(table.heading_base_m)),
    }
    rows = {**rows, **about, **rows}
    return {"key": all_writable(rows), "value": [_lines(each) for each in rows.values()]}


def _lines(text: str) -> str:
    """A text of several lines, each made of letters that can be written."""
    return "\n".join(all_writable(text.split("\n")))


def _text(value: Any) -> str:  # noqa: ANN401 - whatever JSON has
    if not value:
        return "{}" if isinstance(value, dict) else "[]"
    text = _ENCODED(value)
    # JSON writes control letters with a backslash.
    return _ENCODED(writable(value)) if "\\" in text or has_unwritable(text) else text
