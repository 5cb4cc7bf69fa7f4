"""One record for each physical station, gathered from the tables of its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from building.planar import Plane, places

if TYPE_CHECKING:
    from collections.abc import Iterable

    from building.sources import Row, Sources
    from building.track import Laid

COLUMNS = (
    "id", "name", "name_ko", "name_ru", "aliases", "country", "timezone", "kind", "rank",
    "esr_code", "lat", "lon", "published_lat", "published_lon", "point_quality", "off_track_m",
    "source",
)  # fmt: skip

YAKUTSK_BELOW_KM = 8171.0
"""The Amur clock holds west of here: half-way between Obluchye (8189) and Kundur (8153), the last
and the first station whose clock the sources give. Between them lie Yadrin and Kazachy."""

MINOR_KINDS = frozenset({"halt", "siding", "post"})
BEST_FIRST = ("station", "town", "interpolated", "unknown")


def station_records(sources: Sources, sections: list[Laid]) -> list[dict[str, str]]:
    """Describe every station that lies on a section, ordered by country and identifier."""
    rows: dict[str, list[Row]] = {}
    for row in sources.rows:
        rows.setdefault(row.id, []).append(row)
    on_track = _on_track(sections)
    missing = sorted({*on_track} - {*rows})
    if missing:
        raise ValueError(f"stations {missing} are on a section but in no table")
    records = [_record(rows[id_], sources.names.get(id_, {}), *on_track[id_]) for id_ in on_track]
    return sorted(records, key=lambda record: (record["country"], record["id"]))


def _on_track(sections: list[Laid]) -> dict[str, tuple[tuple[float, float], list[Laid]]]:
    """Point on the track and the sections of every station."""
    found: dict[str, tuple[tuple[float, float], list[Laid]]] = {}
    for section in sections:
        for id_, km in section.timing_points:
            lon, lat = (np.interp(km, section.km, section.lonlat[:, axis]) for axis in (0, 1))
            point = (round(float(lon), 5), round(float(lat), 5))
            known, through = found.setdefault(id_, (point, []))
            if known != point:
                raise ValueError(f"{id_}: {point} on {section.plan.id} but {known} elsewhere")
            through.append(section)
    return found


def _record(
    rows: list[Row], extra: dict[str, str], point: tuple[float, float], through: list[Laid]
) -> dict[str, str]:
    best = min(rows, key=lambda row: BEST_FIRST.index(row.quality))
    country = "RU" if any(row.country == "RU" for row in rows) else "KP"
    kind = min((row.kind for row in rows), key=lambda kind: kind in MINOR_KINDS)
    estimated = all(section.plan.attributes["estimated"] == "true" for section in through)
    return {
        "id": best.id,
        "name": best.name,
        "name_ko": _first([*(row.name_ko for row in rows), extra.get("name_ko", "")]),
        "name_ru": _first([*(row.name_ru for row in rows), extra.get("name_ru", "")]),
        "aliases": extra.get("aliases", ""),
        "country": country,
        "timezone": _timezone(country, rows),
        "kind": kind,
        "rank": extra.get("rank", "") or ("3" if kind in MINOR_KINDS else "2"),
        "esr_code": _first(row.esr_code for row in rows),
        "lat": f"{point[1]:.5f}",
        "lon": f"{point[0]:.5f}",
        "published_lat": f"{best.point[1]:.5f}" if best.point else "",
        "published_lon": f"{best.point[0]:.5f}" if best.point else "",
        "point_quality": _quality(best, estimated=estimated),
        "off_track_m": str(_off_track_m(best.point, through)) if best.point else "",
        "source": best.source or "its kilometre on the line",
    }


def _first(texts: Iterable[str]) -> str:
    return next(filter(None, texts), "")


def _quality(best: Row, *, estimated: bool) -> str:
    if best.quality == "unknown" or (estimated and best.quality == "interpolated"):
        return "estimated"
    return best.quality


def _timezone(country: str, rows: list[Row]) -> str:
    if country == "KP":
        return "Asia/Pyongyang"
    amur = any(
        row.line == "vostochny"
        or (row.line == "main" and row.km is not None and row.km < YAKUTSK_BELOW_KM)
        for row in rows
    )
    return "Asia/Yakutsk" if amur else "Asia/Vladivostok"


def _off_track_m(point: tuple[float, float], through: list[Laid]) -> int:
    offsets = []
    for section in through:
        plane = Plane.about(section.lonlat)
        xy = plane.to_xy(np.array([point]))[0]
        offsets.append(places(plane.to_xy(section.lonlat), xy)[0].offset_m)
    return round(min(offsets))
