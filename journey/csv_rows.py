"""Rows of CSV files: those that are not blank, a header that is checked, cells no one runs."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

from journey.errors import InputError, nearest_names, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence


FORMULA = re.compile("[=+@\t\r'\uff1d\uff0b\uff0d\uff20-]")
"""A beginning that makes a spreadsheet run a cell, or the apostrophe that stops it."""


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula.

    Also before one that begins with an apostrophe, so that it can be taken away again.

    Examples
    --------
    >>> guarded("=1+1"), guarded("Khasan")
    ("'=1+1", 'Khasan')
    """
    return f"'{text}" if FORMULA.match(text) else text


class CsvRow(NamedTuple):
    """A row: its number as a spreadsheet counts, the line it ends at, and its cells."""

    number: int
    line: int
    cells: list[str]


def csv_rows(text: str) -> Iterator[CsvRow]:
    """Rows that are not blank, without blanks around their cells.

    Raises
    ------
    InputError
        If the text is not CSV.
    """
    reader = csv.reader(StringIO(text, newline=""), skipinitialspace=True, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                yield CsvRow(number, reader.line_num, [cell.strip() for cell in cells])
    except csv.Error as error:
        raise InputError(f"line {reader.line_num}: not CSV: {error}; mend that line") from None


def check_columns(
    columns: Sequence[str], known: Collection[str], required: Collection[str]
) -> None:
    """Check a header.

    Raises
    ------
    InputError
        If a column is unknown, there twice, or missing.
    """
    for number, column in enumerate(columns):
        if column not in known:
            remedy = nearest_names(column, known) or f"expected {', '.join(known)}"
            if ";" in column:
                remedy = "separate columns by commas, not semicolons"
            raise InputError(f"{shown(column)}: unknown column; {remedy}")
        if column in columns[:number]:
            raise InputError(f"{column}: a column twice; take one out")
    for column in required:
        if column not in columns:
            raise InputError(f"{column}: a column is missing; add it")
