"""Stations and sections as frames of GeoPandas."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from journey.track import Section, Station

STATION_FIELDS = (
    *("id", "name", "name_ko", "name_ru", "country", "timezone", "kind", "rank"),
    *("point_quality", "source"),
)
SECTION_FIELDS = ("id", "start", "end", "line", "gauge", "tracks", "electrification", "usage")


def stations_frame(stations: Sequence[Station]) -> gpd.GeoDataFrame:
    """Stations with their points on the track."""
    import geopandas as gpd  # noqa: PLC0415 - a heavy import, for those who ask for frames

    columns = {name: [getattr(station, name) for station in stations] for name in STATION_FIELDS}
    points = gpd.points_from_xy([each.lon for each in stations], [each.lat for each in stations])
    return gpd.GeoDataFrame(columns, geometry=points, crs="EPSG:4326")


def sections_frame(sections: Sequence[Section]) -> gpd.GeoDataFrame:
    """Sections with their official and geodesic length, km, and their lines."""
    import geopandas as gpd  # noqa: PLC0415 - a heavy import, for those who ask for frames
    import shapely  # noqa: PLC0415

    columns = {name: [getattr(section, name) for section in sections] for name in SECTION_FIELDS}
    columns["length_km"] = [section.length_m / 1000 for section in sections]
    columns["geodesic_km"] = [section.geodesic_m / 1000 for section in sections]
    lines = [shapely.linestrings(section.lon, section.lat) for section in sections]
    return gpd.GeoDataFrame(columns, geometry=lines, crs="EPSG:4326")
