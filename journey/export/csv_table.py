"""CSV: a row for each event of each view, with its window."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any

from journey.csv_rows import guarded
from journey.export.features import TIMING_POINT

if TYPE_CHECKING:
    from journey.export.content import Content
    from journey.export.features import Feature


def to_csv(content: Content) -> str:
    """Write the windows of every event.

    Parameters
    ----------
    content : Content
        What to write.

    Returns
    -------
    str
        Lines by RFC 4180. Text that begins with one of ``= + - @``, also of full width, a tab, a
        carriage return or an apostrophe has an apostrophe before it, so that no spreadsheet takes
        it for a formula; numbers are as they are. There is no byte order mark, which most programs
        would take for a part of the name of the first column; a spreadsheet is told on import that
        the file is UTF-8.
    """
    points = content.of(TIMING_POINT)
    about = content.about
    made = [about["scenario"], about["program"], about["draws"], about["seed"], _licence(content)]
    keys = [key for key in points[0].properties if key != "kind"]
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow([*keys, "lat", "lon", "scenario", "program", "draws", "seed", "attribution"])
    for point in points:
        row = [*(point.properties[key] for key in keys), *_place(point), *made]
        writer.writerow([safe(cell) for cell in row])
    return file.getvalue()


def safe(cell: Any) -> Any:  # noqa: ANN401 - text, a number, or nothing
    """Put an apostrophe before text that a spreadsheet would take for a formula.

    Examples
    --------
    >>> safe("=1+1"), safe("Khasan"), safe(-1.5)
    ("'=1+1", 'Khasan', -1.5)
    """
    return guarded(cell) if isinstance(cell, str) else cell


def _place(point: Feature) -> tuple[float, float]:
    ((lon, lat),) = point.parts[0]
    return lat, lon


def _licence(content: Content) -> str:
    return "; ".join(each["text"] for each in content.about["attribution"])
