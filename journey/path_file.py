"""Path files: CSV or RailToolKit YAML in, a checked RunningPath out."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.csv_rows import check_columns, csv_rows
from journey.errors import InputError, naming, plain, shown
from journey.kinematics.path import STEEPEST, RunningPath
from journey.railtoolkit import SUFFIXES
from journey.railtoolkit.running_path import read_rows
from journey.reading import read_text
from journey.units import FASTEST_TRACK_KMH, HOUR_S, LONGEST_H, MPS_PER_KMH, parse_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BOUNDS = {
    "start_m": (-1e8, 1e8, "m"),
    "limit_kmh": (0.1, FASTEST_TRACK_KMH, "km/h"),
    "gradient_permil": (-1000 * STEEPEST, 1000 * STEEPEST, "‰"),
    "dwell_s": (0.0, LONGEST_H * HOUR_S, "s"),
}
"""Lowest and highest value of each column, and its unit."""
REQUIRED = ("start_m", "limit_kmh")


class Row(NamedTuple):
    """A row of a path: where it stands in the file, and its cells by column."""

    where: str
    cells: Mapping[str, str | float]

    def number(self, column: str, empty: float | None = None) -> float:
        """Read a cell.

        Raises
        ------
        InputError
            If it is empty and may not be, no number, or out of bounds.
        """
        value = self.cells.get(column, "")
        if value == "" and empty is not None:
            return empty
        with naming(f"{self.where}: {column}"):
            return _bounded(value, *BOUNDS[column])


def load_path(file: str | Path) -> RunningPath:
    """Load the path of a run.

    Parameters
    ----------
    file : str or Path
        A CSV file with the columns ``start_m`` and ``limit_kmh``, perhaps ``gradient_permil``
        (uphill above zero; level without it) and ``dwell_s``, in any order. Each row is valid to
        the next; the last is the end, of which only ``start_m`` counts. Where ``dwell_s`` is
        above zero, the train stands that long with its front at the row's start. Or a RailToolKit
        running path (``.yaml``, ``.yml``).

    Returns
    -------
    RunningPath
        Limits, gradients and stops, from the first row to the last.

    Raises
    ------
    InputError
        If the file cannot be read, or says something that cannot be; the message is one line with
        the file, the line, the column, the value and the remedy.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from journey import load_path
    >>> rows = '''start_m,limit_kmh
    ... 0,60
    ... 12000,40
    ... 20000,
    ... '''
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "path.csv"
    ...     _ = file.write_text(rows)
    ...     path = load_path(file)
    >>> path.chainage_m.tolist()
    [0.0, 12000.0, 20000.0]
    """
    path = Path(file)
    with naming(str(path)):
        if path.suffix.lower() in SUFFIXES:
            rows = read_rows(path)
            return _path([Row(f"section at {plain(row['start_m'])} m", row) for row in rows])
        return _path(_csv_rows(read_text(path, "a readable CSV file")))


def part_of(
    path: RunningPath, from_m: float | None = None, to_m: float | None = None
) -> RunningPath:
    """Take the run between two chainages of a path.

    Parameters
    ----------
    path : RunningPath
        The whole path.
    from_m : float, optional
        Where the front starts; limits before it still matter to the rear.
    to_m : float, optional
        Where the run ends.

    Raises
    ------
    InputError
        If they are out of order or lie outside the path.
    """
    first_m, last_m = path.start_m, float(path.chainage_m[-1])
    start_m = first_m if from_m is None else from_m
    end_m = last_m if to_m is None else to_m
    if not first_m <= start_m < end_m <= last_m:
        raise InputError(
            f"from_m {plain(start_m)}, to_m {plain(end_m)}: expected {plain(first_m)} to "
            f"{plain(last_m)} m, in order"
        )
    cells = int(np.searchsorted(path.chainage_m, end_m))
    between = (path.stop_m > start_m) & (path.stop_m < end_m)
    return RunningPath.of(
        np.append(path.chainage_m[:cells], end_m),
        path.limit_mps[..., :cells],
        path.gradient[:cells],
        start_m=start_m,
        stop_m=path.stop_m[between],
        dwell_s=path.dwell_s[between],
    )


def _path(rows: Sequence[Row]) -> RunningPath:
    if len(rows) < 2:  # noqa: PLR2004 - a start and an end
        raise InputError(f"{len(rows)} rows: expected two or more; the last one is the end")
    starts_m = [row.number("start_m") for row in rows]
    for row, (before_m, after_m) in zip(rows[1:], pairwise(starts_m), strict=True):
        if after_m <= before_m:
            raise InputError(
                f"{row.where}: start_m: {plain(after_m)} after {plain(before_m)}: expected "
                "increasing values"
            )
    stops = _stops(rows, starts_m)
    return RunningPath.of(
        starts_m,
        np.array([row.number("limit_kmh") for row in rows[:-1]]) * MPS_PER_KMH,
        np.array([_gradient_permil(row) for row in rows[:-1]]) / 1000,
        stop_m=list(stops),
        dwell_s=list(stops.values()),
    )


def _gradient_permil(row: Row) -> float:
    level = None if "gradient_permil" in row.cells else 0.0
    return row.number("gradient_permil", level)


def _stops(rows: Sequence[Row], starts_m: Sequence[float]) -> dict[float, float]:
    """Chainage of each stop, and how long the train stands there, s."""
    dwells_s = [row.number("dwell_s", empty=0.0) for row in rows]
    for row, dwell_s in ((rows[0], dwells_s[0]), (rows[-1], dwells_s[-1])):
        if dwell_s:
            raise InputError(
                f"{row.where}: dwell_s: {plain(dwell_s)}: expected none at the start and at the "
                "end of the run; leave it empty"
            )
    return {
        start_m: dwell_s for start_m, dwell_s in zip(starts_m, dwells_s, strict=True) if dwell_s
    }


def _bounded(value: str | float, low: float, high: float, unit: str) -> float:
    try:
        number = parse_number(value)
    except InputError:
        raise InputError(
            f"{shown(value)}: expected a number of {unit}, with a decimal point if need be"
        ) from None
    if not low <= number <= high:
        raise InputError(f"{plain(number)}: expected {plain(low)} to {plain(high)} {unit}")
    return number


def _csv_rows(text: str) -> list[Row]:
    rows = csv_rows(text)
    header = next(rows, None)
    if header is None:
        raise InputError(f"empty; expected a line {','.join(BOUNDS)} and two rows or more")
    with naming(f"line {header.line}"):
        check_columns(header.cells, BOUNDS, REQUIRED)
    return [_row(each.line, header.cells, each.cells) for each in rows]


def _row(number: int, columns: Sequence[str], cells: Sequence[str]) -> Row:
    if len(cells) > len(columns):
        raise InputError(
            f"line {number}: {len(cells)} values: expected {len(columns)}, one for each column; "
            "write decimals with a point, not with a comma"
        )
    # What is left out at the end of a line is empty.
    padded = [*cells, *[""] * (len(columns) - len(cells))]
    return Row(f"line {number}", dict(zip(columns, padded, strict=True)))
