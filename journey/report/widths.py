"""Widths of the columns of a printed table: as asked for, and wide enough for their words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journey.report.blocks import Table

TEXT_PT = 8.0
"""Size of the letters in a table."""
LETTER_EM, CAPITAL_EM, BOLD = 0.56, 0.7, 1.06
"""Widths of letters: a figure has the first in most fonts without serifs, small letters less."""
PADDING_PT = 8.5
MOST = 0.3
"""The share of the whole beyond which a word is rather broken."""
BREAKS = re.compile("[ \\t\\n\\r\\-\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef]+")
"""Where a line may end: also at any letter of Hangul and Chinese."""


def widths_of(table: Table, whole_pt: float) -> tuple[float, ...]:
    """Give the widths of columns.

    Parameters
    ----------
    table : Table
        With widths that it would like to have.
    whole_pt : float
        Width of all, pt.

    Returns
    -------
    tuple of float
        Shares of the whole: those of the table, but columns too narrow for their longest word
        take from those with room to spare, as far as there are any.
    """
    wanted = [width / sum(table.widths) for width in table.widths]
    least = [min(MOST, width_pt / whole_pt) for width_pt in _least_pt(table)]
    short = [max(0.0, low - width) for low, width in zip(least, wanted, strict=True)]
    spare = [max(0.0, width - low) for low, width in zip(least, wanted, strict=True)]
    moved = min(sum(short), sum(spare))
    if not moved:
        return tuple(wanted)
    gain, loss = moved / sum(short), moved / sum(spare)
    columns = zip(wanted, short, spare, strict=True)
    return tuple(width + gain * more - loss * less for width, more, less in columns)


def _least_pt(table: Table) -> Iterator[float]:
    for number, head in enumerate(table.head):
        words_em = [BOLD * _longest_em(head), *(_longest_em(row[number]) for row in table.rows)]
        yield TEXT_PT * max(words_em) + PADDING_PT


def _longest_em(text: str) -> float:
    return max(map(_width_em, BREAKS.split(text)))


def _width_em(word: str) -> float:
    return sum(CAPITAL_EM if letter.isupper() else LETTER_EM for letter in word)
