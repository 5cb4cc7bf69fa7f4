"""A report as the data that Typst sets, none of it markup: JSON and SVG files in a package."""

from __future__ import annotations

import json
import re
import shutil
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journey.charts import svg_of
from journey.report.blocks import Figure, Items, Paragraph, Table, figures_of
from journey.report.plain import address_of, plain_text, quoted
from journey.report.widths import widths_of

if TYPE_CHECKING:
    from journey.report.blocks import Block, Item, Report

BLOCKS = Path(__file__).parent / "templates" / "journey"
PACKAGE = "local/journey/1.0.0"
WIDTH_PT = 17 / 2.54 * 72
"""Of the text on A4, between margins of 2 cm."""
KEYWORDS = ("railway", "running time", "arrival window")
LANGUAGE = re.compile(
    r"(?P<lang>[A-Za-z]{2,3})(?:-[A-Za-z]{4})?(?:-(?P<region>[A-Za-z]{2}))?(?:-.*)?"
)


def write_package(report: Report, folder: Path) -> None:
    """Write the package that templates import, with the report in it.

    Parameters
    ----------
    report : Report
        What is to be set.
    folder : Path
        The folder of packages, in which ``local/journey`` is made.
    """
    package = folder / PACKAGE
    shutil.copytree(BLOCKS, package)
    data = json.dumps(data_of(report), ensure_ascii=False)
    (package / "report.json").write_text(data, encoding="utf-8")
    for number, figure in enumerate(figures_of(report), 1):
        (package / _file(number)).write_bytes(svg_of(figure.drawing))


def data_of(report: Report) -> dict[str, Any]:
    """Give a report as JSON has it.

    Parameters
    ----------
    report : Report
        What it says.

    Returns
    -------
    dict
        ``title``, ``subtitle``, ``author``, ``keywords``, ``lang``, ``region`` (or None),
        ``summary`` (paragraphs) and ``sections`` (``id``, ``heading``, ``blocks``). Each block has
        a ``type``: a ``paragraph`` has ``text`` and ``warning``; ``items`` have ``items`` with
        ``text``, ``kind``, ``quote`` and ``address``, of the web alone; a ``table`` has
        ``caption``, ``head``, ``rows``, ``figures``, ``widths`` and ``note``; a ``figure`` has
        ``id``, ``caption``, ``alternative`` and ``file``, an SVG file.
    """
    numbers = count(1)
    found = LANGUAGE.fullmatch(report.language)
    return {
        "title": plain_text(report.title),
        "subtitle": plain_text(report.subtitle),
        "author": "journey",
        "keywords": KEYWORDS,
        "lang": found["lang"].lower() if found else "en",
        "region": found["region"] if found else None,
        "summary": [_block(block, numbers) for block in report.summary],
        "sections": [
            {
                "id": section.id,
                "heading": plain_text(section.heading),
                "blocks": [_block(block, numbers) for block in section.blocks],
            }
            for section in report.sections
        ],
    }


def _file(number: int) -> str:
    return f"figure-{number}.svg"


def _block(block: Block, numbers: count[int]) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"type": "paragraph", "text": plain_text(block.text), "warning": block.warning}
        case Items():
            return {"type": "items", "items": [_item(item) for item in block.items]}
        case Table():
            return _table(block)
        case Figure():
            return {
                "type": "figure",
                "id": block.id,
                "caption": plain_text(block.caption),
                "alternative": plain_text(block.alternative),
                "file": _file(next(numbers)),
            }


def _item(item: Item) -> dict[str, Any]:
    return {
        "text": plain_text(item.text),
        "kind": item.kind,
        "quote": quoted(item),
        "address": address_of(item),
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "type": "table",
        "caption": plain_text(table.caption),
        "head": [plain_text(cell) for cell in table.head],
        "rows": [[plain_text(cell) for cell in row] for row in table.rows],
        "figures": table.figures,
        "widths": widths_of(table, WIDTH_PT),
        "note": plain_text(table.note),
    }
