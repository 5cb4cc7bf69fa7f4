"""Speed limits of a track: as mapped, or a range assumed by its class."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

KMH_PER_MPH = 1.609344
FASTEST_KMH = 600.0
SPEED = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)\s*(mph|km/h|kmh|kph)?", re.ASCII)
UNSTATED = frozenset({"", "none", "signals", "variable", "unknown", "default", "walk"})

ASSUMED_KMH = {
    "highspeed": (160.0, 300.0),
    "main": (60.0, 160.0),
    "branch": (30.0, 100.0),
    "through": (30.0, 160.0),
    "industrial": (10.0, 50.0),
    "tourism": (15.0, 60.0),
    "crossover": (25.0, 80.0),
    "siding": (15.0, 60.0),
    "yard": (5.0, 40.0),
    "spur": (5.0, 40.0),
    "narrow_gauge": (15.0, 70.0),
    "light_rail": (20.0, 100.0),
    "subway": (25.0, 100.0),
    "tram": (10.0, 70.0),
    "monorail": (15.0, 80.0),
    "funicular": (3.0, 20.0),
    "preserved": (15.0, 60.0),
    "miniature": (3.0, 20.0),
}
"""Between what a limit that is not mapped can be, km/h, by class of track: assumed, no source."""


class Speeds(NamedTuple):
    """Speed limits of a track.

    Attributes
    ----------
    posted_kmh : float
        As mapped; nan where it is not, or where there are several.
    low_kmh, high_kmh : float
        Between what it is: the same where it is mapped, both directions where these differ, else a
        range assumed.
    is_read : bool
        Whether what is mapped could be read.
    is_assumed : bool
        Whether the range is assumed.
    """

    posted_kmh: float
    low_kmh: float
    high_kmh: float
    is_read: bool
    is_assumed: bool = False


def speeds_of(tags: Mapping[str, str]) -> Speeds:
    """Read the limits of a track: both directions, or one for both."""
    texts = [tags[key] for key in ("maxspeed:forward", "maxspeed:backward") if key in tags]
    if len(texts) < 2 and "maxspeed" in tags:  # noqa: PLR2004 - both directions
        texts.append(tags["maxspeed"])
    parts = [part.strip() for text in texts for part in re.split("[;|,]", text)]
    stated = [part for part in parts if part not in UNSTATED]
    read = [kmh_of(part) for part in stated]
    speeds = [speed for speed in read if speed is not None]
    is_read = len(speeds) == len(stated)
    if not speeds or len(stated) < len(parts):
        return Speeds(math.nan, *ASSUMED_KMH[class_of(tags)], is_read, is_assumed=True)
    low, high = min(speeds), max(speeds)
    return Speeds(low if low == high else math.nan, low, high, is_read)


def kmh_of(text: str) -> float | None:
    """Read a speed, km/h; None where it is none.

    Examples
    --------
    >>> kmh_of("80"), round(kmh_of("60 mph"), 1), kmh_of("fast")
    (80.0, 96.6, None)
    """
    match = SPEED.fullmatch(text)
    if match is None:
        return None
    speed = float(match[1]) * (KMH_PER_MPH if match[2] == "mph" else 1.0)
    return speed if 0 < speed <= FASTEST_KMH else None


def class_of(tags: Mapping[str, str]) -> str:
    """The class of a track by which a missing limit is assumed."""
    kind, service, usage = (tags.get(key, "") for key in ("railway", "service", "usage"))
    if kind != "rail":
        return kind if kind in ASSUMED_KMH else "through"
    if service in ASSUMED_KMH:
        return service
    if tags.get("highspeed") == "yes":
        return "highspeed"
    if usage in {"industrial", "military", "test", "science"}:
        return "industrial"
    return usage if usage in {"main", "branch", "tourism"} else "through"
