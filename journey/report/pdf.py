"""A report as PDF, set by Typst: tagged as PDF/UA-1, with charts as vectors and text to select.

A template is a Typst file. It finds the report, and all that ours is made of, in a package:

    #import "@local/journey:1.0.0": *

    #show: page-of-report        // page, fonts, headings, captions
    #set page(header: image("logo.svg", height: 8mm, alt: "Logo"))
    #title-block()
    #summary()
    #for section in report.sections { section-of(section) }

``report`` is the report as data (`data_of`), and ``block-of``, ``paragraph-of``, ``items-of``,
``table-of`` and ``figure-of`` show its parts; ``templates/report.typ`` is the template that is used
where none is given. Other files are read from the folder of the template, and none from outside
it; no package is ever downloaded.

The fonts are those of the package, and for letters that these have not, and for templates that name
others, those in the folder of the template and of the machine. So by our own template, and with
letters of our own fonts, a report is the same on every machine. Letters that no font has are shown
as boxes, and the file then does not say that it is PDF/UA.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from journey.extras import need

if TYPE_CHECKING:
    from journey.report.blocks import Report

TEMPLATE = Path(__file__).parent / "templates" / "report.typ"


def pdf_of(report: Report, template: Path | None = None) -> bytes:
    """Give a report as a PDF file, the same bytes on every run.

    Parameters
    ----------
    report : Report
        What it says.
    template : Path, optional
        A Typst file that takes the place of ours.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    InputError
        If typst is not installed, or the template cannot be used.
    """
    need("typst", "typst", "PDF")
    from journey.report.pdf_data import write_package  # noqa: PLC0415 - an extra
    from journey.report.pdf_typst import compiled  # noqa: PLC0415

    with TemporaryDirectory(prefix="journey-") as folder:
        write_package(report, Path(folder))
        return compiled(template or TEMPLATE, Path(folder), is_ours=template is None)
