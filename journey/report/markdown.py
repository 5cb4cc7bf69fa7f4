"""A report as Markdown, with its figures as images beside it, for Quarto and static sites."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from journey.charts import png_of
from journey.report.blocks import figures_of
from journey.report.plain import address_of, plain_text
from journey.report.rendering import render

if TYPE_CHECKING:
    from pathlib import Path

    from journey.report.blocks import Report

SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$@^:&\"'])")
"""What may be markup in Markdown, also in the extensions of Pandoc."""
IN_A_TITLE = re.compile(r"([\\`*_<>\[\]$@^~|&])")
"""The same, but what is harmless in a title, which some programs show as it is."""
DPI = 200


def markdown_of(
    report: Report, images: str, template: Path | None = None
) -> tuple[str, dict[str, bytes]]:
    """Write a report as Markdown.

    Parameters
    ----------
    report : Report
        What it says.
    images : str
        The folder of the images, as seen from the file.
    template : Path, optional
        A Jinja template in the place of the own one, which it may extend: ``report.md``.

    Returns
    -------
    text : str
        The file; nothing from data is markup in it.
    images : dict of str to bytes
        PNG images by the name of their file.

    Raises
    ------
    InputError
        If the template has an error.
    """
    figures = figures_of(report)
    text = render(
        "report.md",
        report,
        template,
        filters={"plain": plain, "address": address_of, "quoted": quoted},
        images=quote(images),
    )
    # More than one empty line says nothing; what a template leaves at ends of lines neither.
    tidy = re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip() + "\n"
    return tidy, {f"{each.id}.png": png_of(each.drawing, dpi=DPI) for each in figures}


def plain(text: str) -> str:
    """Write text so that nothing in it is markup, on one line."""
    return SPECIAL.sub(r"\\\1", plain_text(text))


def quoted(text: str) -> str:
    """Write text for a quoted string of YAML, as JSON has it; Pandoc reads Markdown there too."""
    return json.dumps(IN_A_TITLE.sub(r"\\\1", plain_text(text)), ensure_ascii=False)
