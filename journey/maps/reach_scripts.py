"""What the scripts of the page of a reach read, as small as it can be."""

from __future__ import annotations

from typing import Any

import numpy as np

from journey.maps.paths import TRACK_STEPS
from journey.reaching.results import CHANGES
from journey.sample.columns import pack

OF_SCRIPTS = (
    "schema",
    "title",
    "bounds",
    "countries",
    "hours",
    "place",
    "from",
    "ticks",
    "speeds",
    "spread",
    "zone",
    "zones",
    "start",
    "bands",
    "change",
    "origins",
    "frontiers",
    "period",
)
UNREACHED = -1
"""In the place of a time that is not known."""


def for_reach_scripts(content: dict[str, Any]) -> dict[str, Any]:
    """The part of a content that the page's scripts read; the rest stands in the page as text."""
    track = [{key: each[key] for key in each if key != "path"} for each in content["track"]]
    return {
        **{key: content[key] for key in OF_SCRIPTS},
        "track": track,
        "reached_s": [pack(np.array(each) * 3600, along=True) for each in content["reached"]],
        "stations": _columns(content["stations"], list(content["zones"])),
    }


def _columns(stations: list[dict[str, Any]], zones: list[str]) -> dict[str, Any]:
    """Stations column by column, numbers packed: rows that name every key take thrice the room."""
    hours = np.array([each["hours"] for each in stations]).reshape(-1, 3)
    return {
        "name": [each["name"] for each in stations],
        "local": [each["local"]["text"] for each in stations],
        "lang": [each["local"]["lang"] for each in stations],
        "after_s": [pack(each) for each in np.where(np.isfinite(hours), hours * 3600, UNREACHED).T],
        "gauge_change": pack([CHANGES.index(each["gauge_change"]) for each in stations]),
        "zone": pack([zones.index(each["zone"]) for each in stations]),
        "lat": pack([each["lat"] * TRACK_STEPS for each in stations]),
        "lon": pack([each["lon"] * TRACK_STEPS for each in stations]),
        "rank": pack([each["rank"] for each in stations]),
        "km": pack([each["km"] for each in stations]),
    }
