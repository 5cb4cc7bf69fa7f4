"""One result as a document: HTML, a part of a page, Markdown, DOCX or PDF."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING

from journey.errors import InputError, shown
from journey.extras import need
from journey.files import write_bytes, write_folder, write_text, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from journey.report.blocks import Report
    from journey.report.content import report_of
    from journey.report.findings import Findings, find

__all__ = ["FORMATS", "Findings", "check_ready", "find", "format_of", "report_of", "write_report"]

FORMATS = {
    "html": ".html",
    "fragment": ".fragment.html",
    "md": ".md",
    "docx": ".docx",
    "pdf": ".pdf",
}
"""Formats of a report, and how their files end."""
CHARTS = ("matplotlib", "matplotlib")
NEEDED = {"docx": (("docx", "python-docx"),), "pdf": (("typst", "typst"),)}
"""Modules that formats need besides, and what they are installed by."""
TEMPLATES = {"docx": ".docx", "pdf": ".typ"}
"""How templates end that are no Jinja."""

_HOMES = {"Findings": "findings", "find": "findings", "report_of": "content"}


def __getattr__(name: str) -> object:
    """Load what is heavy once it is used: what cannot be written is told before."""
    if name not in _HOMES:
        raise AttributeError(f"module 'journey.report' has no attribute {name!r}")
    return getattr(import_module(f"journey.report.{_HOMES[name]}"), name)


def format_of(to: str | None, path: Path | None = None) -> str:
    """Find out which format is asked for: by its name, or else by how a file ends.

    Raises
    ------
    InputError
        If it is none of them.
    """
    if to is not None and to not in FORMATS:
        raise InputError(f"--to {shown(to)}: expected one of {', '.join(FORMATS)}")
    name = path.name.lower() if path else ""
    said = [each for each, ending in FORMATS.items() if name.endswith(ending)]
    if to is None:
        if path and path.suffix and not said:
            raise InputError(f"{path}: expected {_endings()}; or say which with --to")
        return said[-1] if said else "html"
    if said and FORMATS[said[0]][-5:] != FORMATS[to][-5:]:
        raise InputError(f"{path}: its ending says {said[-1]}, --to {to}; change one of them")
    return to


def check_ready(to: str, template: Path | None = None) -> None:
    """See, before much is computed, whether a format can be written.

    Parameters
    ----------
    to : str
        One of `FORMATS`.
    template : Path, optional
        As of `write_report`.

    Raises
    ------
    InputError
        If a library that the format needs is missing, or there is no such template.
    """
    for module, package in (CHARTS, *NEEDED.get(to, ())):
        need(module, package, to.upper())
    ending = TEMPLATES.get(to)
    if template is not None and ending and template.suffix.lower() != ending:
        raise InputError(f"--template {template}: expected a file that ends in {ending} for {to}")
    if template is not None and not template.is_file():
        raise InputError(f"--template {template}: no such file; expected a template for {to}")


def _endings() -> str:
    return f"a name that ends in {', '.join(FORMATS.values())}"


def write_report(
    report: Report, path: str | Path, *, to: str | None = None, template: Path | None = None
) -> Path:
    """Write a report to a file, whole or not at all.

    Parameters
    ----------
    report : Report
        From `report_of`.
    path : str or Path
        The file; the images of Markdown go into a folder beside it, ``NAME_images``.
    to : {"html", "fragment", "md", "docx", "pdf"}, optional
        The format; by default as the file's name ends.
    template : Path, optional
        A file in the place of the own template: Jinja for HTML, fragment and Markdown, Typst for
        PDF, and for DOCX a document whose styles are taken.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InputError
        If the format is none of these, a library that it needs is missing, or the template has an
        error.
    OutputError
        If the file cannot be written there.
    """
    path = Path(path)
    return _WRITERS[format_of(to, path)](report, path, template)


def _write_html(report: Report, path: Path, template: Path | None) -> Path:
    from journey.report.html import html_of  # noqa: PLC0415 - one format needs not the others

    return write_text(path, html_of(report, template))


def _write_fragment(report: Report, path: Path, template: Path | None) -> Path:
    from journey.report.html import fragment_of  # noqa: PLC0415

    return write_text(path, fragment_of(report, template))


def _write_markdown(report: Report, path: Path, template: Path | None) -> Path:
    from journey.report.markdown import markdown_of  # noqa: PLC0415

    folder = path.with_name(f"{path.stem}_images")
    text, images = markdown_of(report, folder.name, template)

    def write(file: IO[bytes]) -> None:
        file.write(text.encode("utf-8"))
        # Between the text and its new name: if either cannot be written, both stay as they were.
        write_folder(folder, images)

    return write_whole(path, write)


def _write_docx(report: Report, path: Path, template: Path | None) -> Path:
    from journey.report.docx import docx_of  # noqa: PLC0415

    return write_bytes(path, docx_of(report, template))


def _write_pdf(report: Report, path: Path, template: Path | None) -> Path:
    from journey.report.pdf import pdf_of  # noqa: PLC0415

    return write_bytes(path, pdf_of(report, template))


_WRITERS: dict[str, Callable[[Report, Path, Path | None], Path]] = {
    "html": _write_html,
    "fragment": _write_fragment,
    "md": _write_markdown,
    "docx": _write_docx,
    "pdf": _write_pdf,
}
