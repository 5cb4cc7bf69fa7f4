"""Charts as files: the same bytes on every run."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from journey.charts.style import house_style, root_of
from journey.errors import InputError, shown, whole
from journey.files import write_bytes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    Chart = Axes | Figure

DPI = 200
MOST_PX = 20_000
NUMBERS = re.compile(rb' d="[^"]*"')
TOO_EXACT = re.compile(rb"(\.[0-9]{2})[0-9]+")
"""Digits of outlines beyond a hundredth of a point, which nobody sees."""


def save_chart(chart: Chart, path: str | Path, *, width_px: int | None = None) -> Path:
    """Write a chart to a file, whole or not at all.

    Parameters
    ----------
    chart : Axes or Figure
        The chart; of axes, all of their figure is written.
    path : str or Path
        Where to; the ending says whether SVG or PNG.
    width_px : int, optional
        How wide, px; by default an SVG has the size it is printed in, and a PNG 200 px to the inch.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InputError
        If the ending is another one, or the width is out of range.
    OutputError
        If the file cannot be written there.
    """
    path = Path(path)
    ending = path.suffix.lower()
    if ending not in (".svg", ".png"):
        raise InputError(f"{path}: expected a name that ends in .svg or .png, not {shown(ending)}")
    width_px = None if width_px is None else whole("width_px", width_px, 1, MOST_PX)
    image = _sized_svg(chart, width_px) if ending == ".svg" else _sized_png(chart, width_px)
    return write_bytes(path, image)


def svg_of(chart: Chart) -> bytes:
    """Give a chart as SVG; letters are outlines, so that it looks alike without its fonts."""
    about = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    return NUMBERS.sub(_shorter, _written(chart, "svg", about))


def png_of(chart: Chart, dpi: float = DPI) -> bytes:
    """Give a chart as PNG with so many px to the inch."""
    return _written(chart, "png", {"Software": None}, dpi)


def _shorter(outline: re.Match[bytes]) -> bytes:
    return TOO_EXACT.sub(rb"\1", outline[0])


def _figure_of(chart: Chart) -> Figure:
    return chart if isinstance(chart, Figure) else root_of(chart)


def _written(chart: Chart, form: str, about: dict[str, None], dpi: float = DPI) -> bytes:
    content = BytesIO()
    with house_style():
        _figure_of(chart).savefig(content, format=form, metadata=about, dpi=dpi)
    return content.getvalue()


def _sized_png(chart: Chart, width_px: int | None) -> bytes:
    width_in = float(_figure_of(chart).get_size_inches()[0])
    return png_of(chart, DPI if width_px is None else width_px / width_in)


def _sized_svg(chart: Chart, width_px: int | None) -> bytes:
    image = svg_of(chart)
    if width_px is None:
        return image
    width_in, height_in = _figure_of(chart).get_size_inches()
    size = f' width="{width_px}" height="{width_px * height_in / width_in:.6g}"'
    head = re.search(rb"<svg[^>]*>", image)
    if head is None:
        return image
    sized = re.sub(rb' (width|height)="[^"]*"', b"", head[0])
    sized = sized.replace(b"<svg", b"<svg" + size.encode("ascii"), 1)
    return image.replace(head[0], sized, 1)
