"""What a map of a reach says in words: hours, clocks, how far, and what its lines mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from journey.clock import format_interval, format_local, format_offset
from journey.reaching.results import CHANGES, hours_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journey.reaching.results import Bounds, Frontier, Reach, ReachedStation
    from journey.track import Station

    Line = tuple[str, str]

CAUTION = (
    "Not a live tracker: nobody has seen the train at these places. The map shows where it can be, "
    "computed from one sighting and a range of speeds, not where it is."
)


MOST_TOLD = 6
"""Points that the words for the map name."""


class Moment(NamedTuple):
    """So many hours, in words, with day and clock of a place then; empty where there is no date.

    And whether it is more than the time asked for.
    """

    hours: str
    day: str
    clock: str
    over: bool


def title_of(reach: Reach) -> str:
    """``How far a train can be from Khasan in 24 h at 50 to 70 km/h``."""
    start = f" from {reach.place}" if is_one_place(reach) else ""
    asked = f"in {reach.hours:g} h at {speed_text(reach.speed_kmh)} km/h"
    return f"How far a train can be{start} {asked}"


def is_one_place(reach: Reach) -> bool:
    """Whether the train starts at one place, and not at one of many."""
    return len(reach.origins) == 1


def start_of(reach: Reach) -> str:
    """``Khasan``, or what many places are called together in short."""
    return reach.place if is_one_place(reach) else "its places at the start"


def many_of(reach: Reach) -> str | None:
    """``From 64 places: Pyongyang to Vladivostok, at Mon 11 Sep 10:00 (UTC+9)``."""
    return None if is_one_place(reach) else f"From {len(reach.origins):,} places: {reach.place}"


def speed_text(speed_kmh: Bounds) -> str:
    """``50 to 70``, or ``59``."""
    low, high = f"{speed_kmh.low:g}", f"{speed_kmh.high:g}"
    return low if low == high else f"{low} to {high}"


def subtitle_of(reach: Reach) -> str:
    """How many stations are within reach, and for certain."""
    counts = [
        sum(each[at] <= reach.hours for each in map(times_of, reach.stations)) for at in (0, 2)
    ]
    if not reach.is_spread:
        return f"{_stations(counts[0])} within reach"
    low, high = f"{reach.speed_kmh.low:g}", f"{reach.speed_kmh.high:g}"
    latest = f"{_stations(counts[1])} within reach at the latest ({low} km/h)"
    return f"{latest}, {counts[0]:,} at the earliest ({high} km/h)"


def _stations(count: int) -> str:
    return f"{count:,} station" + ("" if count == 1 else "s")


def period_of(reach: Reach) -> str | None:
    """``From Tue 12 Sep 2023 06:00 to Wed 13 Sep 2023 06:00 (UTC+10)``, of the place's clock."""
    if reach.after is None or reach.until is None:
        return None
    return f"From {format_interval(reach.after, reach.until, ZoneInfo(zone_of(reach)))}"


def zone_of(reach: Reach) -> str:
    """The clock of the station that is nearest to where the train starts."""
    return reach.stations[0].station.timezone if reach.stations else "UTC"


def moment_of(reach: Reach, hours: float, zone: str) -> Moment:
    """So many hours after the start, and what the clock of a place says then."""
    if not np.isfinite(hours):
        return Moment("not reached", "", "", over=True)
    at = reach.moment(hours)
    day, _, clock = format_local(at, ZoneInfo(zone)).rpartition(" ") if at else ("", "", "")
    return Moment(hours_in_words(hours), day, clock, over=hours > reach.hours)


def moments_of(reach: Reach, reached: ReachedStation) -> list[dict[str, Any]]:
    """When a train can be at a station: at the earliest, in the middle, at the latest."""
    zone = reached.station.timezone
    return [moment_of(reach, each, zone)._asdict() for each in times_of(reached)]


def times_of(reached: ReachedStation) -> tuple[float, float, float]:
    """Hours to a station: at the earliest, in the middle, at the latest."""
    return reached.hours_low, reached.hours_central, reached.hours_high


def offset_of(reach: Reach, reached: ReachedStation) -> str:
    """``UTC+10``, of a station's clock when the train can be there first."""
    at = reach.moment(reached.hours_low)
    return format_offset(at, ZoneInfo(reached.station.timezone)) if at else ""


def bands_in_words(reach: Reach, edges_h: Iterable[float]) -> list[dict[str, str]]:
    """For each band the hours at its end, and day and clock there."""
    zone, bands, last = ZoneInfo(zone_of(reach)), [], ""
    for edge_h in edges_h:
        at = reach.moment(edge_h)
        day, _, clock = format_local(at, zone).rpartition(" ") if at else ("", "", "")
        bands.append({"hours": f"{edge_h:g} h", "clock": clock, "day": "" if day == last else day})
        last = day
    return bands


def frontier_text(frontier: Frontier) -> str:
    """``1,416 km, near Belogorsk``."""
    near = f", near {frontier.last.name}" if frontier.last else f", {frontier.line}"
    return f"{frontier.km:,.0f} km{near}"


def local_name(station: Station) -> dict[str, str]:
    """The name of a station as it is written there, with its language where it is known.

    Empty where that is the name in Latin script.
    """
    local = station.native or station.name_local
    lang = {station.name_ko: "ko", station.name_ru: "ru"}.get(local, "")
    return {"lang": lang, "text": "" if local == station.name else local}


def key_of(reach: Reach) -> list[Line]:
    """What each kind of line means: its class, and words."""
    low, middle, _ = (f"{each:g} km/h" for each in reach.speed_kmh)
    if not reach.is_spread:
        return [("journey-sure", f"Reached at {low}")]
    return [
        ("journey-sure", f"Reached even at the latest ({low}); colour: central hours ({middle})"),
        ("journey-maybe", "Perhaps, not at the latest"),
        ("journey-maybe journey-hour-fast", "Perhaps, only earlier than the central hours"),
    ]


CHANGE_TEXTS = {"no": "", "perhaps": "perhaps a gauge change", "yes": "after the change of gauge"}
"""What is said of a station that stock reaches only after a change of its gauge."""


def columns_of(reach: Reach) -> list[Line]:
    """Heads of the columns of times in the table, and the speed of each: the fast train first."""
    speeds = [f"{each:g} km/h" for each in reversed(reach.speed_kmh)]
    if not reach.is_spread:
        return [("Hours", speeds[0])]
    return list(zip(("Earliest", "Central", "Latest"), speeds, strict=True))


def caption_of(reach: Reach) -> str:
    """What the table of stations has: hours, clocks, and what the latest may contain."""
    said = f"Hours from {start_of(reach)}" + (", and the clock there" if reach.after else "")
    if not reach.is_spread:
        return said
    changed = any(each.gauge_change != CHANGES[0] for each in reach.stations)
    latest = "; the latest may contain a change of gauge" if changed else ""
    return f"{said}; slanted: more than {reach.hours:g} h{latest}"


def alternative_of(reach: Reach) -> str:
    """What the map shows, for those who cannot see it."""
    ends = sorted((e for e in reach.frontiers if e.bound == "earliest"), key=lambda e: -e.km)
    farthest = "; ".join(dict.fromkeys(map(frontier_text, ends[:MOST_TOLD])))
    told = f" Farthest points at {reach.speed_kmh.high:g} km/h: {farthest}." if farthest else ""
    return f"Map of the railway. {title_of(reach)}: {subtitle_of(reach)}.{told}"
