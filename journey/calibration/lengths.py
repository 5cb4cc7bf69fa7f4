"""Files of official lengths: two stations and the kilometres between them in each row."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from journey.csv_rows import check_columns, csv_rows
from journey.errors import InputError, naming, shown
from journey.reading import read_text
from journey.units import parse_number

COLUMNS = ("from", "to", "km")
BESIDES = ("source", "note")
LONGEST_KM = 20_000.0


class OfficialLength(NamedTuple):
    """A row of a file of lengths.

    Attributes
    ----------
    where : str
        Where it stands, for messages.
    start, end : str
        Two stations.
    km : float
        The length between them.
    source : str
        Who says so; may be empty.
    """

    where: str
    start: str
    end: str
    km: float
    source: str = ""


def load_lengths(file: str | Path) -> tuple[OfficialLength, ...]:
    """Load official lengths.

    Parameters
    ----------
    file : str or Path
        A CSV file with the columns ``from``, ``to`` (stations, by any of their names) and ``km``,
        perhaps ``source`` and ``note``.

    Raises
    ------
    InputError
        If it cannot be read, or says something that cannot be; the message names file and line.
    """
    path = Path(file)
    with naming(str(path)):
        rows = list(csv_rows(read_text(path, "a readable CSV file")))
        if not rows:
            raise InputError(f"empty; expected the columns {', '.join(COLUMNS)}")
        columns = rows[0].cells
        check_columns(columns, (*COLUMNS, *BESIDES), COLUMNS)
        if not rows[1:]:
            raise InputError("no length below the header; give one in each row")
        return tuple(
            _length(f"{path}: line {row.line}", dict(zip(columns, row.cells, strict=False)))
            for row in rows[1:]
        )


def _length(where: str, cells: dict[str, str]) -> OfficialLength:
    for column in COLUMNS:
        if not cells.get(column):
            raise InputError(f"{where.rpartition(': ')[2]}: {column} is empty; fill it in")
    with naming(f"{where.rpartition(': ')[2]}: km"):
        km = parse_number(cells["km"])
        if not 0 < km <= LONGEST_KM:
            raise InputError(f"{shown(cells['km'])}: expected km above 0 to {LONGEST_KM:,.0f}")
    return OfficialLength(where, cells["from"], cells["to"], km, cells.get("source", ""))
