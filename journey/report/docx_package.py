"""The document that a report in DOCX is written into: our own, or that of a template."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.shared import Cm

from journey.errors import InputError, naming
from journey.reading import read_bytes
from journey.report.docx_parts import Writer, element, field, paragraph, run
from journey.report.docx_styles import add_missing_styles, style_ids, take_our_styles
from journey.report.plain import plain_text

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document

    from journey.report.blocks import Report

MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
"""When every document says it was made: a clock would make each run another one."""
WORD_2013 = "15"
"""The latest there is: tables begin at the margin, and nothing is said to be of an old version."""
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
UNREADABLE = (OpcError, BadZipFile, SyntaxError, KeyError, ValueError, AttributeError, OSError)
"""What python-docx raises of files that are no documents."""


class Size(NamedTuple):
    """Of the text of a page, English metric units."""

    width: int
    height: int


def open_document(report: Report, template: Path | None) -> Document:
    """Open an empty document of our own, or that of a template.

    Raises
    ------
    InputError
        If the template cannot be used.
    """
    if template is None:
        document = _our_own()
    else:
        with naming(str(template)):
            document = _emptied(template)
            add_missing_styles(document)
    _set_language(document, report.language)
    _set_properties(document, report)
    return document


def text_size(document: Document) -> Size:
    """Give the width and height of the text of the last section."""
    page = document.sections[-1]
    width = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
    height = (page.page_height or 0) - (page.top_margin or 0) - (page.bottom_margin or 0)
    return Size(width, height)


def saved(document: Document) -> bytes:
    """Give a document as a file that does not know when it was made."""
    made, file = BytesIO(), BytesIO()
    document.save(made)
    with ZipFile(made) as parts, ZipFile(file, "w") as package:
        for part in parts.infolist():
            about = ZipInfo(part.filename, ZIP_DATE)
            package.writestr(about, parts.read(part), ZIP_DEFLATED)
    return file.getvalue()


def _our_own() -> Document:
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    page.footer_distance = Cm(1)
    for mode in document.settings.element.xpath("//w:compatSetting[@w:name='compatibilityMode']"):
        mode.set(qn("w:val"), WORD_2013)
    take_our_styles(document)
    writer = Writer(document, style_ids(document))
    numbers = [field("PAGE", run("1")), run(" / "), field("NUMPAGES", run("1"))]
    footer = page.footer._element  # noqa: SLF001 - its paragraphs cannot be replaced otherwise
    footer[:] = [paragraph(writer, "Footer", numbers)]
    return document


def _emptied(template: Path) -> Document:
    content = read_bytes(template, "a readable DOCX file")
    try:
        document = docx.Document(BytesIO(content))
        body = document.element.body
        body[:] = body.xpath("w:sectPr")
        document.styles, document.settings, text_size(document)
    except UNREADABLE:
        raise InputError("not a DOCX file; expected one that Word can open, as DOCX") from None
    if min(text_size(document)) <= 0:
        raise InputError("its margins leave no room for text; make them smaller")
    return document


def _set_language(document: Document, language: str) -> None:
    defaults = document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")
    for properties in defaults:
        for old in properties.findall(qn("w:lang")):
            properties.remove(old)
        properties.append(element("lang", val=plain_text(language), eastAsia="ko-KR"))


def _set_properties(document: Document, report: Report) -> None:
    about = document.core_properties
    about.title, about.subject = plain_text(report.title)[:255], plain_text(report.subtitle)[:255]
    about.language = plain_text(report.language)[:255]
    about.author = about.last_modified_by = "journey"
    about.created = about.modified = MOMENT
    about.revision, about.comments, about.keywords = 1, "", ""
    package = document.part.package
    for key, part in list(package.rels.items()):
        if part.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]
