"""The table of a what-if: one row for each case, place and event."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from journey.cases.outcome import Outcome, Row
from journey.csv_rows import guarded
from journey.ensemble.windows import MOMENTS
from journey.errors import plain, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from journey.cases.study import Study

BEFORE_AXES = ("grid", "case", "scenario")
OF_ROW = ("id", "station", "event", "km")
OF_STUDY = ("level", "draws", "seed")
FIGURES = (
    *(f"{moment}_standard_error_s" for moment in MOMENTS),
    *(f"change_{moment}_s" for moment in MOMENTS),
)
NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")


def columns(study: Study) -> tuple[str, ...]:
    """Titles of the columns."""
    axes = (axis.name for axis in study.grid.axes)
    return (*BEFORE_AXES, *axes, *OF_ROW, *OF_STUDY, *MOMENTS, *FIGURES)


def records(study: Study, outcome: Outcome) -> Iterator[tuple[Any, ...]]:
    """Rows of a case: texts, numbers, and None where there is none."""
    case = outcome.case
    name = " ".join(printable(study.grid.name(case)).split())
    before = (study.fingerprint, case, name, *study.grid.texts(case))
    terms = (study.level, study.draws, study.seed)
    for row in outcome.rows:
        of_row = (row.id, row.station, row.event, row.km)
        moments = (row.earliest, row.central, row.latest)
        yield (*before, *of_row, *terms, *moments, *row.errors_s, *row.changes_s)


def frame(study: Study, outcomes: Iterable[Outcome]) -> pd.DataFrame:
    """Give the table as a frame."""
    import pandas as pd  # noqa: PLC0415 - a heavy import, for those who ask for frames

    rows = [record for outcome in outcomes for record in records(study, outcome)]
    return pd.DataFrame(rows, columns=list(columns(study)))


def row_of(record: dict[str, Any]) -> Row:
    """Take the row of a case from a record by column.

    Raises
    ------
    ValueError
        If a cell is not what its column says.
    """
    for name in MOMENTS:
        datetime.fromisoformat(record[name])
    id_, station, event, km = (record[name] for name in OF_ROW)
    earliest, central, latest = (record[name] for name in MOMENTS)
    figures = [None if record[name] in ("", None) else float(record[name]) for name in FIGURES]
    errors_s, changes_s = tuple(figures[:3]), tuple(figures[3:])
    return Row(id_, station, event, float(km), earliest, central, latest, errors_s, changes_s)


def line_of(cells: Iterable[Any]) -> str:
    """Write cells as a line of CSV that no spreadsheet takes for a formula."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([_written(cell) for cell in cells])
    return line.getvalue()


def cells_of(line: str) -> list[str]:
    """Read the cells of a line of CSV, as they were before they were written."""
    return [cell.removeprefix("'") for cell in next(csv.reader([line]), [])]


def _written(cell: object) -> str:
    match cell:
        case None:
            return ""
        case int():
            return str(cell)
        case float():
            return plain(cell)
    text = str(cell)
    return text if NUMBER.fullmatch(text) else guarded(text)
