"""Stations and sections out of the layers of a file, which another program may have written."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from journey.attribution import Credit, Provenance
from journey.errors import shown
from journey.network_file.checks import check_sections
from journey.network_file.columns import FORM, JSON_FIELDS, SECTION_FIELDS, STATION_FIELDS
from journey.network_file.geopackage import vertices_of
from journey.network_file.list_checks import check_lists, check_numbers, offsets
from journey.network_file.rows import Rows
from journey.network_file.station_checks import check_stations
from journey.section_table import SectionTable
from journey.track import Station, Structure, TrackLimits

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

SAID = ("name", "licence", "licence_url", "short", "kilometres")
NEEDED = (*SAID, "credits", "heading_base_m")
NAMED_LISTS = ("aliases", "languages")
SECTION_TEXTS = tuple(name for name in SECTION_FIELDS if name not in {"gauge", "tracks"})


def about_of(file: sqlite3.Connection) -> dict[str, str]:
    """What stands in the table ``about``."""
    about = dict(file.execute("SELECT key, value FROM about"))
    if about.get("form") != FORM:
        raise ValueError(f"form {shown(about.get('form'))}, expected {FORM!r}")
    rows = Rows("about", list(about))
    rows.joined("key", list(about))
    rows.joined("value", list(about.values()))
    if missing := [key for key in NEEDED if key not in about]:
        raise ValueError(f"about: no {missing[0]}")
    return about


def provenance_of(about: dict[str, str]) -> Provenance:
    """Whose work a network is."""
    name, licence, licence_url, short, kilometres = (about[key] for key in SAID)
    credits_ = tuple(Credit(*each) for each in json.loads(about["credits"]))
    Rows("about", SAID).check_texts({"value": [about[key] for key in SAID]})
    said = list(chain.from_iterable(credits_))
    Rows("credits", said).check_texts({"text": said})
    return Provenance(name, licence, licence_url, credits_, short, kilometres)


def stations_of(file: sqlite3.Connection) -> tuple[Station, ...]:
    """The stations."""
    names = (*STATION_FIELDS, "lat", "lon")
    columns = _columns(file, "stations", (*names, *NAMED_LISTS))
    rows = Rows("station", columns["id"])
    rows.check_texts({name: columns[name] for name in (*STATION_FIELDS, *NAMED_LISTS)
                      if name != "rank"})  # fmt: skip
    aliases = _parsed(rows, "aliases", columns["aliases"])
    languages = _parsed(rows, "languages", columns["languages"], dict)
    check_stations(rows, columns, aliases, [tuple(chain(*each.items())) for each in languages])
    return tuple(
        Station(**dict(zip(names, values, strict=True)), aliases=others, names_by_language=further)
        for values, others, further in zip(
            zip(*(columns[name] for name in names), strict=True),
            map(tuple, aliases),
            (tuple(each.items()) for each in languages),
            strict=True,
        )
    )


def table_of(
    file: sqlite3.Connection, stations: Sequence[Station], heading_base_m: float
) -> SectionTable:
    """The sections, on which lie some of the stations."""
    names = (*SECTION_FIELDS, "estimated", "start_kind", "end_kind", *JSON_FIELDS, "geom")
    columns = _columns(file, "sections", names)
    rows = Rows("section", columns["id"])
    rows.check_texts({name: columns[name] for name in SECTION_TEXTS})
    for name in ("station_m", "limits"):
        check_numbers(rows, name, columns[name])
    rows.check_types("geom", columns["geom"], {bytes}, "a line")
    ids, station_m, limits, structures = (
        _parsed(rows, name, columns[name]) for name in JSON_FIELDS
    )
    check_lists(rows, ids, station_m, limits, structures)
    first, lon, lat, chainage_m = vertices_of(columns["geom"])
    table = SectionTable(
        values={
            **{name: columns[name] for name in SECTION_FIELDS},
            "estimated": tuple(map(bool, columns["estimated"])),
            "end_kinds": tuple(zip(columns["start_kind"], columns["end_kind"], strict=True)),
        },
        first=first,
        chainage_m=chainage_m,
        lon=lon,
        lat=lat,
        station_first=offsets(ids),
        station_ids=tuple(chain.from_iterable(ids)),
        station_m=np.array(list(chain.from_iterable(station_m)), dtype=float),
        limit_first=offsets(limits),
        limits=_limits(list(chain.from_iterable(limits))),
        structures=tuple(tuple(Structure(*each) for each in one) for one in structures),
        heading_base_m=heading_base_m,
    )
    check_sections(rows, columns, table, {each.id for each in stations})
    return table


def _columns(
    file: sqlite3.Connection, layer: str, names: Sequence[str]
) -> dict[str, tuple[Any, ...]]:
    rows = file.execute(f"SELECT {', '.join(names)} FROM {layer} ORDER BY fid").fetchall()  # noqa: S608
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    return dict(zip(names, columns, strict=True))


def _parsed(rows: Rows, name: str, texts: Sequence[str], kind: type = list) -> list[Any]:
    """JSON texts, read as one: a million small ones would take their time."""
    try:
        parsed: list[Any] = json.loads(f"[{rows.joined(name, texts, ',')}]")
    except ValueError:
        parsed = []
    if len(parsed) != len(texts):
        rows.refuse([not _is_json(text) for text in texts], name, texts, "JSON")
    rows.check_types(name, parsed, {kind}, f"a {kind.__name__} in JSON")
    return parsed


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _limits(parts: list[list[float | None]]) -> TrackLimits:
    """Limits; what is unknown is written as null, and no curve too."""
    count = len(TrackLimits._fields)
    values = np.array(parts, dtype=float)
    if values.size != count * len(parts):
        raise ValueError("limits: expected lists of numbers")
    start_m, posted, low, high, curve = values.reshape(-1, count).T
    return TrackLimits(start_m, posted, low, high, np.where(np.isnan(curve), np.inf, curve))
