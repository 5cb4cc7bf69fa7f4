"""How charts look: sizes, colours and fonts, without touching the settings of the caller."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.textpath import TextToPath

from journey.charts.notebook import ShownAxes, ShownFigure
from journey.fonts import FAMILY, FILES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

WIDTH_IN = 7.2
"""As wide as the text of an A4 page: charts are printed without being scaled."""
TEXT_PT, SMALL_PT = 8.5, 7.5
LINE = 1.25
"""Height of a line of text, in sizes of its letters."""
PAD_IN = 0.06
FAMILIES = (FAMILY, "DejaVu Sans")
INK, SOFT, RULE, PAPER = "#1d2429", "#4d5861", "#d5d9dc", "#ffffff"
NIGHT = "#e9edf3"
# Blue and vermilion of the palette of Okabe and Ito, which colour-blind readers can tell apart.
TRAIN, BESIDE = "#0072b2", "#d55e00"
BESIDE_INK = "#a34700"
"""The colour of the other view, dark enough for letters."""
WINDOW_ALPHA, BAND_ALPHA = 0.22, 0.42
BESIDE_DASH = (0, (4.0, 1.6))
LONGEST_NAME = 28

_OF_LOOKS = (
    "agg.", "axes.", "figure.", "font.", "grid.", "hatch.", "image.", "legend.", "lines.",
    "mathtext.", "patch.", "path.", "savefig.", "svg.", "text.", "xtick.", "ytick.",
)  # fmt: skip
_SETTINGS: dict[str, Any] = {
    "axes.edgecolor": SOFT,
    "axes.labelcolor": SOFT,
    "axes.labelsize": SMALL_PT,
    "axes.linewidth": 0.6,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.dpi": 100.0,
    "font.family": list(FAMILIES),
    "font.size": TEXT_PT,
    "legend.fontsize": SMALL_PT,
    "patch.linewidth": 0.6,
    "svg.fonttype": "path",
    "svg.hashsalt": "journey",
    "text.color": INK,
    "text.hinting": "none",  # or names were not as wide in print as they were measured
    "text.parse_math": False,  # a name with two dollar signs is a name
    "xtick.color": SOFT,
    "xtick.labelsize": SMALL_PT,
    "ytick.color": SOFT,
    "ytick.labelcolor": INK,
    "ytick.labelsize": SMALL_PT,
}


class Margins(NamedTuple):
    """What is left free around the axes of a figure, inches."""

    left: float
    right: float
    top: float
    bottom: float


@contextmanager
def house_style() -> Iterator[None]:
    """Draw with the fonts and settings of all charts, whatever the caller's are."""
    _add_fonts()
    plain = {key: value for key, value in mpl.rcParamsDefault.items() if key.startswith(_OF_LOOKS)}
    settings: Any = {**plain, **_SETTINGS}
    with mpl.rc_context(settings):
        yield


def _add_fonts() -> None:
    known = {font.fname for font in fontManager.ttflist}
    for file in FILES:
        if str(file) not in known:
            fontManager.addfont(file)


def new_figure(height_in: float, width_in: float = WIDTH_IN) -> Figure:
    """Make a figure that no other part of matplotlib knows of."""
    figure = ShownFigure(figsize=(width_in, height_in))
    FigureCanvasAgg(figure)
    return figure


def new_axes(height_in: float, margins: Margins, figure: Figure | None = None) -> Axes:
    """Make axes on a figure of their own, so many inches from its edges."""
    figure = new_figure(height_in) if figure is None else figure
    width_in, height_in = figure.get_size_inches()
    left, bottom = margins.left / width_in, margins.bottom / height_in
    width = (width_in - margins.left - margins.right) / width_in
    height = (height_in - margins.top - margins.bottom) / height_in
    return figure.add_axes((left, bottom, width, height), axes_class=ShownAxes)


def fit_height(axes: Axes, *above: Artist) -> None:
    """Make the figure of axes as high as they and what stands above them ask for.

    Parameters
    ----------
    axes : Axes
        The only ones of their figure; they keep their size.
    *above : Artist
        What the figure ends above.
    """
    figure = root_of(axes)
    dpi, (width_in, height_in) = figure.dpi, figure.get_size_inches()
    frame = axes.get_window_extent()
    top_px = max([frame.y1, *(each.get_window_extent().y1 for each in above)])
    new_in = float(top_px / dpi + PAD_IN)
    figure.set_size_inches(width_in, new_in)
    left, bottom, width, height = axes.get_position(original=True).bounds
    scale = float(height_in) / new_in
    axes.set_position((left, bottom * scale, width, height * scale))


def root_of(axes: Axes) -> Figure:
    """The figure that axes are drawn on in the end."""
    figure = axes.figure
    while not isinstance(figure, Figure):
        figure = figure.figure
    return figure


def size_in(text: str, size_pt: float = TEXT_PT) -> tuple[float, float]:
    """Width and height of a text of one line or several, inches."""
    lines = text.split("\n")
    letters = FontProperties(family=list(FAMILIES), size=size_pt)
    measure = TextToPath().get_text_width_height_descent
    widest_pt = max(measure(line, letters, ismath=False)[0] for line in lines)
    return float(widest_pt) / 72, len(lines) * LINE * size_pt / 72


def widest_in(texts: Iterable[str], size_pt: float = TEXT_PT) -> float:
    """Width of the widest of some texts, inches; 0 of none."""
    return max((size_in(text, size_pt)[0] for text in texts), default=0.0)


def axes_in(axes: Axes) -> tuple[float, float]:
    """Width and height of axes, inches."""
    extent, dpi = axes.get_window_extent(), root_of(axes).dpi
    return extent.width / dpi, extent.height / dpi


def shortened(name: str, most: int = LONGEST_NAME) -> str:
    """A name that leaves room for a chart."""
    return name if len(name) <= most else f"{name[: most - 2].rstrip()}..."
