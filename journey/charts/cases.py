"""The cases of a what-if at one place, from its table."""

from __future__ import annotations

import math
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from journey.cases.axes import DEPART
from journey.cases.long_table import BEFORE_AXES, OF_ROW
from journey.charts.style import shortened
from journey.clock import format_local, format_offset
from journey.ensemble.windows import MOMENTS
from journey.errors import InputError, nearest_names, printable, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import tzinfo

    import pandas as pd

NEEDED = ("case", *OF_ROW, "level", *MOMENTS, "change_central_s")
MOST_AXES = 2
TITLES = {
    "speed_kmh": "Speed, km/h",
    "depart": "Departure",
    "route": "Way",
    "scenario": "Scenario",
}
AS_IT_STANDS = "as it stands"
LONGEST_CHOICE = 40


class Case(NamedTuple):
    """A case of a what-if at a place.

    Attributes
    ----------
    number : int
        Of the case; 0 for the scenario as it stands.
    choices : tuple of str
        What was chosen on each axis.
    earliest, central, latest : datetime
        When it comes there, with the offset of the place.
    change_s : float
        How much later the central moment is than that of case 0, s; not a number where unknown.
    """

    number: int
    choices: tuple[str, ...]
    earliest: datetime
    central: datetime
    latest: datetime
    change_s: float

    @property
    def zone(self) -> tzinfo:
        """The clock of the place."""
        zone = self.central.tzinfo
        if zone is None:
            raise InputError(f"frame: {self.central.isoformat()} has no offset")
        return zone

    @property
    def local(self) -> str:
        """The central moment on the clock of the place: ``Tue 12 Sep 06:30``."""
        return format_local(self.central, self.zone)

    @property
    def clock(self) -> str:
        """The offset of that clock: ``UTC+10``."""
        return format_offset(self.central, self.zone)


class Cases(NamedTuple):
    """The cases of a what-if at a place.

    Attributes
    ----------
    station : str
        The place.
    level : float
        Share of the journeys that windows hold.
    axes : tuple of str
        What is varied, in words, one or two.
    choices : tuple of tuple of str
        The alternatives on each axis, in their order.
    base : Case
        The scenario as it stands.
    varied : tuple of Case
        The others; where only scenarios are compared, all of them.
    """

    station: str
    level: float
    axes: tuple[str, ...]
    choices: tuple[tuple[str, ...], ...]
    base: Case
    varied: tuple[Case, ...]

    def text_of(self, case: Case) -> str:
        """What a case is: ``speed 45 km/h, halt at Khasan 3:00``."""
        parts = []
        for axis, choice in zip(self.axes, case.choices, strict=True):
            title, comma, unit = axis.partition(", ")
            parts.append(f"{title[:1].lower()}{title[1:]} {choice}{comma and ' '}{unit}")
        return ", ".join(parts)


def cases_of(frame: pd.DataFrame | Cases, place: str | None) -> Cases:
    """Take the cases at a place from the table of a what-if.

    Parameters
    ----------
    frame : DataFrame
        What `journey.whatif` gives; or cases, which are given back.
    place : str or None
        Id or name of a station in it; the last one of case 0 by default.

    Raises
    ------
    InputError
        If it is no such table, the place is not in it, or more than two axes are varied.
    """
    if isinstance(frame, Cases):
        return frame
    return cases_in([str(name) for name in frame.columns], frame.to_dict("records"), place)


def cases_in(
    columns: Sequence[str], rows: Sequence[Mapping[str, Any]], place: str | None = None
) -> Cases:
    """Take the cases at a place from the columns and rows of a what-if, see `cases_of`."""
    missing = [name for name in NEEDED if name not in columns]
    if missing or not rows:
        about = f"no column {missing[0]!r}" if missing else "no row"
        raise InputError(f"frame: {about}; expected what journey.whatif gives")
    axes, wanted = _axes_of(columns, rows), _id_of(rows, place)
    here = [row for row in rows if row["id"] == wanted]
    found: dict[int, Case] = {}
    for row in here:
        if row["event"] != "depart":
            found.setdefault(int(row["case"]), _case(row, axes))
    if 0 not in found:
        raise InputError(f"frame: case 0 does not come to {shown(place)}; name a place it passes")
    varied = [case for number, case in found.items() if number or axes == ["scenario"]]
    choices = [tuple(dict.fromkeys(each.choices[n] for each in varied)) for n in range(len(axes))]
    return Cases(
        station=printable(str(here[0]["station"])),
        level=float(rows[0]["level"]),
        axes=tuple(_title(name) for name in axes),
        choices=tuple(choices),
        base=found[0],
        varied=tuple(varied),
    )


def _axes_of(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Columns of what is varied: those between the name of the scenario and the place."""
    axes = list(columns[columns.index(BEFORE_AXES[-1]) + 1 : columns.index(OF_ROW[0])])
    stated = {name: {row[name] for row in rows if not _is_none(row[name])} for name in axes}
    varied = [name for name in axes if len(stated[name]) > 1] or axes[:1]
    if len(varied) > MOST_AXES:
        raise InputError(
            f"frame: {len(varied)} axes ({', '.join(varied)}); expected one or two that vary, "
            "such as the rows of one alternative of the others and of case 0"
        )
    return varied or [BEFORE_AXES[-1]]


def _id_of(rows: Sequence[Mapping[str, Any]], place: str | None) -> str:
    base = [row for row in rows if row["case"] == 0]
    if place is None and base:
        return str(base[-1]["id"])
    known = {str(row["id"]): str(row["station"]) for row in rows}
    for id_, name in known.items():
        if place is not None and place.casefold() in (id_.casefold(), name.casefold()):
            return id_
    hint = nearest_names(str(place), known.values()) or f"it has {', '.join(known.values())}"
    raise InputError(f"place {shown(place)} is not in the frame; {hint}")


def _is_none(value: object) -> bool:
    """Whether a cell is empty: a frame has not a number there."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def _case(row: Mapping[str, Any], columns: Sequence[str]) -> Case:
    earliest, central, latest = (datetime.fromisoformat(str(row[name])) for name in MOMENTS)
    change = row["change_central_s"]
    change_s = float(str(change)) if change is not None else math.nan
    choices = tuple(_choice(name, row[name]) for name in columns)
    return Case(int(str(row["case"])), choices, earliest, central, latest, change_s)


def _choice(column: str, value: object) -> str:
    if _is_none(value):
        return AS_IT_STANDS
    text = printable(str(value))
    return shortened(_departure(text) if column == DEPART else text, LONGEST_CHOICE)


def _departure(text: str) -> str:
    """``Sun 10 Sep 12:00 (UTC+9)``, or from one moment to another."""
    try:
        moments = [datetime.fromisoformat(each) for each in text.split("..")]
    except ValueError:
        return text
    zone = moments[0].tzinfo
    if zone is None:
        return text
    said = " to ".join(format_local(each, zone) for each in moments)
    return f"{said} ({format_offset(moments[0], zone)})"


def _title(column: str) -> str:
    kind, _, where = column.partition(" ")
    if where:
        name = printable(where)
        return {"speed": f"Speed {name}, km/h", "stop": f"Halt at {name}"}.get(kind, name)
    return TITLES.get(column, printable(column))
