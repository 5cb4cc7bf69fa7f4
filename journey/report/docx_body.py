"""The body of a report in DOCX, block by block."""

from __future__ import annotations

from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING

from docx.shared import Length

from journey.charts import png_of
from journey.report.blocks import Figure, Items, Paragraph, Table
from journey.report.docx_package import text_size
from journey.report.docx_parts import (
    Writer,
    bold,
    element,
    field,
    link,
    paragraph,
    run,
    styled,
)
from journey.report.docx_styles import style_ids
from journey.report.docx_table import table_of
from journey.report.plain import address_of, plain_text, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

    from journey.report.blocks import Block, Item, Report

HIGHEST = 0.85
"""The part of the height of a page that a figure may take; the rest is for its caption."""


def body_of(report: Report, document: Document) -> Iterator[Element]:
    """Give the paragraphs and tables of a report.

    Parameters
    ----------
    report : Report
        What it says.
    document : docx.document.Document
        Whose styles are used, and which is given the images and the addresses of links.

    Yields
    ------
    docx.oxml.xmlchemy.BaseOxmlElement
        A ``w:p`` or a ``w:tbl``.
    """
    writer = Writer(document, style_ids(document))
    numbers = {Table: count(1), Figure: count(1)}
    yield paragraph(writer, "Title", [run(report.title)])
    yield paragraph(writer, "Subtitle", [run(report.subtitle)])
    for block in report.summary:
        yield _paragraph(writer, block)
    for section in report.sections:
        yield paragraph(writer, "Heading 1", [run(section.heading)])
        for block in section.blocks:
            yield from _block(writer, block, numbers)


def _block(writer: Writer, block: Block, numbers: dict[type, count[int]]) -> Iterator[Element]:
    match block:
        case Paragraph():
            yield _paragraph(writer, block)
        case Items():
            for item in block.items:
                yield paragraph(writer, "List Bullet", _runs_of(writer, item))
        case Table():
            yield from _table(writer, block, next(numbers[Table]))
        case Figure():
            yield from _figure(writer, block, next(numbers[Figure]))


def _paragraph(writer: Writer, block: Paragraph) -> Element:
    if block.warning:
        return paragraph(writer, "Note", [bold("Note: "), run(block.text)])
    return paragraph(writer, "Normal", [run(block.text)])


def _runs_of(writer: Writer, item: Item) -> Iterator[Element]:
    address = address_of(item)
    yield link(writer, item.text, address) if address else run(item.text)
    if item.kind:
        yield styled(writer, f" [{item.kind}]", "Kind")
    if item.quote:
        yield run(f" {quoted(item)}")


def _table(writer: Writer, table: Table, number: int) -> Iterator[Element]:
    yield _caption(writer, "Table", number, table.caption, element("keepNext"))
    yield table_of(writer, table, text_size(writer.document).width)
    if table.note:
        yield paragraph(writer, "Table Note", [run(table.note)])


def _figure(writer: Writer, figure: Figure, number: int) -> Iterator[Element]:
    part, size = writer.document.part, text_size(writer.document)
    image = png_of(figure.drawing)
    drawn = part.new_pic_inline(BytesIO(image), width=Length(size.width))
    shrunk = min(1.0, HIGHEST * size.height / drawn.extent.cy)
    for extent in (drawn.extent, drawn.graphic.graphicData.pic.spPr):
        extent.cx, extent.cy = Length(int(size.width * shrunk)), Length(int(drawn.extent.cy * shrunk))
    about = drawn.docPr
    about.set("name", f"Figure {number}")
    about.set("title", plain_text(figure.caption))
    about.set("descr", plain_text(figure.alternative))
    yield paragraph(
        writer, "Figure", [element("r", element("drawing", drawn))], [element("keepNext")]
    )
    yield _caption(writer, "Figure", number, figure.caption)


def _caption(
    writer: Writer, label: str, number: int, text: str, *looks: Element
) -> Element:
    runs = [bold(f"{label} "), field(f"SEQ {label} \\* ARABIC", str(number)), run(f". {text}")]
    return paragraph(writer, "Caption", runs, looks)
