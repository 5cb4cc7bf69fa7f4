"""A report as DOCX: real headings, lists, tables, captions and links, to be edited and passed on.

A template is any DOCX. Its page, headers, footers and styles are used, its text is not. What looks
how is decided by the styles Title, Subtitle, Heading 1, Normal, List Bullet, Note, Caption, Figure,
Table (a table style), Table Text, Table Heading, Table Note, Hyperlink and Kind; those that the
template has not are added to the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.extras import need

if TYPE_CHECKING:
    from pathlib import Path

    from journey.report.blocks import Report


def docx_of(report: Report, template: Path | None = None) -> bytes:
    """Give a report as a DOCX file, the same bytes on every run.

    Parameters
    ----------
    report : Report
        What it says.
    template : Path, optional
        A DOCX whose page, headers, footers and styles are used; by default A4, with page numbers.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    InputError
        If python-docx is not installed, or the template cannot be used.
    """
    need("docx", "python-docx", "DOCX")
    from journey.report.docx_body import body_of  # noqa: PLC0415 - an extra
    from journey.report.docx_package import open_document, saved  # noqa: PLC0415

    document = open_document(report, template)
    for block in body_of(report, document):
        document.element.body.insert_element_before(block, "w:sectPr")
    return saved(document)
