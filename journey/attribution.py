"""Whose work the embedded dataset rests on, and under which licences."""

from __future__ import annotations

LICENCE = "ODbL 1.0"
LICENCE_URL = "https://opendatacommons.org/licenses/odbl/1-0/"
ATTRIBUTION = (
    {
        "text": "Track and stations © OpenStreetMap contributors, ODbL 1.0",
        "url": "https://www.openstreetmap.org/copyright",
    },
    {
        "text": "Base map and parts of the track: Natural Earth, public domain",
        "url": "https://www.naturalearthdata.com/",
    },
    {"text": "Some station points: GeoNames, CC BY 4.0", "url": "https://www.geonames.org/"},
)
