"""Figures and axes that show themselves in a notebook, where nothing was set up for matplotlib."""

from __future__ import annotations

from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

PX_PER_IN = 100
SHARPNESS = 2
"""How many px of the image lie on one of the page: most screens have as many."""


class Image(NamedTuple):
    """An image for a notebook, and how wide it is there."""

    png: bytes
    about: dict[str, int]


class ShownFigure(Figure):
    """A figure that a notebook shows."""

    def _repr_png_(self) -> Image:
        return _image_of(self)


class ShownAxes(Axes):
    """Axes that a notebook shows, with all of their figure."""

    def _repr_png_(self) -> Image:
        return _image_of(self)


def _image_of(chart: Axes | Figure) -> Image:
    # These draw with the style of charts, which makes its figures of the kinds above.
    from journey.charts.saving import png_of  # noqa: PLC0415
    from journey.charts.style import root_of  # noqa: PLC0415

    figure = chart if isinstance(chart, Figure) else root_of(chart)
    width_px = round(float(figure.get_size_inches()[0]) * PX_PER_IN)
    return Image(png_of(figure, SHARPNESS * PX_PER_IN), {"width": width_px})
