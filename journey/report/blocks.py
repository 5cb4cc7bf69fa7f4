"""What a report is made of: sections of paragraphs, lists, tables and figures, as plain text.

Every format is made from these, so that all say the same, number by number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing


NO_BREAK = "\u00a0"


def unbroken(text: str) -> str:
    """A text that stays on one line, such as a moment in a table."""
    return text.replace(" ", NO_BREAK)


class Paragraph(NamedTuple):
    """Some sentences; those of a warning stand out."""

    text: str
    warning: bool = False


class Item(NamedTuple):
    """A line of a list.

    Attributes
    ----------
    text : str
        What it says.
    kind : str or None
        Whether that is ``reported``, ``assumed`` or ``derived``; None where neither is meant.
    url : str or None
        Where it leads, http or https alone.
    quote : str or None
        The words of a source.
    """

    text: str
    kind: str | None = None
    url: str | None = None
    quote: str | None = None


class Items(NamedTuple):
    """A list."""

    items: tuple[Item, ...]


class Table(NamedTuple):
    """Rows of cells below a head.

    Attributes
    ----------
    caption : str
        What it shows.
    head : tuple of str
        Names of the columns.
    rows : tuple of tuple of str
        As many cells each as there are columns.
    figures : tuple of bool
        Which columns hold figures, aligned to the right.
    widths : tuple of float
        Of the columns, as parts of the whole.
    note : str
        What is to be known of it; may be empty.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: tuple[bool, ...]
    widths: tuple[float, ...]
    note: str = ""


class Figure(NamedTuple):
    """A chart.

    Attributes
    ----------
    id : str
        Unique in a report; letters, digits and hyphens.
    caption : str
        What it shows.
    alternative : str
        The same for those who cannot see it, with its main numbers.
    drawing : matplotlib.figure.Figure
        The chart.
    """

    id: str
    caption: str
    alternative: str
    drawing: Drawing


Block = Paragraph | Items | Table | Figure


class Section(NamedTuple):
    """A part of a report, with an id of letters and hyphens, such as ``windows``."""

    id: str
    heading: str
    blocks: tuple[Block, ...]


def figures_of(report: Report) -> list[Figure]:
    """Every figure of a report, in order."""
    blocks = (block for section in report.sections for block in section.blocks)
    return [block for block in blocks if isinstance(block, Figure)]


class Report(NamedTuple):
    """A whole report.

    Attributes
    ----------
    title : str
        Name of the scenario.
    subtitle : str
        What it is, in one line.
    summary : tuple of Paragraph
        What came out, in words.
    sections : tuple of Section
        All else; none is empty.
    language : str
        BCP 47 tag of its texts.
    """

    title: str
    subtitle: str
    summary: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    language: str = "en"
