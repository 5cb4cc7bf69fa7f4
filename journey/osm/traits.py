"""What the tags of a track say: gauge, electrification, use, line, structure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from journey.osm.speeds import Speeds, speeds_of

if TYPE_CHECKING:
    from collections.abc import Mapping

UNNAMED = "unnamed"
NARROWEST_MM, WIDEST_MM = 180, 3000
MOST_TRACKS = 20
NO = frozenset({"", "no"})
GAUGE = re.compile(r"(\d{3,4})(?:\.\d+)?(?:\s*mm)?")
TRACK_WORD = (
    "gleis|track|путь|пути|voie|binario|tor|kolej|spår|spor|raide|vágány|vía|via|번선|番線|道"
)
TRACK_NUMBER = r"(?:\d{1,3}|[ivx]{1,4})(?:\.|-?[йя])?[a-z]?"
TRACK_NAME = re.compile(
    rf"(?:{TRACK_WORD})\s*(?:№|nr?\.?|no\.?|#)?\s*{TRACK_NUMBER}"
    rf"|{TRACK_NUMBER}\s*(?:главный\s*)?(?:{TRACK_WORD})|{TRACK_NUMBER}",
    re.IGNORECASE,
)
"""Names of single tracks, such as Gleis 3 or 1 путь."""

OTHER_USES = frozenset({"industrial", "military", "tourism", "test", "science"})
THROUGH = frozenset({"", "crossover"})
NOTHING_STANDS = frozenset({"no", "none", "proposed", "construction", "disused"})


class Traits(NamedTuple):
    """What the tags of a track say.

    Attributes
    ----------
    kind : str
        Such as ``rail`` or ``narrow_gauge``.
    gauge : str
        Such as ``"1435"`` or ``"1435+1520"``; empty where it is not mapped or cannot be read.
    electrification : str
        Such as ``"25 kV AC 50 Hz"``, ``"none"`` or ``"unknown"``.
    usage : str
        ``main`` or ``secondary``.
    service : str
        ``siding``, ``yard``, ``spur``, ``crossover`` or empty.
    line : str
        Name or number of a line on the track itself; empty where there is none.
    tracks : int
        Number of tracks; 0 where no tag says.
    structure : str
        ``tunnel``, ``bridge`` or empty.
    structure_name : str
        Its name.
    speeds : Speeds
        Limits as mapped, or a range assumed.
    not_read : tuple of str
        What stands in the tags but cannot be read: keys of `journey.osm.counts`.
    """

    kind: str
    gauge: str
    electrification: str
    usage: str
    service: str
    line: str
    tracks: int
    structure: str
    structure_name: str
    speeds: Speeds
    not_read: tuple[str, ...]


def traits_of(tags: Mapping[str, str]) -> Traits:
    """Read the tags of a track."""
    gauge, speeds = gauge_of(tags.get("gauge", "")), speeds_of(tags)
    structure = structure_of(tags)
    junk = {
        "gauge_not_read": bool(tags.get("gauge")) and not gauge,
        "speed_not_read": not speeds.is_read,
    }
    return Traits(
        kind=tags.get("railway", ""),
        gauge=gauge,
        electrification=electrification_of(tags),
        usage=usage_of(tags),
        service=tags.get("service", ""),
        line=line_of(tags),
        tracks=tracks_of(tags.get("tracks", "")),
        structure=structure,
        structure_name=tags.get(f"{structure}:name", ""),
        speeds=speeds,
        not_read=tuple(key for key, is_so in junk.items() if is_so),
    )


def gauge_of(text: str) -> str:
    """Read gauges, the smallest first.

    Examples
    --------
    >>> gauge_of("1520;1435"), gauge_of("1435 mm"), gauge_of("broad")
    ('1435+1520', '1435', '')
    """
    parts = [part.strip() for part in re.split("[;,/+]", text)]
    read = [GAUGE.fullmatch(part) for part in parts]
    gauges = {int(match[1]) for match in read if match}
    if None in read or not all(NARROWEST_MM <= gauge <= WIDEST_MM for gauge in gauges):
        return ""
    return "+".join(map(str, sorted(gauges)))


def electrification_of(tags: Mapping[str, str]) -> str:
    """Say how a track is electrified.

    Examples
    --------
    >>> electrification_of({"electrified": "contact_line", "voltage": "3000", "frequency": "0"})
    '3 kV DC'
    """
    how = tags.get("electrified", "")
    if how in NOTHING_STANDS:
        return "none"
    current = _current(tags.get("voltage", ""), tags.get("frequency", ""))
    if not how:
        return current or "unknown"
    rail = {"rail": "third rail", "4th_rail": "fourth rail", "ground-level_power_supply": "ground"}
    return " ".join(filter(None, (rail.get(how, ""), current))) or "electrified"


def usage_of(tags: Mapping[str, str]) -> str:
    """Whether trains run through by a track: not where its use or service says otherwise.

    A crossover is part of the tracks that it joins.
    """
    is_through = tags.get("service", "") in THROUGH and tags.get("usage") not in OTHER_USES
    return "main" if is_through else "secondary"


def line_of(tags: Mapping[str, str]) -> str:
    """Name of the line that a track says it is part of, else its number; empty where it has none.

    Examples
    --------
    >>> line_of({"name": "Gleis 3", "ref": "4200"}), line_of({"name": "Transsib", "ref": "1"})
    ('4200', 'Transsib')
    """
    name = tags.get("name", "")
    is_other = name in {tags.get("bridge:name"), tags.get("tunnel:name")}
    return (
        tags.get("ref", "")
        if is_other or TRACK_NAME.fullmatch(name)
        else name or tags.get("ref", "")
    )


def tracks_of(text: str) -> int:
    """Read a number of tracks; 0 where it is none."""
    return int(text) if text.isdecimal() and text.isascii() and int(text) <= MOST_TRACKS else 0


def structure_of(tags: Mapping[str, str]) -> str:
    """Whether a track runs in a tunnel or on a bridge."""
    for kind in ("tunnel", "bridge"):
        if tags.get(kind, "") not in NO:
            return kind
    return ""


def _current(voltage: str, frequency: str) -> str:
    """Tension and frequency, or several of both in their order."""
    volts = [_number(each.strip()) for each in voltage.split(";")]
    hertz = [_number(each.strip()) for each in frequency.split(";")]
    if len(volts) != len(hertz):
        hertz = [None] * len(volts)
    systems = [_system(*each) for each in zip(volts, hertz, strict=True) if each[0] is not None]
    return " / ".join(dict.fromkeys(systems)) if len(systems) == len(volts) else ""


def _system(volts: float | None, hertz: float | None) -> str:
    if volts is None:
        return ""
    tension = f"{volts / 1000:g} kV" if volts >= 1000 else f"{volts:g} V"  # noqa: PLR2004 - kilo
    if hertz is None:
        return tension
    return f"{tension} AC {hertz:g} Hz" if hertz else f"{tension} DC"


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"\d{1,6}(\.\d{1,3})?", text, re.ASCII) else None
