"""A table of a report in DOCX: its head is repeated on every page, and no row is torn apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from journey.report.docx_parts import element, paragraph, run
from journey.report.plain import plain_text
from journey.report.widths import widths_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.oxml.xmlchemy import BaseOxmlElement as Element

    from journey.report.blocks import Table
    from journey.report.docx_parts import Writer

EMU_PER_TWIP, TWIPS_PER_PT = 635, 20
LONGEST_WHOLE = 1500
"""Letters of a cell beyond which its row may break, since it may not fit on a page."""


def table_of(writer: Writer, table: Table, width_emu: int) -> Element:
    """Make a table as wide as the text, its columns by their shares of it."""
    widths = _widths_twip(table, width_emu // EMU_PER_TWIP)
    grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    head = _row(writer, table, table.head, widths, "Table Heading")
    head.find(qn("w:trPr")).append(element("tblHeader"))
    rows = (_row(writer, table, cells, widths, "Table Text") for cells in table.rows)
    return element("tbl", _about(writer, table, sum(widths)), grid, head, *rows)


def _widths_twip(table: Table, whole_twip: int) -> list[int]:
    return [int(whole_twip * share) for share in widths_of(table, whole_twip / TWIPS_PER_PT)]


def _about(writer: Writer, table: Table, width_twip: int) -> Element:
    return element(
        "tblPr",
        element("tblStyle", val=writer.style_ids["table"]),
        element("tblW", w=width_twip, type="dxa"),
        element("tblLayout", type="fixed"),
        element("tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0,
                noHBand=0, noVBand=1),
        element("tblCaption", val=plain_text(table.caption)),
    )  # fmt: skip


def _row(
    writer: Writer, table: Table, cells: Sequence[str], widths: Sequence[int], style: str
) -> Element:
    made = (
        _cell(writer, text, width, style, is_figure=is_figure)
        for text, width, is_figure in zip(cells, widths, table.figures, strict=True)
    )
    whole = [element("cantSplit")] if max(map(len, cells)) <= LONGEST_WHOLE else []
    return element("tr", element("trPr", *whole), *made)


def _cell(writer: Writer, text: str, width: int, style: str, *, is_figure: bool) -> Element:
    looks = [element("jc", val="right")] if is_figure else []
    about = element("tcPr", element("tcW", w=width, type="dxa"))
    return element("tc", about, paragraph(writer, style, [run(text)], looks))
