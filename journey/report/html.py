"""A report as HTML: one file, or a part of another page."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from markupsafe import Markup

from journey.charts import svg_of
from journey.report.plain import address_of
from journey.report.rendering import render

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from journey.report.blocks import Figure, Report


def html_of(report: Report, template: Path | None = None) -> str:
    """Write a report as one file that needs no network and runs no script.

    Parameters
    ----------
    report : Report
        What it says.
    template : Path, optional
        A Jinja template in the place of the own one, which it may extend: ``report.html``.

    Raises
    ------
    InputError
        If the template has an error.
    """
    return _rendered("report.html", report, template)


def fragment_of(report: Report, template: Path | None = None) -> str:
    """Write a report as a part of a page that has styles of its own.

    Parameters
    ----------
    report : Report
        What it says.
    template : Path, optional
        A Jinja template in the place of the own one, which it may extend: ``fragment.html``.

    Raises
    ------
    InputError
        If the template has an error.
    """
    return _rendered("fragment.html", report, template)


def _rendered(name: str, report: Report, template: Path | None) -> str:
    filters: dict[str, Callable[..., object]] = {"image": image_of, "address": address_of}
    return render(name, report, template, filters=filters, escaped=True)


def image_of(figure: Figure) -> Markup:
    """A figure as the address of an image, with the image in it."""
    encoded = base64.b64encode(svg_of(figure.drawing)).decode("ascii")
    return Markup(f"data:image/svg+xml;base64,{encoded}")  # noqa: S704 - letters of base64 alone
