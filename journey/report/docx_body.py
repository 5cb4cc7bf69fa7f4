"""The body of a report in DOCX, block by block."""

from __future__ import annotations

from io import BytesIO
from itertools import count, zip_longest
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

    from journey.report.blocks import Item, Report, Section

    Numbers = dict[type, count[int]]

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
    numbers: Numbers = {Table: count(1), Figure: count(1)}
    yield paragraph(writer, "Title", [run(report.title)])
    yield paragraph(writer, "Subtitle", [run(report.subtitle)])
    for block in report.summary:
        yield _paragraph(writer, block)
    for section in report.sections:
        yield paragraph(writer, "Heading 1", [run(section.heading)])
        yield from _blocks(writer, section, numbers)


def _blocks(writer: Writer, section: Section, numbers: Numbers) -> Iterator[Element]:
    for block, following in zip_longest(section.blocks, section.blocks[1:]):
        if isinstance(block, Paragraph):
            yield _paragraph(writer, block, leads_on=isinstance(following, Items))
        else:
            yield from _block(writer, block, numbers)


def _block(writer: Writer, block: Items | Table | Figure, numbers: Numbers) -> Iterator[Element]:
    match block:
        case Items():
            for item in block.items:
                yield paragraph(writer, "List Bullet", _runs_of(writer, item))
        case Table():
            yield from _table(writer, block, next(numbers[Table]))
        case Figure():
            yield from _figure(writer, block, next(numbers[Figure]))


def _paragraph(writer: Writer, block: Paragraph, *, leads_on: bool = False) -> Element:
    looks = [element("keepNext")] if leads_on else []
    if block.warning:
        return paragraph(writer, "Note", [bold("Note: "), run(block.text)], looks)
    return paragraph(writer, "Normal", [run(block.text)], looks)


def _runs_of(writer: Writer, item: Item) -> Iterator[Element]:
    address = address_of(item)
    yield link(writer, item.text, address) if address else run(item.text)
    if item.quote:
        yield run(f" {quoted(item)}")
    if item.kind:
        yield styled(writer, f" [{item.kind}]", "Kind")


def _table(writer: Writer, table: Table, number: int) -> Iterator[Element]:
    yield _caption(writer, "Table", number, table.caption, element("keepNext"))
    yield table_of(writer, table, text_size(writer.document).width)
    if table.note:
        yield paragraph(writer, "Table Note", [run(table.note)])


def _figure(writer: Writer, figure: Figure, number: int) -> Iterator[Element]:
    image = _image(writer, figure, number)
    yield paragraph(
        writer, "Figure", [element("r", element("drawing", image))], [element("keepNext")]
    )
    yield _caption(writer, "Figure", number, figure.caption)


def _image(writer: Writer, figure: Figure, number: int) -> Element:
    size, image = text_size(writer.document), BytesIO(png_of(figure.drawing))
    inline = writer.document.part.new_pic_inline(image, width=Length(size.width))
    shrunk = min(1.0, HIGHEST * size.height / inline.extent.cy)
    for extent in (inline.extent, inline.graphic.graphicData.pic.spPr):
        extent.cx, extent.cy = Length(int(extent.cx * shrunk)), Length(int(extent.cy * shrunk))
    for side in "TBLR":
        # Or LibreOffice puts it beside where it belongs.
        inline.set(f"dist{side}", "0")
    inline.docPr.set("name", f"Figure {number}")
    inline.docPr.set("title", plain_text(figure.caption))
    inline.docPr.set("descr", plain_text(figure.alternative))
    return inline


def _caption(writer: Writer, label: str, number: int, text: str, *looks: Element) -> Element:
    runs = [
        bold(f"{label} "),
        field(f"SEQ {label} \\* ARABIC", bold(str(number))),
        run(f". {text}"),
    ]
    return paragraph(writer, "Caption", runs, looks)
